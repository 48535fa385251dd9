import type { Problem } from "../conversation/problem";
import { texts } from "../texts";
import { el } from "./dom";
import { icon } from "./icons";

interface Ways {
  retry(): void;
  restart(): void;
}

/** Says what went wrong and what to do; empty when all is well. */
export class Notice {
  readonly element = el("div", { class: "melding", role: "alert" });

  constructor(private readonly ways: Ways) {}

  show(problem: Problem | null): void {
    this.element.replaceChildren(...(problem ? [icon("alert"), el("div", {}, el("strong", {}, problem.title), el("p", {}, problem.detail)), ...this.way(problem)] : []));
  }

  private way(problem: Problem): HTMLElement[] {
    if (problem.gone) return [this.button(texts.newConversation, this.ways.restart)];
    return problem.passing ? [this.button(texts.retry, this.ways.retry)] : [];
  }

  private button(label: string, click: () => void): HTMLElement {
    return el("button", { type: "button", class: "knop", on: { click } }, label);
  }
}
