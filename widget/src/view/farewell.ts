import type { Verdict } from "../conversation/types";
import { farewell as words } from "../texts";
import { button, el } from "./dom";
import { finish } from "./fields";

/** Two short questions at the end, one at a time. Nothing is sent before both have an answer; stopping is always possible. */
export function farewell(send: (verdict: Verdict) => Promise<void>, close: () => void): HTMLElement {
  const card = el("div", { class: "kaart afscheid" });
  const ask = (question: string, answers: readonly string[], chosen: (answer: string) => void, focus: boolean): void => {
    const title = el("h3", { tabindex: "-1" }, question);
    const buttons = answers.map((answer) => button("knop licht", () => chosen(answer.toLowerCase()), answer));
    const skip = button("hulpje", close, words.skip);
    card.replaceChildren(title, el("div", { class: "knoppen" }, ...buttons), skip);
    if (focus) title.focus();
  };
  const thank = (text: string): void => finish(card, text);
  const askNext = (solved: string): void =>
    ask(words.next, words.yesNo, (next_step) => void send({ solved, next_step }).then(() => thank(words.thanks), () => thank(words.notSent)), true);
  ask(words.solved, words.solvedAnswers, askNext, false);
  return card;
}
