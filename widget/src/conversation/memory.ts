import type { Key, Outgoing } from "./types";

export interface Panel {
  open: boolean;
  seen: number;
}

type Store = "sessionStorage" | "localStorage";
const PREFIX = "steunwijzer.";
const KEPT = ["gesprek", "paneel"];

/**
 * What this tab remembers after a reload: the conversation's key and messages that are still on their way.
 * Nothing is stored before a conversation starts. Without storage (blocked, private mode) the chat works, only forgetful.
 */
export class Memory {
  constructor() {
    // A new tab, on a device where the resident asked to keep the conversation.
    if (!this.key) for (const name of KEPT) write(name, read(name, "localStorage"));
  }

  /** Keep the conversation on this device, for who closes the tab. Only when asked; {@link forget} takes it away. False without storage. */
  keep(): boolean {
    for (const name of KEPT) write(name, read(name), "localStorage");
    return read("gesprek", "localStorage") !== null;
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
    for (const name of KEPT) {
      write(name, null);
      write(name, null, "localStorage");
    }
    write("onderweg", null);
  }
}

/** What this tab (or this device) has under a name; null when that is nothing, or nothing sensible. */
export function read<T>(name: string, store: Store = "sessionStorage"): T | null {
  try {
    return JSON.parse(window[store].getItem(PREFIX + name) ?? "null") as T | null;
  } catch {
    return null;
  }
}

/** Keep a value under a name in this tab (or on this device); null takes it away. */
export function write(name: string, value: unknown, store: Store = "sessionStorage"): void {
  try {
    if (value === null) window[store].removeItem(PREFIX + name);
    else window[store].setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // No storage: the conversation lives as long as the page.
  }
}
