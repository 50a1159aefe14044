/**
 * Few and small signs, drawn here, each beside words that say the same. They differ in shape before they differ in
 * colour.
 */

import { draw } from "./node.js";

const SIZE = 12;

/** @param {string} tone @param {...SVGElement} parts */
function sign(tone, ...parts) {
  const attributes = { class: `glyph ${tone}`, viewBox: `0 0 ${SIZE} ${SIZE}`, width: SIZE, height: SIZE, "aria-hidden": "true" };
  return draw("svg", { ...attributes, focusable: "false" }, ...parts);
}

const ring = () => draw("circle", { cx: 6, cy: 6, r: 4.5, fill: "none", stroke: "currentColor", "stroke-width": 1.5 });

/** @type {Record<string, () => SVGElement>} */
const DRAWN = {
  well: () => sign("well", draw("circle", { cx: 6, cy: 6, r: 5, fill: "currentColor" })),
  half: () => sign("half", ring(), draw("path", { d: "M6 1.5a4.5 4.5 0 0 0 0 9z", fill: "currentColor" })),
  badly: () => sign("badly", draw("path", { d: "M6 .5 11.5 6 6 11.5.5 6z", fill: "currentColor" })),
  open: () => sign("open", ring()),
  grave: () => sign("grave", draw("path", { d: "M6 .8 11.6 11H.4z", fill: "currentColor" })),
  live: () => sign("live", draw("circle", { cx: 6, cy: 6, r: 5, fill: "currentColor" })),
  delayed: () => sign("delayed", ring(), draw("path", { d: "M6 3.5V6l1.8 1.2", fill: "none", stroke: "currentColor", "stroke-width": 1.5 })),
  lost: () => sign("lost", draw("path", { d: "M2 2l8 8M10 2l-8 8", fill: "none", stroke: "currentColor", "stroke-width": 2 })),
};

/** @type {Record<string, string>} */
const TONES = {
  yes: "well", hard: "half", no: "badly",
  helps: "well", none: "open", harder: "badly", unknown: "half",
  connecting: "open", signed_out: "lost", forbidden: "lost",
};

/**
 * The sign for an answer or a state; an open ring where none is set.
 * @param {string} name
 */
export function glyph(name) {
  return (DRAWN[TONES[name] ?? name] ?? DRAWN.open ?? ring)();
}
