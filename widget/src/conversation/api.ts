import { Problem } from "./problem";
import type { Answer, Contact, Handover, Key, Outgoing, Preview, Started, Verdict } from "./types";

// The front office gives up on the engine after two tries of 8 seconds; wait a little longer than that.
const TIMEOUT_MS = 20_000;
// The only one the assistant answers in; whoever asks for another (`data-taal`) is answered in Dutch.
const LANGUAGE = "nl";

/** Calls of chat API v1. Every failure is a {@link Problem}. The token travels in a header, never in an address. */
export class Api {
  readonly #base: URL;

  constructor(base: URL) {
    this.#base = base;
  }

  /** The whole address of a path of the API. */
  address(path: string): string {
    return new URL(path, this.#base).href;
  }

  start(gemeente: string | null): Promise<Started> {
    return this.#json("conversations", { method: "POST", body: JSON.stringify({ gemeente, taal: LANGUAGE }) });
  }

  history(key: Key): Promise<Answer> {
    return this.#json(path(key), {}, key);
  }

  say(key: Key, { clientId, text, choice }: Outgoing): Promise<Answer> {
    const content = choice === undefined ? { text } : { choice };
    return this.#post(key, "messages", { client_id: clientId, ...content });
  }

  handOver(key: Key, request: Handover): Promise<Answer> {
    return this.#post(key, "handover", request);
  }

  preview(key: Key): Promise<Preview> {
    return this.#json(`${path(key)}/handover`, {}, key);
  }

  withdraw(key: Key): Promise<Answer> {
    return this.#json(`${path(key)}/handover`, { method: "DELETE" }, key);
  }

  contact(key: Key, given: Contact): Promise<Answer> {
    return this.#post(key, "contact", given);
  }

  feedback(key: Key, verdict: Verdict): Promise<Answer> {
    return this.#post(key, "feedback", verdict);
  }

  /** The municipality's telephone number; empty when it has none on record. */
  async phone(gemeente: string): Promise<string> {
    return (await this.#json<{ telefoon: string | null }>(`municipalities/${encodeURIComponent(gemeente)}`, {})).telefoon ?? "";
  }

  /** Deletes the conversation for good; goes on when the page is left. */
  async erase(key: Key): Promise<void> {
    await this.#request(path(key), { method: "DELETE", keepalive: true }, key);
  }

  /** Server-sent events as a stream: `EventSource` cannot send the token in a header. */
  events(key: Key, after: number, signal: AbortSignal): Promise<Response> {
    return this.#request(`${path(key)}/events`, { signal, headers: { "Last-Event-ID": String(after) } }, key);
  }

  #post<T>(key: Key, to: string, body: unknown): Promise<T> {
    return this.#json(`${path(key)}/${to}`, { method: "POST", body: JSON.stringify(body) }, key);
  }

  async #json<T>(to: string, init: RequestInit, key?: Key): Promise<T> {
    const response = await this.#request(to, { signal: AbortSignal.timeout(TIMEOUT_MS), ...init }, key);
    try {
      return (await response.json()) as T;
    } catch (error) {
      throw unheard(error);
    }
  }

  async #request(to: string, init: RequestInit, key?: Key): Promise<Response> {
    const headers = new Headers(init.headers);
    if (init.body) headers.set("Content-Type", "application/json");
    if (key) headers.set("Authorization", `Bearer ${key.token}`);
    let response: Response;
    try {
      response = await fetch(new URL(to, this.#base), { ...init, headers, credentials: "omit", cache: "no-store" });
    } catch (error) {
      throw unheard(error);
    }
    if (!response.ok) throw await Problem.from(response);
    return response;
  }
}

/** Why there was no answer. */
function unheard(error: unknown): Problem {
  return error instanceof DOMException && error.name === "TimeoutError" ? Problem.slow() : Problem.offline();
}

function path({ id }: Key): string {
  return `conversations/${encodeURIComponent(id)}`;
}
