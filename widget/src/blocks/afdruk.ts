import { el } from "../view/dom";

const CLASS = "steunwijzer-afdruk";
// On paper only this part of the page; on the screen nothing of it. As a constructed sheet: a strict policy allows it.
const SHEET = `
.${CLASS} { display: none }
@media print {
  body > :not(.${CLASS}) { display: none !important }
  .${CLASS} { display: block; color: #000; background: #fff; font: 12pt/1.5 sans-serif; white-space: pre-line; overflow-wrap: anywhere }
  .${CLASS} h1 { font-size: 18pt; line-height: 1.25 }
  .${CLASS} h2 { font-size: 12pt; margin: 12pt 0 2pt; break-after: avoid }
  .${CLASS} p { margin: 0 }
  @page { margin: 20mm }
}`;

/** Prints a title and parts with a heading, and nothing else of the page. */
export function print(title: string, parts: readonly { heading: string; text: string }[]): void {
  document.querySelectorAll(`.${CLASS}`).forEach((old) => old.remove());
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  const page = el("section", { class: CLASS, lang: "nl" }, el("h1", {}, title), ...parts.flatMap(({ heading, text }) => [el("h2", {}, heading), el("p", {}, text)]));
  const done = (): void => {
    page.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  document.body.append(page);
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}
