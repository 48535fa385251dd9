import { copied } from "../blocks/bewaren";
import * as texts from "../texts";
import type { Actions } from "./actions";
import { button, el } from "./dom";
import { icon } from "./icons";
import { speech } from "./speech";

const TOLD_MS = 3_000;

/** Small buttons under an answer: have it read aloud, copy it. */
export function tools(text: string, lang: string, actions: Actions): HTMLElement {
  return el("div", { class: "hulpjes" }, speech.possible && readButton(text, lang, actions), copyButton(text, actions));
}

function readButton(text: string, lang: string, actions: Actions): HTMLElement {
  const label = el("span", {}, texts.read);
  let reading = false;
  const show = (on: boolean): void => {
    reading = on;
    label.textContent = on ? texts.readStop : texts.read;
  };
  const read = (): void => {
    if (reading) speech.stop();
    else if (speech.say(text, lang, () => show(false))) show(true);
    else actions.tell(texts.noVoice);
  };
  return button("hulpje", read, icon("speaker"), label);
}

function copyButton(text: string, actions: Actions): HTMLElement {
  const label = el("span", {}, texts.keep.copy);
  const copy = async (): Promise<void> => {
    if (!(await copied(text))) return actions.tell(texts.notCopied);
    label.textContent = texts.copied;
    setTimeout(() => (label.textContent = texts.keep.copy), TOLD_MS);
    actions.tell(texts.copied);
  };
  return button("hulpje", () => void copy(), icon("copy"), label);
}
