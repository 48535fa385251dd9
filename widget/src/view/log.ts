import { gatherSources, wholeAnswers } from "../blocks/gather";
import type { Entry } from "../conversation/transcript";
import type { Message } from "../conversation/types";
import * as texts from "../texts";
import type { Actions } from "./actions";
import { el } from "./dom";
import { markChosen, messageItem } from "./message";

const MARGIN_PX = 16;

/** The conversation as a live log. Nodes stay the same, so a screen reader hears only what is new. */
export class Log {
  readonly #items = new Map<Entry, HTMLLIElement>();
  readonly #list = el("ol");
  readonly element = el("div", { class: "gesprek", part: "gesprek", role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": texts.log, tabindex: "0" }, this.#list);
  readonly #actions: Actions;
  #inSight: Entry | undefined;

  constructor(actions: Actions) {
    this.#actions = actions;
  }

  /** New entries; history comes silently, only the end of it is shown. */
  add(entries: Entry[], isHistory: boolean): void {
    this.element.setAttribute("aria-live", isHistory ? "off" : "polite");
    const before = this.#lastEntry;
    const height = this.element.clientHeight;
    const messages = gatherSources(entries.map(({ message }) => message));
    const said = wholeAnswers(messages);
    entries.forEach((entry, index) => this.#append(entry, messages[index] ?? entry.message, isHistory, said[index] ?? ""));
    const pageGrew = this.element.clientHeight > height;
    if (isHistory) this.#reveal(entries.at(-1), pageGrew);
    else if (before) this.#reveal(before.message.from === "inwoner" ? before : entries[0], pageGrew);
  }

  change(entry: Entry): void {
    const item = this.#items.get(entry);
    const text = item?.querySelector(".eigen");
    if (text && text.textContent !== entry.message.text) text.textContent = entry.message.text;
    item?.classList.toggle("onderweg", !entry.sent);
  }

  drop(entry: Entry): void {
    this.#items.get(entry)?.remove();
    this.#items.delete(entry);
  }

  /** Something that is no message, at the end. */
  addCard(card: HTMLElement): HTMLElement {
    const item = el("li", { class: "bericht" }, card);
    this.#list.append(item);
    // Offered without being asked for: what was said before comes first.
    if (this.#lastEntry?.message.from === "systeem") this.showAgain();
    else item.scrollIntoView({ block: "nearest" });
    return item;
  }

  clear(): void {
    this.#list.replaceChildren();
    this.#items.clear();
  }

  /** What was brought in sight last, again: something else than the log scrolls now. */
  showAgain(): void {
    this.#items.get(this.#inSight as Entry)?.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** Keep the end in sight when something below us took room. */
  showEnd(): void {
    this.element.scrollTo({ top: this.element.scrollHeight });
  }

  get #lastEntry(): Entry | undefined {
    return [...this.#items.keys()].at(-1);
  }

  #append(entry: Entry, message: Message, isHistory: boolean, said: string): void {
    if (message.from === "inwoner" && isHistory) this.#markEarlierChoice(message.text);
    const follows = this.#lastEntry?.message.from === message.from;
    const item = messageItem(message, entry.sent, this.#actions, follows, said);
    this.#items.set(entry, item);
    this.#list.append(item);
  }

  #markEarlierChoice(label: string): void {
    const groups = this.#list.querySelectorAll(".keuzes");
    const button = groups[groups.length - 1]?.querySelector(`[data-keuze="${CSS.escape(label)}"]`);
    if (button) markChosen(button);
  }

  /** Bring an entry to the top: in our own scroller, or in the page's when it was the page that grew. */
  #reveal(entry: Entry | undefined, pageGrew: boolean): void {
    const item = entry && this.#items.get(entry);
    if (!item) return;
    this.#inSight = entry;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
    if (pageGrew) item.scrollIntoView({ block: "start", behavior });
    else this.element.scrollTo({ top: item.offsetTop - MARGIN_PX, behavior });
  }
}
