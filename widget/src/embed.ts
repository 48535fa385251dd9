/**
 * One script tag is enough: where the page has no `<steunwijzer-chat>` of its own, one comes at the end, as a button in the corner,
 * with the `data-…` of the script tag. A module has no `document.currentScript`; its tag is the one with our address.
 */
export function placeFloating(): void {
  const script = Array.from(document.scripts).find(({ src }) => src === import.meta.url);
  if (!script || document.querySelector("steunwijzer-chat")) return;
  const chat = document.createElement("steunwijzer-chat");
  chat.toggleAttribute("zwevend", true);
  Object.assign(chat.dataset, script.dataset);
  document.body.append(chat);
}
