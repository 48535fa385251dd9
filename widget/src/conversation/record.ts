import * as texts from "../texts";
import type { Message } from "./types";

/** One message on paper or in a file: who and when, and what. */
export interface Line {
  heading: string;
  text: string;
}

/** The whole conversation, in words only; a message's text is complete by itself. */
export function record(messages: readonly Message[]): Line[] {
  return messages.map(({ from, at, text }) => ({ heading: `${texts.senders[from]}, ${moment(at)}`, text }));
}

/** The same as one text for a file. */
export function recordText(messages: readonly Message[]): string {
  return [texts.record.title, ...record(messages).map(({ heading, text }) => `${heading}\n${text}`)].join("\n\n") + "\n";
}

function moment(at: string): string {
  return new Date(at).toLocaleString("nl-NL", { dateStyle: "long", timeStyle: "short" });
}
