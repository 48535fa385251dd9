import type { Api } from "./api";
import { listen } from "./events";
import type { Memory } from "./memory";
import { Problem } from "./problem";
import { Transcript, type Entry } from "./transcript";
import { uuid } from "./uuid";
import type { Answer, Choice, Contact, Handover, Key, Message, Outgoing, Place, Preview, Status, Verdict } from "./types";

const QUIET_RETRY_MS = 1_200;
// Only then can a message arrive that nobody here asked for.
const WITH_A_HUMAN: readonly Status[] = ["gevraagd", "wachtrij", "in_gesprek", "terugbelverzoek"];

// With a human the assistant says nothing.
const SILENT: readonly Status[] = ["wachtrij", "in_gesprek"];

export type Writer = "assistent" | "medewerker";

/** How the screen hears what happens. */
export interface Observer {
  added(entries: Entry[], isHistory: boolean): void;
  changed(entry: Entry): void;
  dropped(entry: Entry): void;
  /** Who makes an answer now, if anybody. */
  busy(who: Writer | null): void;
  status(status: Status): void;
  place(gemeente: Place): void;
  /** `null`: all is well again. */
  problem(problem: Problem | null): void;
}

/** One resident's conversation: starts, remembers, sends in order, loses nothing and doubles nothing. No DOM in here. */
export class Conversation {
  #key: Key | null = null;
  readonly #transcript = new Transcript();
  #outbox: Outgoing[] = [];
  #sending = false;
  #listening: AbortController | null = null;
  #humanTypes = false;
  #status: Status = "bot";
  #left = false;
  readonly #api: Api;
  readonly #memory: Memory;
  readonly #gemeente: string | null;
  readonly #observer: Observer;

  constructor(api: Api, memory: Memory, gemeente: string | null, observer: Observer) {
    this.#api = api;
    this.#memory = memory;
    this.#gemeente = gemeente;
    this.#observer = observer;
  }

