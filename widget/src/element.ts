import { httpsOnly } from "./addresses";
import { Chat } from "./chat";
import { Api } from "./conversation/api";
import { styles } from "./styles/index";

const DEFAULT_EXIT = "https://www.rijksoverheid.nl";
// The API lives where this script comes from.
const DEFAULT_API = new URL("/api/v1/", import.meta.url);

/**
 * `<steunwijzer-chat>`: the resident's chat. Attributes: `open` (start at once), `data-gemeente`, `data-api`, `data-vlucht-url`.
 * What stands inside the element shows only where this script does not run.
 */
export class SteunwijzerChat extends HTMLElement {
  static readonly observedAttributes = ["open"];
  private chat: Chat | null = null;
  private readonly onOnline = (): void => this.chat?.online();

  connectedCallback(): void {
    window.addEventListener("online", this.onOnline);
    if (!this.chat) this.build();
    if (this.hasAttribute("open")) this.chat?.open();
  }

  disconnectedCallback(): void {
    window.removeEventListener("online", this.onOnline);
  }

  attributeChangedCallback(): void {
    if (this.hasAttribute("open")) this.chat?.open();
  }

  private build(): void {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [styles];
    const { gemeente, api, vluchtUrl } = this.dataset;
    const base = api ? new URL(api, location.href) : DEFAULT_API;
    this.chat = new Chat(root, { api: new Api(base), gemeente: gemeente || null, exitUrl: httpsOnly(vluchtUrl) ?? DEFAULT_EXIT });
  }
}
