import { keep as words } from "../texts";
import { button, el } from "../view/dom";

/** Buttons to copy a text and to save it as a file, with what came of it in words. All of it happens in the browser. */
export function keepButtons(text: () => string, fileName: string): (HTMLElement | string)[] {
  const told = el("p", { class: "rustig klein gemeld", role: "status" });
  const copy = (): void => {
    void copied(text()).then((done) => (told.textContent = done ? words.copied : words.notCopied));
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

/** False where the browser has no clipboard (an address without https) or does not allow it. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Gives the browser a text to keep as a file. */
export function saveFile(text: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  el("a", { href: address, download: fileName }).click();
  URL.revokeObjectURL(address);
}
