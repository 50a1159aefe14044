/**
 * The radar as a picture. It is for the eye and the mouse; the table and the list below it say the same to everybody. An
 * open circle waits for an answer, a filled one has it, a diamond is a single voice.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { Alone, Point, Radar } from "./types.js"
 * @import { Sheet } from "./place.js"
 */

import { linkTo } from "../filter.js";
import { draw } from "../elements/node.js";
import { across, BANDS, column, GRAVE, isNarrow, lines, marks, RADIUS, sheet } from "./place.js";

/**
 * @param {Radar} radar
 * @param {number} width in pixels
 * @param {(point: Point) => string} named
 * @param {Tongue} tongue
 */
export function picture(radar, width, named, tongue) {
  const { words } = tongue;
  const of = sheet(width, Math.max(1, ...radar.points.map(({ reach }) => reach)));
  const themes = marks(of, radar.points, named);
  const { themes: lone, singles, rest } = column(of, radar.points, radar.alone, radar.alone_levels);
  return draw(
    "svg",
    { class: "radar-picture", viewBox: `0 0 ${of.width} ${of.height}`, width: of.width, height: of.height, "aria-hidden": "true", focusable: "false" },
    ...ground(of, tongue),
    ...themes.map(({ x, y, point, label }) => theme(point, x, y, named, tongue, label)),
    ...lone.map(({ x, y, point }) => theme(point, x, y, named, tongue, null)),
    ...singles.map(({ x, y, alone }) => single(alone, x, y, tongue)),
    ...rest.map(({ x, y, number }) => draw("text", { class: "rest", x, y }, `+${words.number(number)}`)),
  );
}

/** The bands with their names, the lines with their numbers. @param {Sheet} of @param {Tongue} tongue */
function ground(of, { words }) {
  const { left, one, right, top, band, height, width } = of;
  const bottom = top + BANDS * band;
  /** @type {SVGElement[]} */
  const found = [draw("rect", { class: "grave-ground", x: left, y: top, width: width - left, height: GRAVE * band })];
  for (let place = 0; place < BANDS; place += 1) {
    const y = top + place * band;
    const name = words.get(`radar.level.${place}`);
    const inside = isNarrow(of);
    found.push(
      draw("line", { class: place === GRAVE ? "divide" : "hair", x1: left, x2: width, y1: y, y2: y }),
      draw("text", { class: place < GRAVE ? "band weighs" : "band", x: inside ? left + 6 : left - 14, y: inside ? y + 15 : y + band / 2 + 4, "text-anchor": inside ? "start" : "end" }, name),
    );
  }
  found.push(draw("line", { class: "foot", x1: left, x2: width, y1: bottom, y2: bottom }));
  found.push(draw("line", { class: "hair", x1: one, x2: one, y1: top, y2: bottom }));
  found.push(draw("text", { class: "tick", x: (left + one) / 2, y: bottom + 18, "text-anchor": "middle" }, words.get("radar.one")));
  for (const value of lines(of)) {
    const x = across(of, value);
    found.push(
      draw("line", { class: "tenfold", x1: x, x2: x, y1: top, y2: bottom }),
      draw("text", { class: "tick", x: Math.min(x, width), y: bottom + 18, "text-anchor": x > right - 20 ? "end" : "middle" }, words.number(value)),
    );
  }
  found.push(draw("text", { class: "axis", x: width, y: height - 6, "text-anchor": "end" }, words.get("radar.reach_axis")));
  return found;
}

/**
 * @param {Point} point
 * @param {number} x
 * @param {number} y
 * @param {(point: Point) => string} named
 * @param {Tongue} tongue
 * @param {{x: number, y: number, end: boolean, text: string} | null} label
 */
function theme(point, x, y, named, { words }, label) {
  const said = `${named(point)} · ${words.get(`radar.level.${point.severity}`)}: ${words.number(point.gravest)} · ${words.get("theme.voices", { n: point.reach })}`;
  return draw(
    "a",
    { href: linkTo({ theme: String(point.theme), ...(point.decision ? { decision: point.decision } : {}) }), tabindex: -1, class: `theme${point.answered ? " answered" : ""}`, "data-theme": point.theme },
    draw("title", {}, said),
    draw("circle", { class: "touch", cx: x, cy: y, r: 2 * RADIUS }),
    draw("circle", { class: "dot", cx: x, cy: y, r: RADIUS - 1 }),
    label && draw("text", { class: "name", x: label.x, y: label.y + 4, "text-anchor": label.end ? "end" : "start" }, label.text),
  );
}

/** @param {Alone} alone @param {number} x @param {number} y @param {Tongue} tongue */
function single({ submission, severity }, x, y, { words }) {
  const text = (submission.text ?? "").replace(/\s+/g, " ");
  const said = `${words.get(`radar.level.${severity}`)} · ${text.length > 120 ? `${text.slice(0, 119)}…` : text}`;
  return draw(
    "a",
    { href: linkTo({ theme: "none", grave: "1" }, { open: submission.id }), tabindex: -1, class: `single${submission.status === "new" ? "" : " read"}` },
    draw("title", {}, said),
    draw("rect", { class: "touch", x: x - RADIUS, y: y - RADIUS, width: 2 * RADIUS, height: 2 * RADIUS }),
    draw("path", { class: "dot", d: `M${x} ${y - 5}l5 5-5 5-5-5z` }),
  );
}
