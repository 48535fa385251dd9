import type { Problem } from "../conversation/problem";
import * as texts from "../texts";
import { button, el } from "./dom";
import { icon } from "./icons";

interface Ways {
  retry(): void;
  restart(): void;
}

/** Says what went wrong and what to do; empty when all is well. */
export class Notice {
  readonly element = el("div", { class: "melding", role: "alert" });
  readonly #ways: Ways;

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  show(problem: Problem | null): void {
    this.element.replaceChildren(...(problem ? [icon("alert"), el("div", {}, el("strong", {}, problem.title), el("p", {}, problem.detail)), ...this.#way(problem)] : []));
  }

  /** In sight, also where the bars move along with the conversation. */
  showUp(): void {
    this.element.scrollIntoView({ block: "nearest" });
  }

  #way(problem: Problem): HTMLElement[] {
    if (problem.gone) return [button("knop", this.#ways.restart, texts.newConversation)];
    return problem.passing ? [button("knop", this.#ways.retry, texts.retry)] : [];
  }
}
