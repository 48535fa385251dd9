import * as texts from "../texts";
import type { Message } from "./types";

/** One part on paper or in a file: of a message who and when, and what. */
export interface Line {
  heading: string;
  text: string;
}

/** The whole conversation, in words only; a message's text is complete by itself. */
export function record(messages: readonly Message[]): Line[] {
  return messages.map(({ from, at, text }) => ({ heading: `${texts.senders[from]}, ${moment(at)}`, text }));
}

/** A title and parts with a heading, as one text for a file. */
export function asText(title: string, parts: readonly Line[]): string {
  return [title, ...parts.map(({ heading, text }) => `${heading}\n${text}`)].join("\n\n") + "\n";
}

function moment(at: string): string {
  return new Date(at).toLocaleString("nl-NL", { dateStyle: "long", timeStyle: "short" });
}
