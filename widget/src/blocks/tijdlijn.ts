import type { Block } from "../conversation/types";
import { el } from "../view/dom";
import { linked, readableDate } from "../view/text";
import { line, records } from "./fields";

/** What happens when, in order; what is past is quieter. */
export function timeline(block: Block): HTMLElement | null {
  const steps = records(block["stappen"]);
  if (steps.length === 0 || steps.some((step) => !line(step["titel"]))) return null;
  return el(
    "ol",
    { class: "tijdlijn" },
    ...steps.map((step) => {
      const date = line(step["datum"]);
      const explained = line(step["uitleg"]);
      return el(
        "li",
        { class: step["voorbij"] === true && "voorbij" },
        date && el("time", { datetime: /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : null }, readableDate(date)),
        el("strong", {}, line(step["titel"])),
        explained && el("p", {}, ...linked(explained)),
      );
    }),
  );
}
