import { emergencyLinks } from "../blocks/noodnummers";
import { leaveButton } from "../blocks/verlaat_pagina";
import type { Message } from "../conversation/types";
import * as texts from "../texts";
import type { Actions } from "./actions";
import { el } from "./dom";

/** From the first message about danger on, its numbers (and the quick way out) stay in sight until a new conversation. */
export class CrisisBar {
  readonly #numbers = el("div", { class: "nummers" });
  readonly #way: HTMLElement;
  readonly element: HTMLElement;

  constructor(actions: Actions) {
    this.#way = leaveButton(actions);
    this.#way.hidden = true;
    this.element = el("section", { class: "nood", "aria-label": texts.crisis, hidden: true }, this.#numbers, this.#way);
  }

  take({ blocks }: Message): void {
    const latest = blocks.filter(({ type }) => type === "noodnummers").at(-1);
    if (latest) this.#numbers.replaceChildren(...emergencyLinks(latest));
    if (blocks.some(({ type }) => type === "verlaat_pagina")) this.#way.hidden = false;
    this.element.hidden = this.#numbers.childElementCount === 0 && this.#way.hidden;
  }

  /** Whether there was talk of danger in this conversation. */
  get seen(): boolean {
    return !this.element.hidden;
  }

  clear(): void {
    this.#numbers.replaceChildren();
    this.#way.hidden = true;
    this.element.hidden = true;
  }
}
