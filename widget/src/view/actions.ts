import type { Choice, Contact, Handover, Preview } from "../conversation/types";

/** What a resident can do from inside a message. */
export interface Actions {
  choose(choice: Choice): boolean;
  handOver(request: Handover): Promise<void>;
  preview(): Promise<Preview | null>;
  withdraw(): Promise<void>;
  contact(given: Contact): Promise<void>;
  leavePage(): void;
  /** Say something short, in sight and aloud. */
  tell(text: string): void;
  /** An address of the API, for a link. */
  address(path: string): string;
}
