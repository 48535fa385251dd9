import { SteunwijzerChat } from "./element";
import { placeFloating } from "./embed";

if (!customElements.get("steunwijzer-chat")) customElements.define("steunwijzer-chat", SteunwijzerChat);
placeFloating();
