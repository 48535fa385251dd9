import { read, write } from "../conversation/memory";

const NAME = "voorbereiding";

/** What the resident filled in, by question. Kept in this tab only: it survives a reload, and nothing is sent anywhere. */
export type Answers = Record<string, string>;

// Without storage (blocked, private mode) the answers live as long as the page.
let inMemory: Answers = {};

export function readAnswers(): Answers {
  return { ...inMemory, ...read<Answers>(NAME) };
}

export function keepAnswer(id: string, answer: string): void {
  inMemory = { ...readAnswers(), [id]: answer };
  write(NAME, inMemory);
}

export function eraseAnswers(): void {
  inMemory = {};
  write(NAME, null);
}
