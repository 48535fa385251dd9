import type { Line } from "../conversation/record";
import paper from "../styles/afdruk.css";
import { el } from "../view/dom";

const NAME = "steunwijzer-afdruk";

/** Prints a title and parts with a heading, and nothing else of the page. */
export function print(title: string, parts: readonly Line[]): void {
  // Not every browser tells that it has printed.
  document.querySelector(`.${NAME}`)?.remove();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(paper);
  const page = el("section", { class: NAME, lang: "nl" }, el("h1", {}, title), ...parts.flatMap(({ heading, text }) => [el("h2", {}, heading), el("p", {}, text)]));
  const done = (): void => {
    page.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  document.body.append(page);
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}
