import { line } from "../blocks/fields";
import { isSource } from "../blocks/gather";
import { renderBlock } from "../blocks/index";
import type { Block, Choice, Message } from "../conversation/types";
import * as texts from "../texts";
import type { Actions } from "./actions";
import { el, hidden, uniqueId } from "./dom";
import { icon } from "./icons";
import { richText } from "./text";
import { tools } from "./tools";

// These blocks say the same as the list in the text, only better; with the block in sight the list would be said twice.
const REPLACE_LIST = new Set(["opties", "tijdlijn", "vergelijking"]);

/** One message as a list item: who says it, what, its blocks, and the buttons to answer with. `said`: the whole answer, under its last message. */
export function messageItem(message: Message, sent: boolean, actions: Actions, follows: boolean, said: string): HTMLLIElement {
  const own = message.from === "inwoner";
  const blocks = message.blocks.map((block) => ({ block, shown: safely(block, actions) }));
  const listShown = blocks.some(({ block, shown }) => shown && REPLACE_LIST.has(block.type));
  const [before, after] = listShown ? aroundList(message.text) : [message.text, ""];
  const classes = ["bericht", `van-${message.from}`, follows && "vervolg", !sent && "onderweg"].filter(Boolean).join(" ");
  return el(
    "li",
    { class: classes, ...language(message) },
    el("p", { class: "afzender" }, sender(message)),
    own ? el("div", { class: "ballon" }, el("p", { class: "eigen" }, message.text)) : balloon(before),
    ...blocks.filter(({ block }) => !isSource(block)).map(({ shown }) => shown),
    after && balloon(after),
    message.choices.length > 0 && choiceGroup(message.choices, actions),
    ...blocks.filter(({ block }) => isSource(block)).map(({ shown }) => shown),
    said && tools(said, spokenLanguage(message), actions),
    own && el("p", { class: "verzendstatus" }, texts.unsent),
  );
}

/** Of a colleague the first name too. */
function sender({ from, blocks }: Message): string {
  const name = line(blocks.find(({ type }) => type === "afzender")?.["naam"]);
  return name ? `${name} · ${texts.senders[from]}` : texts.senders[from];
}

/** What a screen reader needs to say a text in another language well (WCAG 3.1.2). */
function language(message: Message): Record<string, string> {
  const spoken = spokenLanguage(message);
  return spoken === "nl" ? {} : { lang: spoken, dir: "auto" };
}

function spokenLanguage({ blocks }: Message): string {
  return line(blocks.find(({ type }) => type === "taal")?.["taal"]) || "nl";
}

function balloon(text: string): HTMLElement {
  return el("div", { class: "ballon" }, ...richText(text));
}

/** What the text says before its list, and after it. */
function aroundList(text: string): [string, string] {
  const lines = text.split("\n");
  const isItem = (line: string): boolean => line.startsWith("- ");
  const first = lines.findIndex(isItem);
  if (first < 0) return [text, ""];
  const rest = lines.slice(first).filter((line) => line.trim() && !isItem(line));
  return [lines.slice(0, first).join("\n"), rest.join("\n")];
}

/** Marks the button that was chosen; it stays where it is. */
export function markChosen(button: Element): void {
  button.setAttribute("aria-pressed", "true");
  button.prepend(icon("check"));
}

function choiceGroup(choices: Choice[], actions: Actions): HTMLElement {
  const labelId = uniqueId("keuzes");
  const button = (choice: Choice): HTMLElement => {
    const made = el("button", { type: "button", class: "keuze", "data-keuze": choice.label }, choice.label);
    made.addEventListener("click", () => {
      if (actions.choose(choice) && !made.hasAttribute("aria-pressed")) markChosen(made);
    });
    return made;
  };
  const label = hidden(texts.choices);
  label.id = labelId;
  return el("div", { class: "keuzes", role: "group", "aria-labelledby": labelId }, label, ...choices.map(button));
}

/** A block that cannot be shown must not take the message with it. */
function safely(block: Block, actions: Actions): HTMLElement | null {
  try {
    return renderBlock(block, actions);
  } catch (error) {
    console.warn(`blok ${block.type} is niet te tonen`, error);
    return null;
  }
}
