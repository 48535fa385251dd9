import { asText, type Line } from "../conversation/record";
import type { Block } from "../conversation/types";
import { prepare as words } from "../texts";
import { button, el, uniqueId } from "../view/dom";
import { print } from "./afdruk";
import { keepButtons } from "./bewaren";
import { line, records } from "./fields";
import { eraseAnswers, keepAnswer, readAnswers } from "./voorbereiding_opslag";

const MAX_LENGTH = 2000;

interface Question {
  id: string;
  question: string;
  help: string;
  example: string;
}

/** The list to prepare the talk with: one question at a time, then a page of one's own words to print or keep. */
export function preparation(block: Block): HTMLElement | null {
  const questions = records(block["vragen"])
    .map((item) => ({ id: line(item["id"]), question: line(item["vraag"]), help: line(item["hulp"]), example: line(item["voorbeeld"]) }))
    .filter(({ id, question }) => id && question);
  return questions.length > 0 ? new Preparation(line(block["titel"]) || words.title, questions).element : null;
}

class Preparation {
  readonly element = el("div", { class: "kaart formulier voorbereiding" });
  readonly #title: string;
  readonly #questions: Question[];

  constructor(title: string, questions: Question[]) {
    this.#title = title;
    this.#questions = questions;
    this.#showStart(false);
  }

  #showStart(focus: boolean, said: string = words.private): void {
    const begun = this.#answered().length > 0;
    this.#show(
      focus,
      this.#title,
      el("p", {}, said),
      el(
        "div",
        { class: "knoppen" },
        button("knop", () => this.#showQuestion(begun ? this.#firstOpen() : 0), begun ? words.goOn : words.start),
        begun && button("knop licht", () => this.#showSummary(), words.toSummary),
      ),
    );
  }

  #showQuestion(index: number): void {
    const question = this.#questions[index];
    if (!question) return this.#showSummary();
    const { id, help, example } = question;
    const hint = uniqueId("hulp");
    const input = el("textarea", { rows: 4, maxlength: MAX_LENGTH, autocomplete: "off", "aria-labelledby": `${hint}-vraag`, "aria-describedby": help ? hint : null });
    input.value = readAnswers()[id] ?? "";
    input.addEventListener("input", () => keepAnswer(id, input.value));
    const next = (): void => (index + 1 < this.#questions.length ? this.#showQuestion(index + 1) : this.#showSummary());
    this.#show(
      true,
      question.question,
      el("p", { class: "rustig klein" }, words.progress(index + 1, this.#questions.length)),
      help && el("p", { id: hint }, help),
      example && el("details", {}, el("summary", {}, words.example), el("p", { class: "rustig" }, example)),
      input,
      el(
        "div",
        { class: "knoppen" },
        button("knop", next, words.next),
        button("knop licht", next, words.skip),
        button("knop licht", () => (index > 0 ? this.#showQuestion(index - 1) : this.#showStart(true)), words.back),
      ),
    );
    this.element.querySelector("h3")?.setAttribute("id", `${hint}-vraag`);
  }

  #showSummary(): void {
    const answered = this.#answered();
    if (answered.length === 0) return this.#showStart(true, words.empty);
    const rows = this.#questions.map((question, index) => {
      const answer = readAnswers()[question.id]?.trim();
      const change = button("knop licht", () => this.#showQuestion(index), answer ? words.change : words.fill);
      change.append(el("span", { class: "onzichtbaar" }, `: ${question.question}`));
      return el("li", {}, el("strong", {}, question.question), el("p", { class: answer ? "eigen" : "rustig" }, answer || words.skipped), change);
    });
    this.#show(
      true,
      this.#title,
      el("ol", { class: "samenvatting" }, ...rows),
      el("p", {}, words.privateAfter),
      el(
        "div",
        { class: "knoppen" },
        button("knop", () => print(this.#title, this.#parts()), words.print),
        ...keepButtons(() => asText(this.#title, this.#parts()), words.fileName),
        this.#eraseButton(),
      ),
    );
  }

  /** Erasing cannot be undone, so it takes two presses. */
  #eraseButton(): HTMLElement {
    const erase = button("knop licht", () => {
        if (erase.textContent === words.erase) {
          erase.textContent = words.eraseSure;
          return;
        }
        eraseAnswers();
        this.#showStart(true, words.erased);
      }, words.erase);
    return erase;
  }

  #show(focus: boolean, heading: string, ...parts: (Node | string | false)[]): void {
    const title = el("h3", { tabindex: "-1" }, heading);
    this.element.replaceChildren(title, ...parts.filter((part): part is Node => part instanceof Node));
    if (focus) title.focus();
  }

  #answered(): Question[] {
    const answers = readAnswers();
    return this.#questions.filter(({ id }) => answers[id]?.trim());
  }

  #firstOpen(): number {
    const answers = readAnswers();
    return Math.max(0, this.#questions.findIndex(({ id }) => !answers[id]?.trim()));
  }

  #parts(): Line[] {
    const answers = readAnswers();
    return this.#answered().map(({ id, question }) => ({ heading: question, text: (answers[id] ?? "").trim() }));
  }
}