  /** Go on where this tab was, or start. */
  async open(): Promise<void> {
    this.#key ??= this.#memory.key;
    await this.#guarded(async () => {
      if (this.#key) await this.#resume(this.#key);
      else await this.#start();
    });
  }

  /** Say something; `choice` when it is a button. False when the same button is still on its way. */
  say(text: string, choice?: Choice): boolean {
    if (choice && this.#outbox.some((outgoing) => outgoing.choice === choice.id)) return false;
    const outgoing: Outgoing = { clientId: uuid(), text, ...(choice && { choice: choice.id }) };
    this.#setOutbox([...this.#outbox, outgoing]);
    this.#observer.added([this.#transcript.echo(outgoing)], false);
    void this.retry();
    return true;
  }

  /** Do again what did not work: connect, or send what is waiting. */
  async retry(): Promise<void> {
    if (this.#sending) return;
    if (this.#transcript.lastSeq === 0) await this.open();
    else await this.#guarded(() => this.#flush());
  }

  /** Pass on to a person of the municipality. Throws a {@link Problem} for the form to show. */
  async handOver(request: Handover): Promise<void> {
    if (this.#key) this.#take(await this.#api.handOver(this.#key, request));
  }

  /** What is (or would be) passed on, and where it stands; nothing when that cannot be known now. */
  async preview(): Promise<Preview | null> {
    return this.#key && !this.#left ? this.#api.preview(this.#key).catch(() => null) : null;
  }

  /** No human after all. A failure is shown like that of a message. */
  async withdraw(): Promise<void> {
    await this.#guarded(async () => {
      if (this.#key) this.#take(await this.#api.withdraw(this.#key));
    });
  }

  /** What a colleague asked for. Throws a {@link Problem} for the form to show. */
  async contact(given: Contact): Promise<void> {
    if (this.#key) this.#take(await this.#api.contact(this.#key, given));
  }

  /** Tell whether it helped. Throws a {@link Problem} when that does not arrive. */
  async judge(verdict: Verdict): Promise<void> {
    if (this.#key) this.#take(await this.#api.feedback(this.#key, verdict));
  }

  /** All messages so far, in order. */
  get messages(): Message[] {
    return this.#transcript.entries.map(({ message }) => message);
  }

  /** Delete everything, here and on the server. Throws a {@link Problem} when the server cannot be reached. */
  async erase(): Promise<void> {
    try {
      if (this.#key) await this.#api.erase(this.#key);
    } catch (error) {
      if (!(error instanceof Problem && error.gone)) throw error;
    }
    this.leave();
  }

  /** Forget this conversation in the browser and stay silent; what is still under way goes unheard. */
  leave(): void {
    this.#left = true;
    this.#listening?.abort();
    this.#memory.forget();
  }

  async #start(): Promise<void> {
    const { id, token, ...answer } = await this.#api.start(this.#gemeente);
    if (this.#left) return this.#api.erase({ id, token });
    this.#memory.key = this.#key = { id, token };
    this.#take(answer);
    this.#sayAgain();
    await this.#flush();
  }

  /** Messages from before a reload, when there was no conversation yet to send them to. */
  #sayAgain(): void {
    if (this.#outbox.length > 0 || this.#memory.outbox.length === 0) return;
    this.#outbox = this.#memory.outbox;
    this.#observer.added(this.#outbox.map((outgoing) => this.#transcript.echo(outgoing)), false);
  }

  async #resume(key: Key): Promise<void> {
    try {
      // What was on its way goes first: the server knows by its id whether it already had it.
      if (this.#outbox.length === 0) this.#outbox = this.#memory.outbox;
      while (this.#outbox[0]) await this.#deliver(key, this.#outbox[0]);
      this.#take(await this.#api.history(key), true);
    } catch (error) {
      if (!(error instanceof Problem && error.gone)) throw error;
      this.#memory.forget();
      this.#key = null;
      await this.#start();
    }
  }

  async #flush(): Promise<void> {
    while (this.#key && this.#outbox[0] && !this.#left) {
      const outgoing = this.#outbox[0];
      const answer = await this.#patiently(() => this.#deliver(this.#key as Key, outgoing));
      const entry = this.#transcript.markSent(outgoing.clientId);
      if (entry && !this.#left) this.#observer.changed(entry);
      this.#take(answer);
      // The server keeps our message without the personal data in it; so do we.
      if (answer.masked?.length) this.#take(await this.#api.history(this.#key));
    }
  }

  async #deliver(key: Key, outgoing: Outgoing): Promise<Answer> {
    const done = (): void => this.#setOutbox(this.#outbox.filter(({ clientId }) => clientId !== outgoing.clientId));
    try {
      const answer = await this.#api.say(key, outgoing);
      done();
      return answer;
    } catch (error) {
      if (error instanceof Problem && !error.passing) {
        done();
        const entry = this.#transcript.drop(outgoing.clientId);
        if (entry) this.#observer.dropped(entry);
      }
      throw error;
    }
  }

  /** One quiet second try, for a train tunnel. Who waited long already is asked first. */
  async #patiently<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Problem && error.brief)) throw error;
      await new Promise((done) => setTimeout(done, QUIET_RETRY_MS));
      return attempt();
    }
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    this.#observer.problem(null);
    this.#showBusy();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (!this.#left) this.#observer.problem(error);
    } finally {
      this.#sending = false;
      this.#showBusy();
    }
  }

  #take({ messages, status, gemeente }: Answer, isHistory = false): void {
    if (this.#left) return;
    if (gemeente !== undefined) this.#observer.place(gemeente);
    const { added, changed } = this.#transcript.merge(messages);
    changed.forEach((entry) => this.#observer.changed(entry));
    if (added.length > 0) this.#observer.added(added, isHistory);
    this.#status = status;
    this.#observer.status(status);
    this.#listenWhenHuman(status);
  }

  #listenWhenHuman(status: Status): void {
    const human = WITH_A_HUMAN.includes(status);
    if (human === (this.#listening !== null) || !this.#key) return;
    this.#listening?.abort();
    this.#listening = human ? new AbortController() : null;
    if (!this.#listening) return;
    const listener = {
      message: (message: Message) => this.#take({ messages: [message], status: this.#status }),
      status: (now: Status) => this.#take({ messages: [], status: now }),
      typing: (on: boolean) => {
        this.#humanTypes = on;
        this.#showBusy();
      },
    };
    void listen(this.#api, this.#key, () => this.#transcript.lastSeq, listener, this.#listening.signal);
  }

  #showBusy(): void {
    if (this.#left) return;
    const silent = SILENT.includes(this.#status);
    this.#observer.busy(silent ? (this.#humanTypes ? "medewerker" : null) : this.#sending ? "assistent" : null);
  }

  #setOutbox(outbox: Outgoing[]): void {
    this.#outbox = outbox;
    if (!this.#left) this.#memory.outbox = outbox;
  }
}
