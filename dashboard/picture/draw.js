/**
 * The drawings of the picture. They are for the eye and the mouse; the table beside each says the same to everybody.
 *
 * @import { Words } from "../words.js"
 * @import { When } from "../when.js"
 * @import { Span } from "./numbers.js"
 */

import { linkTo } from "../filter.js";
import { draw } from "../elements/node.js";

const STEP = 12; // units a column
const HEIGHT = 84;
const WIDTH = 120;
const BAR = 14;

/**
 * How much came in each span: with words filled, without an outline, and what came in bursts with a mark above it.
 * @param {readonly Span[]} spans
 * @param {number} most what the tallest column stands for
 * @param {import("../filter.js").Filter} filter
 * @param {{words: Words, when: When}} tongue
 */
export function columns(spans, most, filter, { words, when }) {
  const wide = spans.length * STEP;
  return draw(
    "svg",
    { class: "columns", viewBox: `0 0 ${wide} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    draw("line", { x1: 0, x2: wide, y1: HEIGHT - 0.5, y2: HEIGHT - 0.5 }),
    ...spans.map((span, place) => {
      const high = (/** @type {number} */ n) => (n > 0 ? Math.max(1.5, (n / most) * (HEIGHT - 12)) : 0);
      const at = { x: place * STEP + 1.5, width: STEP - 3 };
      const top = HEIGHT - high(span.presses);
      const said = [words.get("counter.presses", { n: span.presses }), words.get("counter.words", { n: span.words }), ...(span.bursts ? [words.get("picture.in_bursts", { n: span.bursts })] : [])];
      return draw("a", { href: linkTo({ ...filter, from: span.from, to: span.to, words: "all" }), tabindex: -1 },
        draw("title", {}, `${named(span, when)}: ${said.join(", ")}`),
        draw("rect", { class: "day", x: place * STEP, y: 0, width: STEP, height: HEIGHT }),
        draw("rect", { class: "presses", ...at, y: top, height: high(span.presses) }),
        draw("rect", { class: "words", ...at, y: HEIGHT - high(span.words), height: high(span.words) }),
        span.bursts ? draw("path", { class: "burst", d: `M${at.x} ${top - 3}h${at.width}l${-at.width / 2} -6z` }) : null);
    }),
  );
}

/**
 * One value over time.
 * @param {readonly number[]} numbers
 * @param {number} most
 */
export function course(numbers, most) {
  const wide = Math.max(1, numbers.length) * STEP;
  return draw(
    "svg",
    { class: "course", viewBox: `0 0 ${wide} 32`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    draw("line", { x1: 0, x2: wide, y1: 31.5, y2: 31.5 }),
    ...numbers.map((n, place) => {
      const high = n > 0 ? Math.max(1.5, (n / most) * 30) : 0;
      return draw("rect", { class: "words", x: place * STEP + 1, y: 32 - high, width: STEP - 2, height: high });
    }),
  );
}

/**
 * A bar for each side, one below the other when there are two; the whole width is all of them.
 * @param {string} value
 * @param {readonly number[]} shares from 0 to 1
 */
export function sides(value, shares) {
  const height = shares.length * BAR;
  return draw(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${height}`, preserveAspectRatio: "none", class: `sides is-${value}`, height, "aria-hidden": "true", focusable: "false" },
    ...shares.flatMap((share, side) => [
      draw("rect", { class: "whole", x: 0.5, y: side * BAR + 2.5, width: WIDTH - 1, height: BAR - 5 }),
      draw("rect", { class: side ? "other" : "words", x: 0.5, y: side * BAR + 2.5, width: (share > 0 ? Math.max(1.5, share * (WIDTH - 1)) : 0).toFixed(1), height: BAR - 5 }),
    ]),
  );
}

/** The days of a span, in words. @param {Pick<Span, "from" | "to">} span @param {When} when */
export function named({ from, to }, when) {
  return from === to ? when.ofDay(from) : `${when.ofDay(from)} – ${when.ofDay(to)}`;
}
