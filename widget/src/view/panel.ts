import { el, uniqueId } from "./dom";
import { Launcher } from "./launcher";

// Too small for a panel beside the page: there it takes the whole screen, and the page behind it waits.
const SMALL = "(max-width: 40rem), (max-height: 32rem)";

/** A panel in the corner of somebody else's page, opened and hidden with a button. */
export class Panel {
  readonly launcher: Launcher;
  readonly #small = matchMedia(SMALL);

  readonly #turned: (open: boolean) => void;

  constructor(
    readonly element: HTMLDialogElement,
    turned: (open: boolean) => void,
  ) {
    this.#turned = turned;
    element.id ||= uniqueId("paneel");
    this.launcher = new Launcher(element.id, () => this.show(true));
    element.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.hide();
    });
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      this.hide();
    });
    this.#small.addEventListener("change", () => {
      if (element.open) this.#place();
    });
  }

  get isSmall(): boolean {
    return this.#small.matches;
  }

  get isOpen(): boolean {
    return this.element.open;
  }

  /** Open; the focus moves along only when a press asked for it. */
  show(byPress: boolean): void {
    if (this.isOpen) return;
    this.#place();
    this.launcher.element.hidden = true;
    this.launcher.button.setAttribute("aria-expanded", "true");
    this.#turned(true);
    if (byPress) this.element.querySelector<HTMLElement>(this.isSmall ? "h2" : "textarea:enabled")?.focus();
  }

  hide(): void {
    this.element.close();
    this.launcher.element.hidden = false;
    this.launcher.button.setAttribute("aria-expanded", "false");
    this.#turned(false);
    this.launcher.button.focus();
  }

  /** Modal where it covers the page, so that nobody tabs to what is behind it; else beside the page. */
  #place(): void {
    this.element.close();
    if (this.isSmall) this.element.showModal();
    else this.element.setAttribute("open", "");
  }
}

export function panelFrame(label: string): HTMLDialogElement {
  return el("dialog", { class: "chat paneel", part: "paneel", lang: "nl", "aria-label": label });
}
