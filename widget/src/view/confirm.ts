import { el, uniqueId } from "./dom";

interface Question {
  title: string;
  detail: string;
  yes: string;
  no: string;
}

/** Asks before something that cannot be undone. Escape and the safe button, which has the focus, mean no. */
export function confirm(root: ShadowRoot, { title, detail, yes, no }: Question): Promise<boolean> {
  const id = uniqueId("vraag");
  return new Promise((answer) => {
    const choose = (value: string) => ({ click: () => dialog.close(value) });
    const dialog = el(
      "dialog",
      { class: "vraag", "aria-labelledby": id, "aria-describedby": `${id}-uitleg` },
      el("h2", { id }, title),
      el("p", { id: `${id}-uitleg` }, detail),
      el(
        "div",
        { class: "knoppen" },
        el("button", { type: "button", class: "knop licht", autofocus: true, on: choose("nee") }, no),
        el("button", { type: "button", class: "knop", on: choose("ja") }, yes),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "ja");
    });
    root.append(dialog);
    dialog.showModal();
  });
}
