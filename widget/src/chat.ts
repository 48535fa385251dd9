import { print } from "./blocks/afdruk";
import { saveFile } from "./blocks/bewaren";
import { eraseAnswers } from "./blocks/voorbereiding_opslag";
import type { Api } from "./conversation/api";
import { Conversation, type Observer, type Writer } from "./conversation/conversation";
import { Memory } from "./conversation/memory";
import { Problem } from "./conversation/problem";
import { asText, record, type Line } from "./conversation/record";
import type { Entry } from "./conversation/transcript";
import type { Contact, Place, Preview, Status } from "./conversation/types";
import * as texts from "./texts";
import type { Actions } from "./view/actions";
import { Composer } from "./view/composer";
import { confirm } from "./view/confirm";
import { CrisisBar } from "./view/crisis";
import { button, el } from "./view/dom";
import { farewell } from "./view/farewell";
import { Header } from "./view/header";
import { Human } from "./view/human";
import { Lifeline } from "./view/lifeline";
import { Log } from "./view/log";
import type { Item } from "./view/menu";
import { Notice } from "./view/notice";
import { Panel, panelFrame } from "./view/panel";
import { speech } from "./view/speech";

// Most answers are there sooner; then there is nothing to say about typing.
const TYPING_AFTER_MS = 500;
const DOUBLE_CLICK_MS = 500;
const TOLD_MS = 4_000;
const HUMAN_MAY_ANSWER: readonly Status[] = ["wachtrij", "in_gesprek", "terugbelverzoek"];
// Bars that leave less room than about nine lines (large text, a low screen) move along with the conversation.
const LEAST_ROOM_EM = 13;
const GOODBYE = /^(ok[eé]?[ ,]+)?((heel erg |hartelijk )?(bedankt|dank ?(u|je)( ?wel)?)|tot ziens|doei|dag)\b.{0,20}$/i;

export interface Options {
  api: Api;
  gemeente: string | null;
  /** The number in sight all the time; empty: ask the server for the municipality's. */
  phone: string;
  /** Where the quick way out leads. */
  exitUrl: string;
  /** A button in the corner and a panel, instead of part of the page. */
  floating: boolean;
}

/** The screen and the conversation behind it. */
export class Chat implements Observer, Actions {
  readonly #memory = new Memory();
  readonly #header: Header;
  readonly #log = new Log(this);
  readonly #crisis = new CrisisBar(this);
  readonly #notice = new Notice({ retry: () => void this.#conversation?.retry(), restart: () => this.#begin() });
  readonly #composer = new Composer((text) => this.#say(text));
  readonly #lifeline = new Lifeline(() => this.#askHuman());
  readonly #human = new Human(this, this.#log, () => this.#enter());
  readonly #typing = el("p", { class: "typt", role: "status" });
  readonly #told = el("p", { class: "typt", role: "status" });
  readonly #bottom = el("div", { class: "onder" }, this.#notice.element, this.#human.element, this.#composer.element, this.#lifeline.element);
  readonly #intro = el("p", { tabindex: "-1" });
  readonly #entrance = el("div", { class: "begin" }, this.#intro, button("knop", () => this.#enter(), texts.start));
  readonly #frame: HTMLElement;
  readonly #panel: Panel | null;
  #conversation: Conversation | null = null;
  #status: Status = "bot";
  #place: Place | undefined;
  #typingTimer = 0;
  #toldTimer = 0;
  #chosenAt = 0;
  #unread = 0;
  #goodbye: HTMLElement | "soon" | null = null;
  readonly #root: ShadowRoot;
  readonly #options: Options;

