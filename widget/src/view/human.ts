import { callbackForm } from "../blocks/terugbelformulier";
import type { Message, Preview, Status } from "../conversation/types";
import * as texts from "../texts";
import { toHuman as words } from "../texts";
import type { Actions } from "./actions";
import { button, el, uniqueId } from "./dom";
import { checkbox, failure } from "./fields";
import type { Log } from "./log";

const LIGHT = "knop licht";
const LOOK_AGAIN_MS = 30_000;

/** Everything around a hand-over that is no message: what would be passed on, the place in the queue, the end. */
export class Human {
  #now: Status | "" = "";
  #timer = 0;
  #card: HTMLElement | null = null;
  readonly #words = el("p", { role: "status" });
  readonly #buttons = el("div", { class: "knoppen" });
  /** Above the composer, as long as there is something to wait for. */
  readonly element = el("div", { class: "melding", hidden: true }, this.#words, this.#buttons);

  readonly #actions: Actions;
  readonly #log: Log;
  readonly #restart: () => void;

  constructor(actions: Actions, log: Log, restart: () => void) {
    this.#actions = actions;
    this.#log = log;
    this.#restart = restart;
  }

  /** Again and again the same status changes nothing. */
  show(status: Status): void {
    if (status === this.#now) return;
    this.clear();
    this.#now = status;
    if (status === "afgesloten") this.#say(texts.closed, button(LIGHT, this.#restart, texts.newConversation));
    if (status === "gevraagd") void this.#look();
    if (!(status in texts.stop)) return;
    void this.#look();
    this.#timer = window.setInterval(() => void this.#look(), LOOK_AGAIN_MS);
  }

  clear(): void {
    this.#now = "";
    clearInterval(this.#timer);
    this.#say("");
    if (!this.#card) return;
    this.#card.remove();
    this.#card = null;
    // What stood below it moved up, out of sight.
    this.#log.showAgain();
  }

  async #look(): Promise<void> {
    const asked = this.#now;
    const preview = await this.#actions.preview();
    if (!preview || asked !== this.#now) return;
    const staffed = preview.staffing.case === "bemenst";
    if (asked === "gevraagd") {
      if (staffed) this.#card = this.#log.addCard(consent(preview, this.#actions));
      return;
    }
    const { callback, waiting } = preview;
    const text = asked === "wachtrij" ? `${staffed ? words.waiting : preview.staffing.text} ${waiting?.text ?? ""}` : (callback?.text ?? "");
    const callMe = asked === "wachtrij" && !staffed && button(LIGHT, () => void this.#log.addCard(callbackForm({ type: "" }, this.#actions)).querySelector("input")?.focus(), words.callMe);
    this.#say(text, callMe, button(LIGHT, () => void this.#actions.withdraw(), texts.stop[asked as Status] ?? ""));
  }

  #say(text: string, ...buttons: (HTMLElement | false)[]): void {
    this.element.hidden = !text;
    if (this.#words.textContent === text) return;
    this.#words.textContent = text;
    this.#buttons.replaceChildren(...buttons.filter((each) => each !== false));
  }
}

/** Exactly what a colleague would get, each part with a tick to take away; nothing is passed on without a yes. */
function consent(preview: Preview, actions: Actions): HTMLElement {
  const titleId = uniqueId("doorgeven");
  const failed = failure();
  const fields = preview.summary.map(({ field, title, part, values }) => ({ key: field, must: !part, tick: ticked(`${title}: ${values.join(" · ")}`) }));
  const messages = preview.messages.map((message) => ({ key: message.id, tick: ticked(said(message)) }));
  const all = ticked(words.messages(messages.length));
  all.input.addEventListener("change", () => messages.forEach(({ tick }) => (tick.input.checked = all.input.checked)));
  const form = el(
    "form",
    { class: "kaart formulier", "aria-labelledby": titleId },
    el("h3", { id: titleId }, words.title),
    el("p", {}, words.explained),
    el("div", { class: "doorgeven" }, ...fields.map(({ must, tick }) => (must ? el("p", {}, tick.row.textContent) : tick.row)), all.row, el("details", {}, el("summary", {}, words.perMessage), ...messages.map(({ tick }) => tick.row))),
    failed.row,
    el("div", { class: "knoppen" }, el("button", { class: "knop" }, words.yes), button(LIGHT, () => void actions.withdraw(), words.no)),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const leave_out = [...fields, ...messages].filter(({ tick }) => !tick.input.checked).map(({ key }) => key);
    const seen = Math.max(0, ...preview.messages.map(({ seq }) => seq));
    actions.handOver({ consent: true, include: ["onderwerp", "gemeente", "gesprek"], leave_out, seen }).catch(failed.show);
  });
  return form;
}

function said({ from, text }: Pick<Message, "from" | "text">): string {
  return `${texts.senders[from]}: ${text}`;
}

function ticked(label: string): ReturnType<typeof checkbox> {
  const made = checkbox(label);
  made.input.checked = true;
  return made;
}
