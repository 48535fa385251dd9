import * as texts from "../texts";
import type { Block } from "../conversation/types";
import type { Actions } from "../view/actions";
import { button, el } from "../view/dom";
import { icon } from "../view/icons";

/** The quick way out, with what it does and does not do. */
export function leavePage(_block: Block, actions: Actions): HTMLElement {
  return el("div", { class: "verlaat" }, leaveButton(actions), el("p", { class: "rustig klein" }, texts.leaveHint));
}

export function leaveButton(actions: Actions): HTMLElement {
  return button("knop vlucht", () => actions.leavePage(), icon("leave"), texts.leave);
}
