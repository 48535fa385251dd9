import type { Block } from "../conversation/types";

/** Reading blocks: the server may leave anything out, so every reader has an answer for that. */

/** A text, a number or a list of these as one line; empty when there is nothing to show. */
export function line(value: unknown): string {
  if (typeof value === "string") return value.trim();
  if (typeof value === "number") return String(value);
  return Array.isArray(value) ? value.map(line).filter(Boolean).join(", ") : "";
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The items of a list that are objects. */
export function records(value: unknown): Record<string, unknown>[] {
  return list(value).filter((item): item is Record<string, unknown> => typeof item === "object" && item !== null);
}

export interface PhoneNumber {
  name: string;
  number: string;
  when: string;
  costs: string;
  url: string;
}

/** The telephone numbers of a `contact` or `noodnummers` block. */
export function phoneNumbers(block: Block): PhoneNumber[] {
  return records(block["items"])
    .map((item) => ({ name: line(item["naam"]), number: line(item["nummer"]), when: line(item["wanneer"]), costs: line(item["kosten"]), url: line(item["url"]) }))
    .filter(({ number }) => number);
}
