import type { Block } from "../conversation/types";
import { el } from "../view/dom";
import { linked } from "../view/text";
import { line, list, records } from "./fields";

/**
 * Options side by side, each with the same space. A real table; the roles are spelled out because some browsers
 * forget them when the style sheet stacks the cells on a narrow screen.
 */
export function comparison(block: Block): HTMLElement | null {
  const columns = list(block["kolommen"]).map(line);
  const rows = records(block["rijen"]);
  if (columns.length === 0 || rows.length === 0) return null;
  const title = line(block["titel"]);
  return el(
    "table",
    { class: "vergelijking", role: "table" },
    title && el("caption", {}, title),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, el("td", { role: "cell" }), ...columns.map((column) => el("th", { scope: "col", role: "columnheader" }, column)))),
    el("tbody", { role: "rowgroup" }, ...rows.map((row) => tableRow(row, columns))),
  );
}

function tableRow(row: Record<string, unknown>, columns: string[]): HTMLElement {
  const values = list(row["waarden"]).map(line);
  // The column's name stands in each cell too, for the stacked form; a screen reader already says it as header.
  const cells = columns.map((column, index) =>
    el("td", { role: "cell" }, el("span", { class: "kolomnaam", "aria-hidden": "true" }, column), el("span", {}, ...linked(values[index] ?? ""))),
  );
  return el("tr", { role: "row" }, el("th", { scope: "row", role: "rowheader" }, line(row["punt"])), ...cells);
}
