import type { Key, Outgoing } from "./types";

export interface Panel {
  open: boolean;
  seen: number;
}

const PREFIX = "steunwijzer.";
const WAY_BACK = /^#steunwijzer=([\w-]{36})\.([\w-]+)$/;

/**
 * What this tab remembers after a reload: the conversation's key and messages that are still on their way.
 * Nothing is stored before a conversation starts. Without storage (blocked, private mode) the chat works, only forgetful.
 */
export class Memory {
  /** Go on with another conversation than the one this tab had. */
  goOn(key: Key): void {
    this.forget();
    this.key = key;
    this.panel = { open: true, seen: 0 };
  }

  get key(): Key | null {
    return read<Key>("gesprek");
  }

  set key(key: Key | null) {
    write("gesprek", key);
  }

  get outbox(): Outgoing[] {
    return read<Outgoing[]>("onderweg") ?? [];
  }

  set outbox(outgoing: Outgoing[]) {
    write("onderweg", outgoing.length > 0 ? outgoing : null);
  }

  /** How the panel was left: open or not, and the last message that was in sight. */
  get panel(): Panel {
    return read<Panel>("paneel") ?? { open: false, seen: 0 };
  }

  set panel(panel: Panel) {
    write("paneel", panel);
  }

  get large(): boolean {
    return read("letters") === true;
  }

  set large(on: boolean) {
    write("letters", on || null);
  }

  forget(): void {
    write("paneel", null);
    write("gesprek", null);
    write("onderweg", null);
  }
}

/** The address with which somebody goes on after closing the tab. It is only made when asked for, and stored nowhere. */
export function wayBack({ id, token }: Key): string {
  return `${location.origin}${location.pathname}${location.search}#steunwijzer=${id}.${token}`;
}

/** The conversation somebody has the address of ({@link wayBack}); the address is out of sight at once. */
export function cameWith(): Key | null {
  const [, id, token] = WAY_BACK.exec(location.hash) ?? [];
  if (!id || !token) return null;
  history.replaceState(history.state, "", location.pathname + location.search);
  return { id, token };
}

/** What this tab has under a name; null when that is nothing, or nothing sensible. */
export function read<T>(name: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name) ?? "null") as T | null;
  } catch {
    return null;
  }
}

/** Keep a value under a name in this tab; null takes it away. */
export function write(name: string, value: unknown): void {
  try {
    if (value === null) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // No storage: the conversation lives as long as the page.
  }
}
