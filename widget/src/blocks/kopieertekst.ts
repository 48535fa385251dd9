import type { Block } from "../conversation/types";
import { el } from "../view/dom";
import { keepButtons } from "./bewaren";
import { line } from "./fields";

/** A text of the message itself, to copy or to save: a letter or a melding. */
export function copyText(block: Block): HTMLElement | null {
  const text = line(block["tekst"]);
  if (!text) return null;
  const title = line(block["titel"]) || "tekst";
  return el("div", { class: "knoppen kopieren", role: "group", "aria-label": title }, ...keepButtons(() => text, `${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.txt`));
}
