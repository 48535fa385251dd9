import type { Block, Contact } from "../conversation/types";
import * as texts from "../texts";
import type { Actions } from "../view/actions";
import { el } from "../view/dom";
import { failure, field, finish } from "../view/fields";
import { list } from "./fields";

const FIELDS: Readonly<Record<string, { key: keyof Contact; props: Record<string, string> }>> = {
  naam: { key: "name", props: { autocomplete: "name" } },
  telefoon: { key: "phone", props: { type: "tel", autocomplete: "tel" } },
  email: { key: "email", props: { type: "email", autocomplete: "email" } },
};

/** Contact data a colleague asks for; what is left empty is not given. */
export function contactForm(block: Block, actions: Actions): HTMLElement {
  const words = texts.contact;
  const asked = list(block["velden"]).flatMap((name) => {
    const known = FIELDS[String(name)];
    return known ? [{ ...known, made: field(words.fields[known.key], { ...known.props, maxlength: 254 }) }] : [];
  });
  const failed = failure();
  const form = el("form", { class: "kaart formulier", novalidate: true, "aria-label": words.title }, ...asked.map(({ made }) => made.row), el("p", { class: "rustig" }, words.only), failed.row, el("button", { class: "knop" }, words.send));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = Object.fromEntries(asked.map(({ key, made }) => [key, made.input.value.trim()]));
    actions.contact(given).then(() => finish(form, words.done), failed.show);
  });
  return form;
}
