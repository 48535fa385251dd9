import { texts } from "../texts";
import { button, el } from "../view/dom";

const words = texts.keep;

/** Buttons to copy a text and to save it as a file, with what came of it in words. All of it happens in the browser. */
export function keepButtons(text: () => string, fileName: string): (HTMLElement | string)[] {
  const told = el("p", { class: "rustig klein gemeld", role: "status" });
  const copy = (): void => {
    copied(text()).then(
      () => (told.textContent = words.copied),
      () => (told.textContent = words.notCopied),
    );
  };
  const save = (): void => {
    saveFile(text(), fileName);
    told.textContent = words.saved(fileName);
  };
  return [
    button("knop licht", copy, words.copy),
    button("knop licht", save, words.save),
    told,
  ];
}

/** Rejects where the browser has no clipboard (an address without https) or does not allow it. */
async function copied(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

/** Gives the browser a text to keep as a file. */
export function saveFile(text: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  el("a", { href: address, download: fileName }).click();
  URL.revokeObjectURL(address);
}
