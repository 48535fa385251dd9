import * as texts from "../texts";
import type { Block } from "../conversation/types";
import { el, hidden } from "../view/dom";
import { icon } from "../view/icons";
import { phoneLink } from "../view/text";
import { phoneNumbers, type PhoneNumber } from "./fields";

const SHORT = 3;

/** Numbers that save lives: large, and one touch away. */
export function emergencyNumbers(block: Block): HTMLElement | null {
  const numbers = phoneNumbers(block);
  if (numbers.length === 0) return null;
  return el(
    "ul",
    { class: "noodnummers" },
    ...numbers.map(({ name, number, when, costs }) => {
      const details = [when, costs].filter(Boolean).join(" · ");
      return el("li", {}, phoneLink(number, icon("phone"), el("strong", {}, texts.call(number)), el("span", {}, name, el("small", {}, details))));
    }),
  );
}

/** The same numbers, small, for the bar that stays in sight; a name that has two numbers comes once. */
export function emergencyLinks(block: Block): HTMLElement[] {
  return phoneNumbers(block)
    .filter(({ name }, index, all) => all.findIndex((other) => other.name === name) === index)
    .map((number) => phoneLink(number.number, icon("phone"), ...label(number)));
}

function label({ name, number }: PhoneNumber): (Node | string)[] {
  return number.length === SHORT ? [texts.call(number), hidden(` (${name})`)] : [texts.call(name), hidden(` (${number})`)];
}
