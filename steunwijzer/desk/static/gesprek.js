// The talk that is open: new messages come in by themselves; an answer is never lost and never sent twice.
(() => {
  "use strict";
  const TYPES_EVERY_MS = 4_000;
  const AGAIN_MS = 5_000;
  const NEAR_END = 120;
  const { balie } = window;
  const talk = document.querySelector("[data-gesprek]");
  const roll = document.getElementById("rol");
  const list = document.getElementById("verloop");
  const form = document.getElementById("antwoord-form");
  const place = `/balie/gesprek/${talk.dataset.gesprek}`;

  // --- messages ---
  const toEnd = () => roll.scrollTo({ top: roll.scrollHeight });
  let loading = null;
  let once_more = false;

  async function load() {
    const atEnd = roll.scrollHeight - roll.scrollTop - roll.clientHeight < NEAR_END;
    const answer = await fetch(`${place}/berichten?na=${list.dataset.laatste}`, { redirect: "manual" });
    if (!answer.ok) return;
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    for (const line of made.content.querySelectorAll("[data-seq]")) {
      const seq = Number(line.dataset.seq);
      if (seq > Number(list.dataset.laatste)) list.dataset.laatste = String(seq);
    }
    // Danger may be seen in a line that stands here already.
    for (const sign of [...made.content.children].filter((one) => "teken" in one.dataset)) {
      const line = document.getElementById(sign.id.replace("teken", "bericht"));
      document.getElementById(sign.id)?.remove();
      if (line) line.querySelector(".tekst").after(sign);
    }
    list.append(made.content);
    window.htmx.process(list);
    if (atEnd) toEnd();
  }

  // One at a time: what comes in during the loading is loaded right after it.
  async function renew() {
    if (loading) {
      once_more = true;
      return;
    }
    loading = load().catch(() => {});
    await loading;
    loading = null;
    if (once_more) {
      once_more = false;
      await renew();
    }
  }

  for (const name of ["bericht", "stand"]) document.body.addEventListener(name, renew);
  toEnd();

  // --- whose the talk is ---
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "stand") return;
    const mine = event.detail.target.querySelector("[data-mijn]")?.dataset.mijn === "ja";
    talk.dataset.mijn = mine ? "ja" : "nee";
    for (const part of document.querySelectorAll("[data-alleen-van-mij]")) part.hidden = !mine;
    // A text that was being written stays in sight, whoever has the talk.
    const writing = document.getElementById("antwoorden");
    if (writing && !mine) writing.hidden = !form?.elements.tekst.value;
  });

  if (!form) return;
  const text = form.elements.tekst;
  const problem = document.getElementById("antwoord-fout");
  const sent = document.getElementById("verzonden");
  const button = document.getElementById("verstuur");

  // --- a draft, in this tab only, for this colleague only ---
  const mine = `balie.${document.body.dataset.wie}.`;
  const kept = mine + talk.dataset.gesprek;
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith("balie.") && !name.startsWith(mine)) sessionStorage.removeItem(name);
  }
  const draft = sessionStorage.getItem(kept);
  if (draft && !text.value) {
    text.value = draft;
    document.getElementById("antwoorden").hidden = false;
  }
  const keep = () => (text.value ? sessionStorage.setItem(kept, text.value) : sessionStorage.removeItem(kept));
  keep(); // who types fast began before this script was there

  let typed = 0;
  text.addEventListener("input", () => {
    keep();
    if (Date.now() - typed < TYPES_EVERY_MS) return;
    typed = Date.now();
    balie.post(form.dataset.typt).catch(() => {});
  });

  // --- sending ---
  function wrong(words) {
    problem.hidden = !words;
    problem.firstElementChild.textContent = words;
  }

  function done(answer) {
    form.elements.bericht.value = answer.bericht;
    text.value = "";
    keep();
    for (const box of form.querySelectorAll("[name=optie]")) box.checked = false;
    form.elements.onderwerp.value = "";
    document.getElementById("gevonden").replaceChildren();
    sent.textContent = "Verstuurd.";
    text.focus();
    void renew();
  }

  let busy = false;
  async function send(secondTry = false) {
    if (busy) return;
    busy = true;
    wrong("");
    sent.textContent = "Bezig met versturen.";
    button.setAttribute("aria-disabled", "true");
    // The same id until it arrived: an answer that did arrive is not sent twice.
    const answer = await balie.post(form.action, new FormData(form), { Accept: "application/json" }).catch(() => null);
    busy = false;
    button.removeAttribute("aria-disabled");
    sent.textContent = "";
    if (answer?.ok) return done(await answer.json());
    if (!answer || answer.status >= 500) {
      wrong("Geen verbinding. Uw tekst staat er nog. We proberen het over een paar seconden opnieuw.");
      setTimeout(() => send(), AGAIN_MS);
      return;
    }
    if (answer.status === 403 && !secondTry && (await balie.renewSecret())) return send(true);
    const said = answer.status === 409 ? (await answer.json()).tekst : "";
    wrong(said || "Versturen lukte niet. Uw tekst staat er nog. Laad de bladzijde opnieuw.");
    document.body.dispatchEvent(new CustomEvent("stand"));
  }

  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter !== button) return;
    event.preventDefault();
    void send();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    void send();
  });

  // --- a standard reply goes where the cursor is ---
  document.getElementById("invoegen").addEventListener("click", (event) => {
    event.preventDefault();
    const chosen = form.elements.standaard.selectedOptions[0];
    if (!chosen) return;
    const gap = text.value && text.selectionStart === text.value.length ? "\n\n" : "";
    text.setRangeText(gap + chosen.dataset.tekst, text.selectionStart, text.selectionEnd, "end");
    keep();
    text.focus();
  });
})();
