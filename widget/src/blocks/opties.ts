import * as texts from "../texts";
import type { Block } from "../conversation/types";
import { el, hidden } from "../view/dom";
import { icon } from "../view/icons";
import { linked, readableDate } from "../view/text";
import { callButton, siteLink } from "./contact";
import { line, list, records } from "./fields";

const MAIL = /^[^\s@:?&]+@[^\s@:?&]+\.[a-z]+$/i;

/** Help nearby: what it is, for whom, what it costs, how to sign up. */
export function options(block: Block): HTMLElement | null {
  const items = records(block["items"]).filter((item) => line(item["naam"]));
  return items.length > 0 ? el("ul", { class: "kaarten opties" }, ...items.map((item) => el("li", { class: "kaart" }, ...card(item)))) : null;
}

function card(item: Record<string, unknown>): (Node | "")[] {
  const name = line(item["naam"]);
  const checked = line(item["gecontroleerd_op"]);
  const about = line(item["omschrijving"]);
  return [
    el("h3", {}, name),
    about && el("p", {}, about),
    facts(item),
    el("div", { class: "knoppen" }, ...ways(item, name)),
    checked && el("p", { class: "rustig klein" }, texts.checkedOn(readableDate(checked))),
  ];
}

function facts(item: Record<string, unknown>): HTMLElement | "" {
  const rows = Object.entries(texts.option).map(([field, label]) => [label, line(item[field])] as const).filter(([, value]) => value);
  return rows.length > 0 ? el("dl", {}, ...rows.map(([label, value]) => el("div", {}, el("dt", {}, label), el("dd", {}, ...linked(value))))) : "";
}

function ways(item: Record<string, unknown>, name: string): (HTMLElement | "")[] {
  const phones = Array.isArray(item["telefoon"]) ? list(item["telefoon"]).map(line) : [line(item["telefoon"])];
  const mail = line(item["email"]);
  const url = line(item["url"]);
  return [...phones.filter(Boolean).map((number) => callButton(number, name)), MAIL.test(mail) ? mailLink(mail, name) : "", url && siteLink(url, name)];
}

function mailLink(address: string, name: string): HTMLElement {
  return el("a", { href: `mailto:${address}`, class: "knop licht" }, icon("mail"), texts.mail, hidden(` aan ${name}`));
}