  constructor(root: ShadowRoot, options: Options) {
    this.#root = root;
    this.#options = options;
    const frame = options.floating ? panelFrame(texts.name) : null;
    this.#panel = frame && new Panel(frame, (open) => this.#turned(open));
    this.#header = new Header(this.#menuItems(), this.#panel && (() => this.#panel?.hide()));
    this.#frame = frame ?? el("section", { class: "chat", lang: "nl", "aria-label": texts.name });
    const bars = [this.#header.element, this.#crisis.element, this.#bottom];
    const room = new ResizeObserver(() => {
      const had = this.#frame.classList.contains("laag");
      const left = bars.reduce((rest, { offsetHeight }) => rest - offsetHeight, innerHeight);
      if (had === this.#frame.classList.toggle("laag", left < LEAST_ROOM_EM * parseFloat(getComputedStyle(this.#frame).fontSize))) return;
      this.#log.showAgain();
      this.#notice.showUp();
    });
    for (const bar of bars) room.observe(bar);
    const top = el("div", { class: "boven" }, this.#header.element, this.#crisis.element);
    const middle = el("div", { class: "midden" }, this.#log.element, this.#typing, this.#told, this.#entrance);
    this.#frame.append(top, middle, this.#bottom);
    this.place(null);
    this.#showLarge();
    root.append(this.#frame);
    this.#showEntrance(texts.startExplained);
    if (this.#panel) root.append(this.#panel.launcher.element);
    this.#comeBack();
  }

  /** Start a conversation, or go on with the one this tab had. */
  open(): void {
    if (this.#panel) this.#panel.show(false);
    else if (!this.#conversation) this.#begin();
  }

  /** The network is back, or gone. */
  network(online: boolean): void {
    if (online && this.#frame.classList.contains("storing")) void this.#conversation?.retry();
    if (!online && this.#conversation) this.problem(Problem.offline());
  }

  added(entries: Entry[], isHistory: boolean): void {
    for (const { message } of entries) this.#crisis.take(message);
    this.#log.add(entries, isHistory);
    const { seen } = this.#memory.panel;
    this.#unread += entries.filter(({ message: { from, seq } }) => from !== "inwoner" && seq > seen).length;
    this.#showUnread();
    if (this.#goodbye === "soon" && entries.some(({ message }) => message.from === "assistent")) this.#sayGoodbye(false);
  }

  changed(entry: Entry): void {
    this.#log.change(entry);
  }

  dropped(entry: Entry): void {
    this.#log.drop(entry);
    this.#composer.restore(entry.message.text);
  }

  busy(who: Writer | null): void {
    clearTimeout(this.#typingTimer);
    if (who && !this.#composer.element.hidden) this.#typingTimer = window.setTimeout(() => (this.#typing.textContent = texts.typing[who]), TYPING_AFTER_MS);
    else this.#typing.textContent = "";
  }

  status(status: Status): void {
    this.#status = status;
    this.#keepFocus(() => {
      this.#header.show(status);
      this.#human.show(status);
      this.#composer.element.hidden = status === "afgesloten";
      this.#lifeline.human.hidden = ["wachtrij", "in_gesprek", "afgesloten"].includes(status);
    });
  }

  /** Its telephone number is the one in sight, unless the page has one of its own. */
  place(gemeente: Place): void {
    if (gemeente === this.#place) return;
    this.#place = gemeente;
    void this.#showPhone();
  }

  problem(problem: Problem | null): void {
    this.#frame.classList.toggle("storing", problem !== null);
    this.#keepFocus(() => this.#notice.show(problem));
    if (!problem) return;
    this.#log.showEnd();
    this.#notice.showUp();
  }

  choose(choice: { id: string; label: string }): boolean {
    // After a press the conversation moves up; the second half of a double click would hit another button.
    if (Date.now() - this.#chosenAt < DOUBLE_CLICK_MS) return false;
    this.#chosenAt = Date.now();
    return this.#conversation?.say(choice.label, choice) ?? false;
  }

  async handOver(request: Parameters<Conversation["handOver"]>[0]): Promise<void> {
    await this.#conversation?.handOver(request);
  }

  async preview(): Promise<Preview | null> {
    return this.#conversation?.preview() ?? null;
  }

  async withdraw(): Promise<void> {
    await this.#conversation?.withdraw();
  }

  async contact(given: Contact): Promise<void> {
    await this.#conversation?.contact(given);
  }

  tell(text: string): void {
    clearTimeout(this.#toldTimer);
    this.#told.textContent = text;
    this.#toldTimer = window.setTimeout(() => (this.#told.textContent = ""), TOLD_MS);
  }

  address(path: string): string {
    return this.#options.api.address(path);
  }

  /** Nothing of the conversation stays behind; the page is replaced, so "back" does not return to it. */
  leavePage(): void {
    void this.#conversation?.erase().catch(() => undefined);
    this.#forget();
    this.#frame.remove();
    try {
      (window.top ?? window).location.replace(this.#options.exitUrl);
    } catch {
      // A frame that may not steer the page around it leaves by itself.
      location.replace(this.#options.exitUrl);
    }
  }

  /** When what has the focus goes away, the focus goes to where one goes on: the box to type in, or the button for a new talk. */
  #keepFocus(change: () => void): void {
    const had = this.#root.activeElement;
    change();
    if (!had || had.getClientRects().length > 0) return;
    this.#composer.focus();
    if (this.#composer.element.hidden) this.#human.element.querySelector("button")?.focus();
  }

  #say(text: string): void {
    if (GOODBYE.test(text) && !this.#goodbye && !this.#crisis.seen) this.#goodbye = "soon";
    this.#conversation?.say(text);
  }

  #askHuman(): void {
    if (!this.#conversation) this.#begin();
    this.#say(texts.humanAsked);
  }

  #menuItems(): Item[] {
    const talking = (): boolean => this.#conversation !== null;
    return [
      { label: texts.large, act: () => this.#turnLarge(), pressed: () => this.#memory.large, available: talking },
      { label: texts.save, act: () => this.#save(), available: talking },
      { label: texts.remember, act: () => void this.#remember(), available: () => talking() && HUMAN_MAY_ANSWER.includes(this.#status) },
      { label: texts.print, act: () => print(texts.record.title, this.#record), available: talking },
      { label: texts.done, act: () => this.#sayGoodbye(true), available: () => talking() && !this.#crisis.seen },
      { label: texts.restart, act: () => void this.#restart() },
      { label: texts.erase, act: () => void this.#erase(), available: talking },
      { label: texts.privacy, href: this.#page("privacy") },
      { label: texts.access, href: this.#page("toegankelijkheid") },
    ];
  }

  /** A page of the server about the chat. */
  #page(name: string): string {
    return this.address(`/${name}?gemeente=${encodeURIComponent(this.#options.gemeente ?? "")}`);
  }

  /** On the next page of the same site: go on where the resident was. Who never opened the chat is asked and told nothing. */
  #comeBack(): void {
    const panel = this.#panel;
    if (!panel || !this.#memory.key) return;
    this.#begin();
    if (this.#memory.panel.open && !panel.isSmall) panel.show(false);
  }

  #turned(open: boolean): void {
    if (open && !this.#conversation) this.#begin();
    if (open) this.#log.showEnd();
    else speech.stop();
    this.#memory.panel = { ...this.#memory.panel, open };
    this.#showUnread();
  }

  #showUnread(): void {
    if (!this.#panel) return;
    if (this.#panel.isOpen) {
      this.#unread = 0;
      const seen = Math.max(this.#memory.panel.seen, ...(this.#conversation?.messages ?? []).map(({ seq }) => seq));
      this.#memory.panel = { open: true, seen };
    }
    this.#panel.launcher.unread(this.#unread);
  }

  /** Somebody who waits for an answer of a human may close the tab and come back on this device. */
  async #remember(): Promise<void> {
    if (await confirm(this.#root, texts.rememberAsk)) this.tell(this.#memory.keep() ? texts.remembered : texts.rememberFailed);
  }

  #turnLarge(): void {
    this.#memory.large = !this.#memory.large;
    this.#showLarge();
  }

  #showLarge(): void {
    this.#frame.classList.toggle("groot", this.#memory.large);
  }

  get #record(): Line[] {
    return record(this.#conversation?.messages ?? []);
  }

  #save(): void {
    saveFile(asText(texts.record.title, this.#record), texts.record.file);
    this.tell(texts.record.saved);
  }

  /** Asked once per conversation, and never after talk of danger. */
  #sayGoodbye(byPress: boolean): void {
    if (!(this.#goodbye instanceof HTMLElement)) {
      const send = async (verdict: Parameters<Conversation["judge"]>[0]): Promise<void> => this.#conversation?.judge(verdict);
      const item: HTMLElement = this.#log.addCard(
        farewell(send, () => {
          item.remove();
          this.#composer.focus();
        }),
      );
      this.#goodbye = item;
    }
    if (byPress) this.#goodbye.querySelector("h3")?.focus();
  }

  #begin(): void {
    this.#conversation?.leave();
    this.#reset();
    this.place(this.#options.gemeente);
    this.problem(null);
    this.#entrance.hidden = true;
    this.#log.element.hidden = false;
    this.#conversation = new Conversation(this.#options.api, this.#memory, this.#options.gemeente, this);
    void this.#conversation.open();
  }

  async #showPhone(): Promise<void> {
    const { phone, api } = this.#options;
    const place = this.#place;
    try {
      const number = phone || (place ? await api.phone(place) : "");
      if (place === this.#place) this.#lifeline.show(number);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // With the next answer it is tried again.
      if (place === this.#place) this.#place = undefined;
    }
  }

  #enter(): void {
    this.#begin();
    this.#composer.focus();
  }

  async #restart(): Promise<void> {
    if (!(await confirm(this.#root, texts.restartAsk))) return;
    eraseAnswers();
    this.#enter();
  }

  async #erase(): Promise<void> {
    if (!this.#conversation || !(await confirm(this.#root, texts.eraseAsk))) return;
    try {
      await this.#conversation.erase();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.problem(error);
      return;
    }
    this.#forget();
    this.#showEntrance(texts.erased);
    this.#intro.focus();
  }

  /** In this browser; what the server has is erased by {@link Conversation.erase}. */
  #forget(): void {
    this.#conversation?.leave();
    this.#conversation = null;
    this.place(this.#options.gemeente);
    this.#memory.large = false;
    this.#showLarge();
    eraseAnswers();
  }

  #reset(): void {
    speech.stop();
    this.#log.clear();
    this.#crisis.clear();
    this.#human.clear();
    this.#composer.element.hidden = this.#lifeline.human.hidden = false;
    this.#goodbye = null;
    this.#unread = 0;
  }

  #showEntrance(words: string): void {
    this.#reset();
    this.busy(null);
    this.#intro.textContent = words;
    this.#entrance.hidden = false;
    this.#log.element.hidden = this.#composer.element.hidden = true;
    this.#notice.show(null);
  }
}
