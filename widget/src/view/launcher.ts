import * as texts from "../texts";
import { el, hidden } from "./dom";
import { logo } from "./icons";

/** The button in the corner that opens the panel, with how many messages wait to be read. */
export class Launcher {
  readonly #badge = el("span", { class: "ongelezen", hidden: true });
  readonly #said = el("p", { class: "onzichtbaar", role: "status" });
  readonly button: HTMLButtonElement;
  readonly element: HTMLElement;

  constructor(panelId: string, press: () => void) {
    this.button = el(
      "button",
      { type: "button", class: "lanceer", part: "lanceer", "aria-expanded": "false", "aria-controls": panelId, on: { click: press } },
      logo(),
      el("span", {}, texts.launch),
      this.#badge,
    );
    this.element = el("section", { class: "hoek", lang: "nl", "aria-label": texts.launcher }, this.button, this.#said);
  }

  /** The number is shown, and told once to who does not see it. */
  unread(count: number): void {
    this.#badge.hidden = count === 0;
    this.#badge.replaceChildren(String(count), hidden(` ${texts.unread(count)}`));
    this.#said.textContent = count > 0 ? `${count} ${texts.unread(count)}` : "";
  }
}
