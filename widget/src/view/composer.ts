import * as texts from "../texts";
import { el, uniqueId } from "./dom";
import { icon } from "./icons";

export const MAX_LENGTH = 2000;
const COUNT_FROM = 1800;
const DOUBLE_CLICK_MS = 1_000;

/** Where the resident types. Sends once, keeps the focus, and keeps the text when it cannot be sent. */
export class Composer {
  readonly #id = uniqueId("invoer");
  #sentAt = 0;
  readonly #input = el("textarea", {
    id: this.#id,
    rows: 1,
    enterkeyhint: "send",
    autocomplete: "off",
    "aria-describedby": `${this.#id}-hint ${this.#id}-fout`,
    on: { keydown: (event) => this.#onKey(event), input: () => this.#onInput() },
  });
  readonly #counter = el("span", { class: "teller" });
  readonly #error = el("p", { class: "fout", id: `${this.#id}-fout`, role: "alert" });
  readonly element = el(
    "form",
    { class: "invoer", part: "invoer", novalidate: true, on: { submit: (event) => this.#onSubmit(event) } },
    el("div", { class: "bijschrift" }, el("label", { for: this.#id }, texts.input), el("span", { class: "rustig", id: `${this.#id}-hint` }, texts.inputHint), this.#counter),
    this.#error,
    el("div", { class: "regel" }, this.#input, el("button", { class: "knop verstuur", part: "verstuur" }, icon("send"), el("span", {}, texts.send))),
  );

  readonly #send: (text: string) => void;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  focus(): void {
    this.#input.focus({ preventScroll: true });
  }

  /** Give back a text that could not be sent; what the resident is typing now goes first. */
  restore(text: string): void {
    this.#input.value ||= text;
    this.#onInput();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #onInput(): void {
    this.#showError("");
    const left = MAX_LENGTH - this.#input.value.length;
    this.#counter.textContent = this.#input.value.length < COUNT_FROM ? "" : left >= 0 ? texts.left(left) : texts.tooLong(-left);
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    this.#submit();
    this.focus();
  }

  #submit(): void {
    const text = this.#input.value.trim();
    if (!text) {
      // The second half of a double click finds the box empty; that is no mistake of the resident.
      if (Date.now() - this.#sentAt > DOUBLE_CLICK_MS) this.#showError(texts.empty);
      return;
    }
    if (text.length > MAX_LENGTH) {
      this.#showError(texts.tooLong(text.length - MAX_LENGTH));
      return;
    }
    this.#sentAt = Date.now();
    this.#input.value = "";
    this.#onInput();
    this.#send(text);
  }

  #showError(error: string): void {
    this.#error.textContent = error;
    this.#input.setAttribute("aria-invalid", String(Boolean(error)));
  }
}
