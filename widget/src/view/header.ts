import type { Status } from "../conversation/types";
import { texts } from "../texts";
import { el, uniqueId } from "./dom";
import { icon, logo } from "./icons";

interface Wishes {
  restart(): void;
  erase(): void;
}

/** Name, what it is or who you are talking to, and a small menu. */
export class Header {
  private readonly subtitle = el("p", {}, texts.subtitle);
  readonly element: HTMLElement;

  constructor(wishes: Wishes) {
    const items: [string, () => void][] = [
      [texts.restart, wishes.restart],
      [texts.erase, wishes.erase],
    ];
    this.element = el("header", { class: "kop", part: "kop" }, logo(), el("div", { class: "naam" }, el("h2", {}, texts.name), this.subtitle), menu(items));
  }

  show(status: Status): void {
    this.subtitle.textContent = texts.statuses[status] ?? texts.subtitle;
  }
}

function menu(items: [string, () => void][]): HTMLElement {
  const id = uniqueId("opties");
  const open = (on: boolean): void => {
    button.setAttribute("aria-expanded", String(on));
    panel.hidden = !on;
  };
  const button = el(
    "button",
    { type: "button", class: "menuknop", "aria-expanded": "false", "aria-controls": id, on: { click: () => open(Boolean(panel.hidden)) } },
    icon("more"),
    texts.menu,
  );
  const choose = (action: () => void) => (): void => {
    open(false);
    button.focus();
    action();
  };
  const panel = el("div", { class: "menu", id, hidden: true }, ...items.map(([label, action]) => el("button", { type: "button", on: { click: choose(action) } }, label)));
  return el(
    "div",
    {
      class: "menuhouder",
      on: {
        keydown: ({ key }) => {
          if (key !== "Escape" || panel.hidden) return;
          open(false);
          button.focus();
        },
        focusout: ({ relatedTarget, currentTarget }) => {
          if (!(currentTarget as HTMLElement).contains(relatedTarget as Node | null)) open(false);
        },
      },
    },
    button,
    panel,
  );
}
