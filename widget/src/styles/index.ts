import blocks from "./blocks.css";
import controls from "./controls.css";
import forms from "./forms.css";
import layout from "./layout.css";
import messages from "./messages.css";
import tokens from "./tokens.css";
import preparation from "./voorbereiding.css";

/** One constructed style sheet: a strict content security policy allows it, where a style element would be refused. */
export const styles = new CSSStyleSheet();
styles.replaceSync([tokens, layout, messages, controls, blocks, forms, preparation].join("\n"));
