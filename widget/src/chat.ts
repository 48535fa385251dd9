import { eraseAnswers } from "./blocks/voorbereiding_opslag";
import type { Api } from "./conversation/api";
import { Conversation, type Observer } from "./conversation/conversation";
import { Memory } from "./conversation/memory";
import { Problem } from "./conversation/problem";
import type { Entry } from "./conversation/transcript";
import type { Status } from "./conversation/types";
import { texts } from "./texts";
import type { Actions } from "./view/actions";
import { Composer } from "./view/composer";
import { confirm } from "./view/confirm";
import { CrisisBar } from "./view/crisis";
import { el } from "./view/dom";
import { Header } from "./view/header";
import { icon } from "./view/icons";
import { Log } from "./view/log";
import { Notice } from "./view/notice";

// Most answers are there sooner; then there is nothing to say about typing.
const TYPING_AFTER_MS = 500;
const DOUBLE_CLICK_MS = 500;

export interface Options {
  api: Api;
  gemeente: string | null;
  /** Where the quick way out leads. */
  exitUrl: string;
}

/** The screen and the conversation behind it. */
export class Chat implements Observer, Actions {
  private readonly memory = new Memory();
  private readonly header = new Header({ restart: () => void this.restart(), erase: () => void this.erase() });
  private readonly log = new Log(this);
  private readonly crisis = new CrisisBar(this);
  private readonly notice = new Notice({ retry: () => void this.conversation?.retry(), restart: () => this.begin() });
  private readonly composer = new Composer((text) => this.conversation?.say(text));
  private readonly typing = el("p", { class: "typt", role: "status" });
  private readonly bottom = el(
    "div",
    { class: "onder" },
    this.notice.element,
    this.composer.element,
    el("button", { type: "button", class: "mens", part: "mens", on: { click: () => void this.conversation?.say(texts.humanAsked) } }, icon("person"), texts.human),
  );
  private readonly intro = el("p", { tabindex: "-1" });
  private readonly entrance = el("div", { class: "begin" }, this.intro, el("button", { type: "button", class: "knop", on: { click: () => this.enter() } }, texts.start));
  private readonly frame: HTMLElement;
  private conversation: Conversation | null = null;
  private typingTimer = 0;
  private chosenAt = 0;

  constructor(
    private readonly root: ShadowRoot,
    private readonly options: Options,
  ) {
    const top = el("div", { class: "boven" }, this.header.element, this.crisis.element);
    const middle = el("div", { class: "midden" }, this.log.element, this.typing, this.entrance);
    this.frame = el("section", { class: "chat", lang: "nl", "aria-label": texts.name }, top, middle, this.bottom);
    root.append(this.frame);
    this.showEntrance(texts.startExplained);
  }

  /** Start a conversation, or go on with the one this tab had. */
  open(): void {
    if (!this.conversation) this.begin();
  }

  /** The network is back. */
  online(): void {
    if (this.frame.classList.contains("storing")) void this.conversation?.retry();
  }

  added(entries: Entry[], isHistory: boolean): void {
    for (const { message } of entries) this.crisis.take(message);
    this.log.add(entries, isHistory);
  }

  changed(entry: Entry): void {
    this.log.change(entry);
  }

  dropped(entry: Entry): void {
    this.log.drop(entry);
    this.composer.restore(entry.message.text);
  }

  busy(on: boolean): void {
    clearTimeout(this.typingTimer);
    if (on) this.typingTimer = window.setTimeout(() => (this.typing.textContent = texts.typing), TYPING_AFTER_MS);
    else this.typing.textContent = "";
  }

  status(status: Status): void {
    this.header.show(status);
  }

  problem(problem: Problem | null): void {
    this.frame.classList.toggle("storing", problem !== null);
    this.notice.show(problem);
    if (problem) this.log.showEnd();
  }

  choose(choice: { id: string; label: string }): boolean {
    // After a press the conversation moves up; the second half of a double click would hit another button.
    if (Date.now() - this.chosenAt < DOUBLE_CLICK_MS) return false;
    this.chosenAt = Date.now();
    return this.conversation?.say(choice.label, choice) ?? false;
  }

  async handOver(request: Parameters<Conversation["handOver"]>[0]): Promise<void> {
    await this.conversation?.handOver(request);
  }

  address(path: string): string {
    return this.options.api.address(path);
  }

  /** Nothing of the conversation stays behind; the page is replaced, so "back" does not return to it. */
  leavePage(): void {
    void this.conversation?.erase().catch(() => undefined);
    this.conversation?.leave();
    eraseAnswers();
    this.frame.remove();
    location.replace(this.options.exitUrl);
  }

  private begin(): void {
    this.conversation?.leave();
    this.log.clear();
    this.crisis.clear();
    this.problem(null);
    this.entrance.hidden = true;
    this.log.element.hidden = this.bottom.hidden = false;
    this.conversation = new Conversation(this.options.api, this.memory, this.options.gemeente, this);
    void this.conversation.open();
  }

  private enter(): void {
    this.begin();
    this.composer.focus();
  }

  private async restart(): Promise<void> {
    if (!(await confirm(this.root, texts.restartAsk))) return;
    eraseAnswers();
    this.enter();
  }

  private async erase(): Promise<void> {
    if (!this.conversation || !(await confirm(this.root, texts.eraseAsk))) return;
    try {
      await this.conversation.erase();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.problem(error);
      return;
    }
    eraseAnswers();
    this.conversation = null;
    this.showEntrance(texts.erased);
    this.intro.focus();
  }

  private showEntrance(words: string): void {
    this.log.clear();
    this.crisis.clear();
    this.busy(false);
    this.intro.textContent = words;
    this.entrance.hidden = false;
    this.log.element.hidden = this.bottom.hidden = true;
  }
}
