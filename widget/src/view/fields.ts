import { Problem } from "../conversation/problem";
import { el, uniqueId, type Props } from "./dom";

/** A form field: label above, hint under it, and room for an error in words. */
export interface Field {
  row: HTMLElement;
  input: HTMLInputElement;
  /** Shows the error, or takes it away when empty; true when there is one. */
  check(error: string): boolean;
}

export function field(label: string, props: Props, hint = ""): Field {
  const id = uniqueId("veld");
  const input = el("input", { type: "text", ...props, id });
  const hintRow = hint && el("p", { class: "rustig klein", id: `${id}-hint` }, hint);
  return checked(input, hint ? `${id}-hint` : "", (error) => el("div", { class: "veld" }, el("label", { for: id }, label), hintRow, error, input));
}

export function checkbox(label: string): Field {
  const input = el("input", { type: "checkbox", id: uniqueId("vink") });
  return checked(input, "", (error) => el("div", { class: "veld" }, error, el("label", { class: "aanvinken" }, input, el("span", {}, label))));
}

/** Exactly one of a few; the first is chosen. */
export function radios(question: string, answers: readonly string[]): { row: HTMLElement; value(): string } {
  const name = uniqueId("keuze");
  const inputs = answers.map((answer, index) => el("input", { type: "radio", name, value: answer, checked: index === 0 }));
  const labels = inputs.map((input) => el("label", { class: "aanvinken" }, input, el("span", {}, input.value)));
  return {
    row: el("fieldset", { class: "veld" }, el("legend", {}, question), ...labels),
    value: () => inputs.find((input) => input.checked)?.value ?? "",
  };
}

/** Room for what went wrong with a whole form; `show` passes on what is no problem of ours. */
export function failure(): { row: HTMLElement; show(error: unknown): void } {
  const row = el("p", { class: "fout", role: "alert" });
  const show = (error: unknown): void => {
    if (!(error instanceof Problem)) throw error;
    row.textContent = `${error.title}. ${error.detail}`;
  };
  return { row, show };
}

/** The form makes way for words that say it is done. */
export function finish(form: HTMLElement, text: string): void {
  const done = el("p", { class: "gelukt", tabindex: "-1" }, text);
  form.replaceChildren(done);
  done.focus();
}

function checked(input: HTMLInputElement, hintId: string, build: (error: HTMLElement) => HTMLElement): Field {
  const error = el("p", { class: "fout", id: `${input.id}-fout`, hidden: true });
  const row = build(error);
  if (hintId) input.setAttribute("aria-describedby", hintId);
  const check = (message: string): boolean => {
    error.textContent = message;
    error.hidden = !message;
    input.setAttribute("aria-invalid", String(Boolean(message)));
    input.setAttribute("aria-describedby", [message && error.id, hintId].filter(Boolean).join(" "));
    return Boolean(message);
  };
  // What is being mended is wrong no more; sending looks again.
  input.addEventListener("input", () => check(""));
  return { row, input, check };
}
