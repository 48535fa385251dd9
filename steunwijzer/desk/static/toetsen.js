// Single keys, when no text field has the focus. They can be turned off (WCAG 2.1.4).
(() => {
  "use strict";
  const FIELDS = "input, textarea, select, [contenteditable]";
  const PLACES = { w: "/balie/werklijst", t: "/balie/terugbellen" };

  function step(by) {
    const rows = [...document.querySelectorAll("[data-rij]")];
    const here = rows.indexOf(document.activeElement);
    const next = rows[here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by];
    next?.focus();
    return Boolean(next);
  }

  function press(key) {
    if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
    const there = [...document.querySelectorAll(`[data-toets="${CSS.escape(key)}"]`)].find((one) => one.getClientRects().length);
    if (there?.matches("textarea")) there.focus();
    else if (there?.matches("summary")) {
      there.parentElement.open = true;
      there.parentElement.querySelector("select, input").focus();
    } else if (there) there.click();
    else if (PLACES[key] && document.querySelector(`a[href="${PLACES[key]}"]`)) location.assign(PLACES[key]);
    else return false;
    return true;
  }

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.closest?.(FIELDS) || localStorage.getItem("balie.toetsen") === "uit") return;
    if (press(event.key.toLowerCase())) event.preventDefault();
  });
})();
