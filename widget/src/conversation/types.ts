// The shapes of chat API v1. Everything in a block may be missing: the text alone is always complete.

export type Status = "bot" | "gevraagd" | "wachtrij" | "in_gesprek" | "teruggegeven" | "terugbelverzoek" | "afgesloten";
export type Sender = "assistent" | "inwoner" | "medewerker" | "systeem";

export interface Choice {
  id: string;
  label: string;
}

export interface Block {
  type: string;
  [field: string]: unknown;
}

export interface Message {
  id: string;
  seq: number;
  from: Sender;
  at: string;
  text: string;
  choices: Choice[];
  blocks: Block[];
}

/** What opens a conversation: only this browser tab has it. */
export interface Key {
  id: string;
  token: string;
}

/** A message on its way: the same `clientId` again is answered, not done twice. `choice` holds the chosen button's id. */
export interface Outgoing {
  clientId: string;
  text: string;
  choice?: string;
}

/** Which municipality it is about: the site's, else the one the resident named. */
export type Place = string | null;

export interface Started extends Key, Answer {}

export interface Answer {
  status: Status;
  messages: Message[];
  masked?: string[];
  /** Absent in an answer that says nothing about it. */
  gemeente?: Place;
}

export type Included = "gesprek" | "onderwerp" | "gemeente";

export interface Handover {
  consent: boolean;
  include: Included[];
  callback?: { name: string; phone: string; best_time: string };
  /** Fields of the summary and ids of messages that are not passed on. */
  leave_out?: string[];
  /** Number of the last message the resident saw in the list; what came later is not passed on. */
  seen?: number;
}

/** What is, or would be, passed on to a colleague; and where it stands. */
export interface Preview {
  staffing: { case: string; text: string };
  summary: { field: string; title: string; part: string | null; values: string[] }[];
  messages: Pick<Message, "id" | "seq" | "from" | "text">[];
  waiting: { text: string } | null;
  callback: { text: string } | null;
}

/** What a colleague asked for. */
export interface Contact {
  name?: string;
  phone?: string;
  email?: string;
}

/** What a resident thinks of it at the end. */
export interface Verdict {
  solved: string;
  next_step: string;
}
