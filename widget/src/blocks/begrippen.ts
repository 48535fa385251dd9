import type { Block } from "../conversation/types";
import * as texts from "../texts";
import { el, uniqueId } from "../view/dom";
import { line, records } from "./fields";

/** Difficult words of the text: a press shows what one means, right there. */
export function terms(block: Block): HTMLElement | null {
  const items = records(block["items"])
    .map((item) => ({ term: line(item["term"]), meaning: line(item["uitleg"]) }))
    .filter(({ term, meaning }) => term && meaning);
  return items.length > 0 ? el("ul", { class: "begrippen" }, ...items.map(({ term, meaning }) => item(term, meaning))) : null;
}

function item(term: string, meaning: string): HTMLElement {
  const id = uniqueId("begrip");
  const explained = el("p", { id, hidden: true }, meaning);
  const button = el("button", { type: "button", class: "hulpje", "aria-expanded": "false", "aria-controls": id }, texts.whatIs(term));
  button.addEventListener("click", () => {
    explained.hidden = !explained.hidden;
    button.setAttribute("aria-expanded", String(!explained.hidden));
  });
  return el("li", {}, button, explained);
}
