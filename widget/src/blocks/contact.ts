import * as texts from "../texts";
import type { Block } from "../conversation/types";
import { el, hidden } from "../view/dom";
import { icon } from "../view/icons";
import { phoneLink, siteName, webLink } from "../view/text";
import { phoneNumbers } from "./fields";

/** Who to call, when, and what it costs. */
export function contact(block: Block): HTMLElement | null {
  const numbers = phoneNumbers(block);
  if (numbers.length === 0) return null;
  return el(
    "ul",
    { class: "kaarten" },
    ...numbers.map(({ name, number, when, costs, url }) =>
      el(
        "li",
        { class: "kaart" },
        el("h3", {}, name || number),
        (when || costs) && el("p", { class: "rustig" }, [when, costs].filter(Boolean).join(" · ")),
        el("div", { class: "knoppen" }, callButton(number, name), url && siteLink(url, name)),
      ),
    ),
  );
}

export function callButton(number: string, name: string): HTMLElement {
  const link = phoneLink(number, icon("phone"), texts.call(number), hidden(name && ` (${name})`));
  link.className = "knop";
  return link;
}

export function siteLink(url: string, name: string): HTMLElement {
  const link = webLink(url, icon("link"), texts.website(siteName(url)), hidden(name && texts.websiteOf(name)));
  link.className = "knop licht";
  return link;
}
