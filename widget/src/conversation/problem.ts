import * as texts from "../texts";

const HTTP_TOO_MANY = 429;
const HTTP_BROKEN = 500;

/** Something went wrong, in Dutch words a resident can act on. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    /** Stable name of the error, for instance `telefoon`. */
    readonly code: string = "",
  ) {
    super(title);
  }

  /** No answer at all: the message may or may not have arrived. */
  static offline(): Problem {
    return new Problem(0, texts.offline.title, texts.offline.detail, "offline");
  }

  /** No answer in time: the message may or may not have arrived. */
  static slow(): Problem {
    return new Problem(0, texts.slow.title, texts.slow.detail, "traag");
  }

  /** From `application/problem+json`, or a general text when the answer is something else. */
  static async from(response: Response): Promise<Problem> {
    const general = texts.broken;
    try {
      const { type = "", title = general.title, detail = general.detail } = (await response.json()) as Record<string, string>;
      return new Problem(response.status, title, detail, type.split(":").pop());
    } catch {
      return new Problem(response.status, general.title, general.detail);
    }
  }

  /** The same request may well succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === HTTP_TOO_MANY || this.status >= HTTP_BROKEN;
  }

  /** The same request may well succeed when it is sent again at once. */
  get brief(): boolean {
    return this.passing && this.code !== "traag";
  }

  /** The conversation is gone, or was never ours. */
  get gone(): boolean {
    return this.code === "geen-toegang" || this.code === "gesloten";
  }
}
