type Child = Node | string | null | undefined | false;
type Handlers = { [name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[name]) => void };

/** What an element gets: attributes (`true` = present, false or null = absent), a class and event handlers. */
export interface Props {
  class?: string | false;
  on?: Handlers;
  [attribute: string]: unknown;
}

/** An element, without ever parsing HTML: children that are text stay text. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  const { on = {}, ...attributes } = props;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [name, handler] of Object.entries(on)) element.addEventListener(name, handler as EventListener);
  element.append(...children.filter((child): child is Node | string => typeof child === "string" || child instanceof Node));
  return element;
}

/** A button that does something here and sends no form. `kind`: its class. */
export function button(kind: string, click: () => void, ...children: Child[]): HTMLButtonElement {
  return el("button", { type: "button", class: kind, on: { click } }, ...children);
}

/** Text for screen readers only. */
export function hidden(text: string): HTMLElement {
  return el("span", { class: "onzichtbaar" }, text);
}

let last = 0;

/** An id that is unique in the shadow root, to tie a label to its field. */
export function uniqueId(name: string): string {
  last += 1;
  return `${name}-${last}`;
}
