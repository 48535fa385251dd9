import type { Block } from "../conversation/types";
import { el, uniqueId } from "../view/dom";
import { line, list } from "./fields";

/** Things to do or bring, to tick off. The ticks are for the resident alone and are not kept. */
export function checklist(block: Block): HTMLElement | null {
  const items = list(block["items"]).map(line).filter(Boolean);
  if (items.length === 0) return null;
  const title = line(block["titel"]);
  const id = uniqueId("lijst");
  return el(
    "div",
    { class: "kaart checklist", role: "group", "aria-labelledby": title ? id : null },
    title && el("h3", { id }, title),
    el("ul", {}, ...items.map((item) => el("li", {}, el("label", {}, el("input", { type: "checkbox" }), el("span", {}, item))))),
  );
}
