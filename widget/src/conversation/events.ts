import type { Api } from "./api";
import { Problem } from "./problem";
import type { Key, Message, Status } from "./types";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export interface Listener {
  message(message: Message): void;
  status(status: Status): void;
  typing(on: boolean): void;
}

/** Listens to a conversation until the signal aborts; connects again by itself, after the last message seen. */
export async function listen(api: Api, key: Key, seen: () => number, listener: Listener, signal: AbortSignal): Promise<void> {
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      const response = await api.events(key, seen(), signal);
      pause = FIRST_PAUSE_MS;
      for await (const [name, data] of parse(response)) dispatch(name, data, listener);
    } catch (error) {
      if (signal.aborted || (error instanceof Problem && !error.passing)) return;
    }
    await new Promise((done) => setTimeout(done, pause));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

function dispatch(name: string, data: string, listener: Listener): void {
  const given: unknown = JSON.parse(data);
  if (name === "message") listener.message(given as Message);
  if (name === "status") listener.status((given as { status: Status }).status);
  if (name === "typing") listener.typing((given as { on?: boolean }).on !== false);
}

/** Name and data of each event in a `text/event-stream`, as our server writes it: one line each. */
async function* parse(response: Response): AsyncGenerator<[string, string]> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const events = (rest + part.value).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const [, name, data] = /^event: (.*)\ndata: (.*)/m.exec(event) ?? [];
      if (name && data) yield [name, data];
    }
  }
}
