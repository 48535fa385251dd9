import { el } from "../view/dom";

const TEXT = 4.5;
const SHAPE = 3;
const WHITE: Colour = [255, 255, 255, 1];

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** A pair that must differ enough, and our own values for when the theme's do not. Later pairs build on earlier ones. */
interface Pair {
  front: string;
  back: string;
  least: number;
  instead: string;
}

const pair = (front: string, back: string, instead: string, least = TEXT): Pair => ({ front, back, instead, least });
const PAGE = "--chat-bg:var(--_bg);--chat-fg:var(--_fg)";
const LINK = "--chat-link:var(--_primary)";
const HEADER = "--chat-header-bg:var(--_band);--chat-header-fg:#fff";
const OWN = "--chat-own-bg:var(--_band);--chat-own-fg:#fff";
const PRIMARY = "--chat-primary-bg:var(--_primary);--chat-primary-fg:var(--_on-primary);--chat-primary-hover-bg:var(--_primary-hover)";
const SECONDARY = "--chat-secondary-bg:var(--chat-bg);--chat-secondary-fg:var(--chat-link);--chat-secondary-border:var(--chat-link)";
const PAIRS: readonly Pair[] = [
  pair("--chat-fg", "--chat-bg", PAGE),
  pair("--chat-fg", "--_room", PAGE),
  pair("--_quiet", "--chat-bg", PAGE),
  pair("--chat-fg", "--_tint", PAGE),
  ...["--chat-bg", "--_room", "--_tint"].map((back) => pair("--chat-link", back, LINK)),
  pair("--chat-link-hover", "--chat-bg", "--chat-link-hover:var(--_primary-hover)"),
  pair("--chat-header-fg", "--chat-header-bg", HEADER),
  pair("--chat-own-fg", "--chat-own-bg", OWN),
  pair("--chat-primary-fg", "--chat-primary-bg", PRIMARY),
  pair("--chat-primary-fg", "--chat-primary-hover-bg", PRIMARY),
  pair("--chat-primary-bg", "--chat-bg", PRIMARY, SHAPE),
  pair("--chat-secondary-fg", "--chat-secondary-bg", SECONDARY),
  pair("--chat-secondary-fg", "--_tint", SECONDARY),
  pair("--chat-secondary-border", "--chat-bg", SECONDARY, SHAPE),
  pair("--chat-input-border-color", "--chat-bg", "--chat-input-border-color:var(--_edge)", SHAPE),
  pair("--chat-focus-color", "--chat-bg", "--chat-focus-color:var(--_focus)", SHAPE),
  pair("--chat-error", "--chat-bg", "--chat-error:var(--_danger)"),
];

/** Sees to it that a theme with too little contrast makes way for our own colours, pair by pair. */
export class Guard {
  readonly #sheet = new CSSStyleSheet();
  readonly #root: ShadowRoot;

  constructor(root: ShadowRoot) {
    this.#root = root;
    root.adoptedStyleSheets.push(this.#sheet);
  }

  /** Check now, and again when the page or the system turns dark or gets another theme. */
  watch(): void {
    this.#check();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#check());
    new MutationObserver(() => this.#check()).observe(document.documentElement, { attributeFilter: ["class"] });
    if (document.readyState !== "complete") window.addEventListener("load", () => this.#check(), { once: true });
  }

  #check(): void {
    const probe = el("span", { hidden: true });
    const own = new CSSStyleSheet();
    this.#root.adoptedStyleSheets.push(own);
    this.#root.append(probe);
    const read = (name: string): Colour | null => {
      own.replaceSync(`span[hidden]{color:var(${name})!important}`);
      return parse(getComputedStyle(probe).color);
    };
    const instead = new Set<string>();
    this.#sheet.replaceSync("");
    for (const { front, back, least, instead: ours } of PAIRS) {
      const page = read("--chat-bg");
      if (enough(read(front), read(back), page, least)) continue;
      instead.add(ours);
      this.#sheet.replaceSync(`:host{${[...instead].join(";")}}`);
    }
    probe.remove();
    this.#root.adoptedStyleSheets = this.#root.adoptedStyleSheets.filter((sheet) => sheet !== own);
  }
}

function enough(front: Colour | null, back: Colour | null, page: Colour | null, least: number): boolean {
  if (!front || !back) return false;
  const under = over(back, over(page ?? WHITE, WHITE));
  const [one, other] = [luminance(over(front, under)), luminance(under)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) >= least;
}

/** `rgb(1, 2, 3)`, `rgb(1 2 3 / 0.5)` or `color(srgb 0.1 0.2 0.3)`, as a browser tells them; null for anything else. */
function parse(text: string): Colour | null {
  const [kind = "", ...numbers] = text.match(/^rgba?|^color\(srgb(?= )|[\d.]+(?:e-?\d+)?/g) ?? [];
  const scale = kind.startsWith("rgb") ? 1 : kind ? 255 : 0;
  const [red = NaN, green = NaN, blue = NaN, alpha = 1] = numbers.map(Number);
  const colour: Colour = [red * scale, green * scale, blue * scale, alpha];
  return scale && !colour.some(Number.isNaN) ? colour : null;
}

function over([red, green, blue, alpha]: Colour, under: Colour): Colour {
  const mix = (top: number, bottom: number): number => top * alpha + bottom * (1 - alpha);
  return [mix(red, under[0]), mix(green, under[1]), mix(blue, under[2]), 1];
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.slice(0, 3).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
