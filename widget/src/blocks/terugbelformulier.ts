import { Problem } from "../conversation/problem";
import type { Block, Included } from "../conversation/types";
import * as texts from "../texts";
import { callback as words } from "../texts";
import type { Actions } from "../view/actions";
import { el, uniqueId } from "../view/dom";
import { checkbox, failure, field, finish, radios, type Field } from "../view/fields";

const MIN_DIGITS = 9;

/** Asks to be called back: says what is passed on, and passes nothing on without a yes. */
export function callbackForm(_block: Block, actions: Actions): HTMLElement {
  const titleId = uniqueId("terugbellen");
  const name = field(words.name, { autocomplete: "name", maxlength: 120 });
  const phone = field(words.phone, { type: "tel", inputmode: "tel", autocomplete: "tel", maxlength: 30 }, words.phoneHint);
  const time = radios(words.time, texts.callbackTimes);
  const transcript = checkbox(words.transcript);
  const consent = checkbox(words.consent);
  const failed = failure();
  const form = el(
    "form",
    { class: "kaart formulier", novalidate: true, "aria-labelledby": titleId },
    el("h3", { id: titleId }, words.title),
    name.row,
    phone.row,
    time.row,
    transcript.row,
    el("div", { class: "doorgeven" }, el("p", {}, words.passed), el("ul", {}, ...texts.callbackPassed.map((item) => el("li", {}, item)))),
    consent.row,
    failed.row,
    el("button", { class: "knop" }, words.send),
  );
  let busy = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    failed.row.textContent = "";
    if (busy || !complete(name, phone, consent)) return;
    busy = true;
    const include: Included[] = transcript.input.checked ? ["onderwerp", "gemeente", "gesprek"] : ["onderwerp", "gemeente"];
    const callback = { name: name.input.value.trim(), phone: phone.input.value.trim(), best_time: time.value() };
    actions
      .handOver({ consent: true, include, callback })
      .then(() => finish(form, words.done))
      .catch((error: unknown) => {
        if (error instanceof Problem && error.code === "telefoon") fail(phone, words.phoneWrong);
        else failed.show(error);
      })
      .finally(() => (busy = false));
  });
  return form;
}

/** All that is needed is there; else each field says what is missing and the first one gets the focus. */
function complete(name: Field, phone: Field, consent: Field): boolean {
  const digits = phone.input.value.replace(/\D/g, "").length;
  const phoneError = digits === 0 ? words.phoneMissing : digits < MIN_DIGITS ? words.phoneWrong : "";
  const wrong = [
    name.check(name.input.value.trim() ? "" : words.nameMissing),
    phone.check(phoneError),
    consent.check(consent.input.checked ? "" : words.consentMissing),
  ];
  [name, phone, consent].find((_, index) => wrong[index])?.input.focus();
  return !wrong.includes(true);
}

function fail(target: Field, error: string): void {
  target.check(error);
  target.input.focus();
}
