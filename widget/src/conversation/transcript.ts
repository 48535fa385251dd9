import type { Message, Outgoing } from "./types";

/** One message on the screen. `clientId` as long as the server has not told its own id; `sent` false while on its way. */
export interface Entry {
  message: Message;
  clientId?: string;
  sent: boolean;
}

/** All messages in order. The same message may come by answer, by history and by event: it is kept once. */
export class Transcript {
  readonly entries: Entry[] = [];

  /** The resident's own message, before the server has it. */
  echo({ clientId, text }: Outgoing): Entry {
    const message: Message = { id: "", seq: 0, from: "inwoner", at: new Date().toISOString(), text, choices: [], blocks: [] };
    const entry: Entry = { message, clientId, sent: false };
    this.entries.push(entry);
    return entry;
  }

  /** Take in messages from the server: which entries are new, and which own messages changed (masked, for instance). */
  merge(messages: Message[]): { added: Entry[]; changed: Entry[] } {
    const added: Entry[] = [];
    const changed: Entry[] = [];
    for (const message of messages) {
      if (this.entries.some((entry) => entry.message.id === message.id)) continue;
      // Own messages come back in the order in which they were sent.
      const own = message.from === "inwoner" ? this.entries.find((entry) => entry.clientId && !entry.message.id) : undefined;
      if (own) {
        Object.assign(own, { message, sent: true });
        changed.push(own);
      } else {
        const entry: Entry = { message, sent: true };
        this.entries.push(entry);
        added.push(entry);
      }
    }
    return { added, changed };
  }

  markSent(clientId: string): Entry | undefined {
    const entry = this.#find(clientId);
    if (entry) entry.sent = true;
    return entry;
  }

  drop(clientId: string): Entry | undefined {
    const entry = this.#find(clientId);
    if (entry) this.entries.splice(this.entries.indexOf(entry), 1);
    return entry;
  }

  get lastSeq(): number {
    return Math.max(0, ...this.entries.map(({ message }) => message.seq));
  }

  #find(clientId: string): Entry | undefined {
    return this.entries.find((entry) => entry.clientId === clientId);
  }
}
