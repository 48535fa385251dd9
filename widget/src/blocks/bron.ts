import * as texts from "../texts";
import type { Block } from "../conversation/types";
import { el } from "../view/dom";
import { readableDate, siteName, webLink } from "../view/text";
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
    el("ul", {}, ...items.map((item) => el("li", {}, source(line(item["titel"]), line(item["url"]))))),
    checked && el("p", {}, `${texts.checkedOn(readableDate(checked))}.`),
  );
}

/** What it is called and, where it leads to a site, which one. */
function source(title: string, url: string): HTMLElement {
  const site = siteName(url);
  return webLink(url, site && !title.toLowerCase().includes(site) ? `${title} (${site})` : title);
}
