import blocks from "./blocks.css";
import controls from "./controls.css";
import forms from "./forms.css";
import layout from "./layout.css";
import messages from "./messages.css";
import tokens from "./tokens.css";
import preparation from "./voorbereiding.css";

// A browser too old for light-dark() has no dark look: of each pair it takes the light one.
const colours = CSS.supports("color", "light-dark(red,red)") ? tokens : tokens.replace(/light-dark\(([^,]+),[^)]+\)/g, "$1");

/** One constructed style sheet: a strict content security policy allows it, where a style element would be refused. */
export const styles = new CSSStyleSheet();
styles.replaceSync([colours, layout, messages, controls, blocks, forms, preparation].join("\n"));
