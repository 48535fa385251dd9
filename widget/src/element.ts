import { httpsOnly } from "./addresses";
import { Chat } from "./chat";
import { Api } from "./conversation/api";
import { styles } from "./styles/index";
import { Guard } from "./styles/guard";

const DEFAULT_EXIT = "https://www.rijksoverheid.nl";
// The API lives where this script comes from.
const DEFAULT_API = new URL("/api/v1/", import.meta.url);

/**
 * `<steunwijzer-chat>`: the resident's chat. Attributes: `open` (start at once), `zwevend` (a button in the corner that opens a panel),
 * `data-gemeente`, `data-taal`, `data-telefoon`, `data-api`, `data-vlucht-url`.
 * What stands inside the element shows only where this script does not run.
 */
export class SteunwijzerChat extends HTMLElement {
  static readonly observedAttributes = ["open"];
  #chat: Chat | null = null;
  readonly #onNetwork = (): void => this.#chat?.network(navigator.onLine);

  connectedCallback(): void {
    for (const event of ["online", "offline"]) window.addEventListener(event, this.#onNetwork);
    if (!this.#chat) this.#build();
    if (this.hasAttribute("open")) this.#chat?.open();
  }

  disconnectedCallback(): void {
    for (const event of ["online", "offline"]) window.removeEventListener(event, this.#onNetwork);
  }

  attributeChangedCallback(): void {
    if (this.hasAttribute("open")) this.#chat?.open();
  }

  #build(): void {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [styles];
    const { gemeente, telefoon, api, vluchtUrl } = this.dataset;
    this.#chat = new Chat(root, {
      api: new Api(api ? new URL(api, location.href) : DEFAULT_API),
      gemeente: gemeente || null,
      phone: telefoon ?? "",
      exitUrl: httpsOnly(vluchtUrl) ?? DEFAULT_EXIT,
      floating: this.hasAttribute("zwevend"),
    });
    new Guard(root).watch();
  }
}
