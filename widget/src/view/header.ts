import type { Status } from "../conversation/types";
import * as texts from "../texts";
import { button, el } from "./dom";
import { icon, logo } from "./icons";
import { menu, type Item } from "./menu";

/** Name, what it is or who you are talking to, a small menu, and (in a panel) the button that hides it. */
export class Header {
  readonly #subtitle = el("p", {}, texts.subtitle);
  readonly element: HTMLElement;

  constructor(items: readonly Item[], hide: (() => void) | null) {
    this.element = el(
      "div",
      { class: "kop", part: "kop" },
      logo(),
      el("div", { class: "naam" }, el("h2", { tabindex: "-1" }, texts.name), this.#subtitle),
      menu(items),
      hide && button("menuknop", hide, icon("down"), el("span", {}, texts.hide)),
    );
  }

  show(status: Status): void {
    this.#subtitle.textContent = texts.statuses[status] ?? texts.subtitle;
  }
}
