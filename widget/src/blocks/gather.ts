import type { Block, Message } from "../conversation/types";
import { line, records } from "./fields";

/** One answer may be several messages; their sources are told once, under the last of them. */
export function gatherSources(messages: Message[]): Message[] {
  const waiting: Block[] = [];
  return messages.map((message, index) => {
    if (message.from !== "assistent") return message;
    waiting.push(...message.blocks.filter(isSource));
    const blocks = message.blocks.filter((block) => !isSource(block));
    const isLast = messages[index + 1]?.from !== "assistent";
    return { ...message, blocks: isLast ? [...blocks, ...merged(waiting.splice(0))] : blocks };
  });
}

/** Per message the text of the whole answer, at the last message of each answer; empty elsewhere. */
export function wholeAnswers(messages: readonly Message[]): string[] {
  let said: string[] = [];
  return messages.map(({ from, text }, index) => {
    if (from !== "assistent") return "";
    said.push(text);
    if (messages[index + 1]?.from === "assistent") return "";
    const whole = said.join("\n\n");
    said = [];
    return whole;
  });
}

export function isSource({ type }: Block): boolean {
  return type === "bron";
}

/** All sources once, with the earliest day on which they were checked. */
function merged(sources: Block[]): Block[] {
  if (sources.length === 0) return [];
  const items = new Map(sources.flatMap((block) => records(block["items"])).map((item) => [line(item["titel"]), item]));
  const dates = sources.map((block) => line(block["gecontroleerd_op"])).filter(Boolean);
  return [{ type: "bron", items: [...items.values()], gecontroleerd_op: dates.sort()[0] }];
}
