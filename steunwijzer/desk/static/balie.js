// Keeps an open page of the desk up to date. Without this script everything works; pages are then renewed by hand.
(() => {
  "use strict";
  const BEAT_MS = 30_000;
  const AGAIN_MS = 5_000;
  const QUIET_MS = 3_000;
  const { body } = document;
  const title = document.title;
  const connection = document.getElementById("verbinding");
  const spoken = document.getElementById("nieuws");
  const talk = document.querySelector("[data-gesprek]");
  let csrf = JSON.parse(body.getAttribute("hx-headers") ?? "{}")["X-CSRF-Token"] ?? "";
  let leaving = false;

  // What somebody folded open stays open when a list is renewed.
  if (window.Idiomorph) {
    window.Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) =>
      !(name === "open" && node.tagName === "DETAILS");
  }

  /** Send a form without leaving the page. Rejects without a connection. */
  async function post(address, fields = {}, headers = {}) {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "X-CSRF-Token": csrf, ...headers },
      redirect: "manual",
    });
    if (answer.status === 401 || answer.type === "opaqueredirect") signedOut();
    return answer;
  }

  /** After signing in again in another tab this page has an old secret. True when there is a new one, of the same colleague. */
  async function renewSecret() {
    const answer = await fetch("/balie/hier", { redirect: "manual" });
    if (!answer.ok) return false;
    const found = await answer.json();
    if (found.wie !== body.dataset.wie) return false;
    csrf = found.csrf;
    body.setAttribute("hx-headers", JSON.stringify({ "X-CSRF-Token": csrf }));
    for (const field of document.querySelectorAll("input[name=csrf]")) field.value = csrf;
    tell("");
    return true;
  }

  function tell(text) {
    if (connection && connection.textContent !== text) connection.textContent = text;
  }

  function signedOut() {
    if (!connection || connection.querySelector("a")) return;
    const link = document.createElement("a");
    Object.assign(link, { href: "/balie/aanmelden", target: "_blank", textContent: "Meld u aan in een nieuw tabblad" });
    connection.replaceChildren("U bent afgemeld. ", link, " en ga hier verder. Uw tekst staat er nog.");
  }

  let before = null;
  function lists(data) {
    document.title = data.samen ? `(${data.samen}) ${title}` : title;
    const more = before && data.wachten > before.wachten ? "Er wacht iemand." : "";
    const answered = before && data.nieuw > before.nieuw ? "Er is een nieuw bericht in een gesprek van u." : "";
    before = data;
    body.dispatchEvent(new CustomEvent("lijst"));
    const news = [more, answered].filter(Boolean).join(" ");
    if (!news) return;
    if (spoken) spoken.textContent = news;
    body.dispatchEvent(new CustomEvent("nieuws", { detail: news }));
  }

  function connect(address) {
    const source = new EventSource(address);
    let quiet = 0;
    source.addEventListener("open", () => {
      clearTimeout(quiet);
      tell("");
    });
    source.addEventListener("lijst", (event) => lists(JSON.parse(event.data)));
    for (const name of ["bericht", "stand"]) {
      source.addEventListener(name, (event) => body.dispatchEvent(new CustomEvent(name, { detail: JSON.parse(event.data) })));
    }
    source.addEventListener("error", () => {
      if (leaving) return;
      clearTimeout(quiet);
      quiet = setTimeout(() => tell("Geen verbinding met de balie. We proberen het opnieuw."), QUIET_MS);
      if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      setTimeout(async () => {
        const answer = await fetch("/balie/hier", { redirect: "manual" }).catch(() => null);
        if (answer?.status === 401 || answer?.type === "opaqueredirect") signedOut();
        const shown = document.getElementById("verloop")?.dataset.laatste;
        connect(shown ? address.replace(/na=\d+/, `na=${shown}`) : address);
      }, AGAIN_MS);
    });
    addEventListener("pagehide", () => {
      leaving = true;
      source.close();
    });
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  async function beat() {
    const mine = talk?.dataset.mijn === "ja";
    const answer = await post("/balie/hier", mine ? { gesprek: talk.dataset.gesprek } : {}).catch(() => null);
    if (!answer) return;
    if (answer.status === 403 && !(await renewSecret())) signedOut();
    if (answer.ok && mine && !(await answer.json()).van_u) body.dispatchEvent(new CustomEvent("stand"));
  }

  window.balie = { post, renewSecret, tell };
  if (body.dataset.live) {
    connect(body.dataset.live);
    setInterval(beat, BEAT_MS);
  }

  // One folded-out form at a time, closed with Escape; the focus goes back to what opened it.
  addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.activeElement?.closest("details[data-sluit][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
})();
