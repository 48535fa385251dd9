import type { Block } from "../conversation/types";
import { terms } from "./begrippen";
import { sources } from "./bron";
import { checklist } from "./checklist";
import { contact } from "./contact";
import { contactForm } from "./contactformulier";
import { copyText } from "./kopieertekst";
import { emergencyNumbers } from "./noodnummers";
import { options } from "./opties";
import { callbackForm } from "./terugbelformulier";
import { timeline } from "./tijdlijn";
import { leavePage } from "./verlaat_pagina";
import { comparison } from "./vergelijking";
import { preparation } from "./voorbereiding";
import type { Actions } from "../view/actions";

type Renderer = (block: Block, actions: Actions) => HTMLElement | null;

/** One file per type of block; a new type needs a line here. */
const RENDERERS: Readonly<Record<string, Renderer>> = {
  begrippen: terms,
  bron: sources,
  checklist,
  contact,
  contactformulier: contactForm,
  kopieertekst: copyText,
  noodnummers: emergencyNumbers,
  opties: options,
  terugbelformulier: callbackForm,
  tijdlijn: timeline,
  vergelijking: comparison,
  verlaat_pagina: leavePage,
  voorbereiding: preparation,
};

/** The block on the screen; nothing for a type we do not know, because the message's text is complete without it. */
export function renderBlock(block: Block, actions: Actions): HTMLElement | null {
  return Object.hasOwn(RENDERERS, block.type) ? (RENDERERS[block.type]?.(block, actions) ?? null) : null;
}
