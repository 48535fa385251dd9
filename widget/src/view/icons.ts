const SVG = "http://www.w3.org/2000/svg";

// Each icon is drawn by us on a grid of 24; strokes take the colour of the text around them.
const PATHS = {
  send: ["M4 12h15", "M13 5.5 19.5 12 13 18.5"],
  phone: ["M6.2 3.5h3l1.7 4.6-2.2 1.7a13 13 0 0 0 5.5 5.5l1.7-2.2 4.6 1.7v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4.2 5.7a2 2 0 0 1 2-2.2Z"],
  person: ["M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z", "M4.5 20.5c.6-4 3.6-6.2 7.5-6.2s6.9 2.2 7.5 6.2"],
  more: ["M5 7h14", "M5 12h14", "M5 17h14"],
  check: ["M5 12.5 10 17.5 19.5 7"],
  leave: ["M10 4H5v16h5", "M10 12h10", "M15.5 7.5 20 12l-4.5 4.5"],
  link: ["M14 4.5h5.5V10", "M19.5 4.5 11 13", "M18 14v5.5H4.5V6H10"],
  mail: ["M3.5 5.5h17v13h-17z", "m3.5 6.5 8.5 7 8.5-7"],
  alert: ["M12 3.5 21.5 20h-19Z", "M12 10v4.5", "M12 17.3v.2"],
  down: ["M5 9l7 7 7-7"],
  speaker: ["M4 9.5v5h3.5L12 19V5L7.5 9.5Z", "M15.5 9a4 4 0 0 1 0 6", "M18 6.5a8 8 0 0 1 0 11"],
  copy: ["M8.5 8.5h11v11h-11z", "M15.5 8.5v-4h-11v11h4"],
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon. */
export function icon(name: IconName): SVGSVGElement {
  const svg = frame("icoon");
  for (const d of PATHS[name]) svg.append(shape("path", { d }));
  return svg;
}

/** The mark of Steunwijzer: a speech balloon with a signpost in it. */
export function logo(): SVGSVGElement {
  const svg = frame("logo");
  svg.append(
    shape("path", { class: "ballonvorm", d: "M12 2.5c5.5 0 9.5 3.5 9.5 8.3s-4 8.3-9.5 8.3c-1 0-1.9-.1-2.8-.3L4.7 21.5l.6-4.3c-1.8-1.5-2.8-3.7-2.8-6.4 0-4.8 4-8.3 9.5-8.3Z" }),
    shape("path", { class: "wijzer", d: "M6.8 6.8h7.7l2.6 2.2-2.6 2.2H6.8Z" }),
    shape("path", { class: "paal", d: "M11 11.2v4.8h2v-4.8Z" }),
  );
  return svg;
}

function frame(name: string): SVGSVGElement {
  const svg = shape("svg", { class: name, viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" });
  return svg as SVGSVGElement;
}

function shape(tag: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
