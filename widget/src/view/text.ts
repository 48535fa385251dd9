import { httpsOnly } from "../addresses";
import * as texts from "../texts";
import { el } from "./dom";

const HTTPS = String.raw`https:\/\/[^\s<>"]+[^\s<>".,;:!?)]`;
const DOMAIN = String.raw`(?<![\w@.-])(?:[a-z0-9-]+\.)+nl(?:\/[\w\/-]*\w)?(?![\w@-])`;
// Free and paid lines, 14 + area code, landlines and mobiles, international, and the two short numbers that save lives.
const PHONE = String.raw`(?<![\w€.,-])(?:0[89]00[- ]?\d{4,7}|14 0\d{1,3}|0\d{1,3}[- ]\d{6,8}|\+31[ \d-]{8,}\d|11[23])(?![\w-]|[.,]\d|\.nl)`;
const LINK = new RegExp(`(${HTTPS})|(${DOMAIN})|(${PHONE})`, "gi");
const IN_FRAME = window.parent !== window;
const MONEY_OR_ARTICLE = /(?:€|artikel(?:en)?|art\.)\s*$/i;

/** Plain text: each line a short paragraph, lines that start with "- " a real list, addresses and phone numbers links. */
export function richText(text: string): HTMLElement[] {
  const made: HTMLElement[] = [];
  for (const line of text.split("\n").filter((each) => each.trim())) {
    const item = /^\s*- (.*)/.exec(line)?.[1];
    const last = made.at(-1);
    if (item !== undefined) {
      const list = last instanceof HTMLUListElement ? last : el("ul");
      list.append(el("li", {}, ...linked(item)));
      if (list !== last) made.push(list);
    } else {
      made.push(el("p", {}, ...linked(line)));
    }
  }
  return made;
}

/** Text with links in it. */
export function linked(text: string): (Node | string)[] {
  const made: (Node | string)[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const [found, url, domain] = match;
    const before = text.slice(0, match.index);
    if (!url && !domain && MONEY_OR_ARTICLE.test(before)) continue;
    made.push(text.slice(from, match.index));
    made.push(url || domain ? webLink(url ?? `https://${found}`, found) : phoneLink(found, found));
    from = match.index + found.length;
  }
  return [...made, text.slice(from)];
}

/** A link to another site. Anything but https is no link, only its text. */
export function webLink(url: string, ...content: (Node | string)[]): HTMLElement {
  const href = httpsOnly(url);
  if (!href) return el("span", {}, ...content);
  // In a frame another site would open inside the frame, and most sites refuse that.
  return IN_FRAME ? el("a", { href, rel: "noreferrer", target: "_blank" }, ...content, texts.newTab) : el("a", { href, rel: "noreferrer" }, ...content);
}

/** Where a link leads, as a resident knows it: `rijksoverheid.nl`. Empty when it is no link. */
export function siteName(url: string): string {
  const href = httpsOnly(url);
  return href ? new URL(href).hostname.replace(/^www\./, "") : "";
}

export function phoneLink(number: string, ...content: (Node | string)[]): HTMLAnchorElement {
  return el("a", { href: `tel:${number.replace(/[^\d+]/g, "")}`, class: "telefoon" }, ...content);
}

/** A date like 3 november 2026; other text stays as it is. */
export function readableDate(text: string): string {
  const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? new Date(`${text.slice(0, 10)}T12:00:00Z`) : null;
  return date && !Number.isNaN(date.getTime()) ? date.toLocaleDateString("nl-NL", { dateStyle: "long", timeZone: "UTC" }) : text;
}
