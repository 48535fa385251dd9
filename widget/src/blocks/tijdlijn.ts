import type { Block } from "../conversation/types";
import * as texts from "../texts";
import type { Actions } from "../view/actions";
import { el } from "../view/dom";
import { linked, readableDate } from "../view/text";
import { line, records } from "./fields";

/** What happens when, in order; what is past is quieter. */
export function timeline(block: Block, actions: Actions): HTMLElement | null {
  const steps = records(block["stappen"]);
  if (steps.length === 0 || steps.some((step) => !line(step["titel"]))) return null;
  const list = el(
    "ol",
    {},
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
  return el("div", { class: "tijdlijn" }, list, agendaLink(block["agenda"], actions));
}

const START = /^[a-z]+$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The same days as a calendar file, made by the server from one day and kept nowhere. */
function agendaLink(value: unknown, actions: Actions): HTMLElement | "" {
  const [agenda] = records([value]);
  const [start, day] = [line(agenda?.["stap"]), line(agenda?.["datum"])];
  if (!START.test(start) || !DAY.test(day)) return "";
  return el("p", { class: "agenda" }, el("a", { class: "knop licht", href: actions.address(`agenda.ics?${start}=${day}`), download: "" }, texts.agenda));
}
