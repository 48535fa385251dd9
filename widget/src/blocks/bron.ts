import { texts } from "../texts";
import type { Block } from "../conversation/types";
import { el } from "../view/dom";
import { readableDate, webLink } from "../view/text";
import { line, records } from "./fields";

/** Where the answer comes from and when that was checked, folded away. */
export function sources(block: Block): HTMLElement | null {
  const items = records(block["items"]).filter((item) => line(item["titel"]));
  if (items.length === 0) return null;
  const checked = line(block["gecontroleerd_op"]);
  return el(
    "details",
    { class: "bron" },
    el("summary", {}, texts.sources),
    el("ul", {}, ...items.map((item) => el("li", {}, webLink(line(item["url"]), line(item["titel"]))))),
    checked && el("p", {}, `${texts.checkedOn(readableDate(checked))}.`),
  );
}
