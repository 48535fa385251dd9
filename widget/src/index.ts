import { SteunwijzerChat } from "./element";

if (!customElements.get("steunwijzer-chat")) customElements.define("steunwijzer-chat", SteunwijzerChat);
