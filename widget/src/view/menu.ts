import * as texts from "../texts";
import { el, uniqueId } from "./dom";
import { icon } from "./icons";

/** One line of the menu: something to do, or (`href`) a page to read. `pressed` for what can be on or off; `available` false hides it. */
export interface Item {
  label: string;
  href?: string;
  act?: () => void;
  pressed?: () => boolean;
  available?: () => boolean;
}

/** A button with a small list of things to do. Escape and leaving it close it. */
export function menu(items: readonly Item[]): HTMLElement {
  const id = uniqueId("opties");
  const open = (on: boolean): void => {
    button.setAttribute("aria-expanded", String(on));
    panel.hidden = !on;
    if (on) panel.replaceChildren(...items.filter(({ available }) => available?.() ?? true).map(line));
  };
  const line = ({ label, href, act, pressed }: Item): HTMLElement =>
    href
      ? el("a", { href, target: "_blank", rel: "noreferrer" }, label, texts.newTab)
      : el("button", { type: "button", "aria-pressed": pressed && String(pressed()), on: { click: () => choose(act) } }, pressed?.() && icon("check"), label);
  const choose = (act?: () => void): void => {
    open(false);
    button.focus();
    act?.();
  };
  const button = el(
    "button",
    { type: "button", class: "menuknop", "aria-expanded": "false", "aria-controls": id, on: { click: () => open(Boolean(panel.hidden)) } },
    icon("more"),
    el("span", {}, texts.menu),
  );
  const panel = el("div", { class: "menu", id, hidden: true });
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.preventDefault();
    open(false);
    button.focus();
  };
  const onLeave = ({ relatedTarget, currentTarget }: FocusEvent): void => {
    if (!(currentTarget as HTMLElement).contains(relatedTarget as Node | null)) open(false);
  };
  return el("div", { class: "menuhouder", on: { keydown: onKey, focusout: onLeave } }, button, panel);
}
