const KEY = "steunwijzer.voorbereiding";

/** What the resident filled in, by question. Kept in this tab only: it survives a reload, and nothing is sent anywhere. */
export type Answers = Record<string, string>;

let inMemory: Answers = {};

export function readAnswers(): Answers {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
    if (typeof kept !== "object" || kept === null) return inMemory;
    return { ...inMemory, ...Object.fromEntries(Object.entries(kept).filter((pair): pair is [string, string] => typeof pair[1] === "string")) };
  } catch {
    return inMemory;
  }
}

export function keepAnswer(id: string, answer: string): void {
  inMemory = { ...readAnswers(), [id]: answer };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(inMemory));
  } catch {
    // No storage (blocked, private mode): the answers live as long as the page.
  }
}

export function eraseAnswers(): void {
  inMemory = {};
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Without storage there is nothing left to erase.
  }
}
