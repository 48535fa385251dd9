// A notification of the browser and a short sound when somebody waits or answers. Off until a colleague turns them on.
(() => {
  "use strict";
  const KEPT = "balie.";
  const ONCE_MS = 2_000;
  const wanted = (name) => localStorage.getItem(KEPT + name) === "aan";

  function ring() {
    const audio = new AudioContext();
    const volume = audio.createGain();
    volume.connect(audio.destination);
    volume.gain.setValueAtTime(0.0001, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.15, audio.currentTime + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.45);
    [660, 880].forEach((pitch, place) => {
      const tone = audio.createOscillator();
      tone.frequency.value = pitch;
      tone.connect(volume);
      tone.start(audio.currentTime + place * 0.12);
      tone.stop(audio.currentTime + place * 0.12 + 0.3);
    });
    setTimeout(() => audio.close(), 1_000);
  }

  // With more than one tab open only one of them makes itself heard.
  function firstToTell() {
    const last = Number(localStorage.getItem(KEPT + "gemeld") ?? 0);
    if (Date.now() - last < ONCE_MS) return false;
    localStorage.setItem(KEPT + "gemeld", String(Date.now()));
    return true;
  }

  document.body.addEventListener("nieuws", (event) => {
    if (!(wanted("melding") || wanted("geluid")) || !firstToTell()) return;
    if (wanted("geluid")) ring();
    if (wanted("melding") && document.hidden && Notification.permission === "granted") {
      const shown = new Notification("Balie", { body: event.detail, tag: "balie" });
      shown.addEventListener("click", () => {
        window.focus();
        shown.close();
      });
    }
  });

  // The page with the choices.
  const said = document.getElementById("keuze-gezegd");
  for (const box of document.querySelectorAll("[data-keuze]")) {
    const name = box.dataset.keuze;
    const kept = localStorage.getItem(KEPT + name);
    box.checked = kept ? kept === "aan" : name === "toetsen";
    box.addEventListener("change", async () => {
      if (name === "melding" && box.checked && (await Notification.requestPermission()) !== "granted") {
        box.checked = false;
        said.textContent = "Uw browser staat geen meldingen toe. Dat kunt u bij de instellingen van de browser veranderen.";
        return;
      }
      localStorage.setItem(KEPT + name, box.checked ? "aan" : "uit");
      said.textContent = "Bewaard.";
      if (name === "geluid" && box.checked) ring();
    });
  }
})();
