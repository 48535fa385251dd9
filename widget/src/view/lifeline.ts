import * as texts from "../texts";
import { button, el } from "./dom";
import { icon } from "./icons";
import { phoneLink } from "./text";

/** A human and a telephone number, always at the bottom, always in this order. */
export class Lifeline {
  readonly #phone = el("span", { class: "bel" });
  /** Asks for a human; hidden for who waits for one already. */
  readonly human: HTMLElement;
  readonly element: HTMLElement;

  constructor(askHuman: () => void) {
    this.human = button("mens", askHuman, icon("person"), texts.human);
    this.human.setAttribute("part", "mens");
    this.element = el("div", { class: "altijd" }, this.human, this.#phone);
  }

  /** The number to call; empty: how to find one. */
  show(number: string): void {
    this.#phone.replaceChildren(number ? phoneLink(number, icon("phone"), `${texts.callUs} ${number}`) : texts.callAny);
  }
}
