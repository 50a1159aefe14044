/**
 * One distribution: a table whose bars are drawn beside the figures they stand for. The drawing is for the eye, the
 * table for everybody; each figure leads to the words behind it.
 *
 * @import { Counts } from "../types.js"
 * @import { Filter } from "../filter.js"
 * @import { Tongue } from "./article.js"
 */

import { linkTo, narrowed } from "../filter.js";
import { draw, heard, make } from "./node.js";
import { valuesOf } from "./views.js";

const WIDTH = 120;
const HEIGHT = 14;

/**
 * @param {"outcome" | "effect" | "reason" | "rating" | "language" | "channel" | "placement"} dimension
 * @param {Counts} counts
 * @param {Filter} filter
 * @param {Tongue} tongue
 * @returns {HTMLTableElement | null} null when nobody said anything of it
 */
export function bars(dimension, counts, filter, { words, says }) {
  const values = valuesOf(dimension, counts);
  if (!values.length) return null;
  const most = Math.max(...values.map((value) => counts.by[dimension]?.[value] ?? 0));
  const key = dimension === "outcome" ? says.question(filter.placement) : dimension;
  const said = values.reduce((sum, value) => sum + (counts.by[dimension]?.[value] ?? 0), 0);
  const head = make(
    "tr",
    {},
    make("th", { scope: "col" }, heard(words.get("figures.answer"))),
    make("td", { class: "bar" }),
    make("th", { scope: "col" }, words.get("figures.presses")),
    make("th", { scope: "col" }, words.get("figures.words")),
  );
  const rows = values.map((value) => {
    const presses = counts.by[dimension]?.[value] ?? 0;
    const withWords = counts.words_by[dimension]?.[value] ?? 0;
    const behind = narrowed(filter, dimension, value);
    const label = says.value(dimension, value, filter.placement);
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, make("bdi", {}, label)),
      make("td", { class: "bar" }, bar(presses / most, withWords / most, value)),
      make("td", {}, link(linkTo({ ...behind, words: "all" }), words.number(presses), label)),
      make("td", {}, link(linkTo(behind), words.number(withWords), label)),
    );
  });
  return make(
    "table",
    { class: "distribution" },
    make("caption", {}, words.get(`by.${key}`), " ", make("span", { class: "n" }, words.get("figures.n", { n: said }))),
    make("thead", {}, head),
    make("tbody", {}, ...rows),
  );
}

/**
 * @param {string} href
 * @param {string} figure
 * @param {string} label
 */
function link(href, figure, label) {
  return make("a", { href }, figure, heard(` ${label}`));
}

/**
 * Presses as an outline, those with words filled.
 * @param {number} presses from 0 to 1
 * @param {number} withWords from 0 to 1
 * @param {string} value
 */
function bar(presses, withWords, value) {
  const wide = (/** @type {number} */ share) => (share > 0 ? Math.max(1.5, share * (WIDTH - 1)) : 0).toFixed(1);
  return draw(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", class: `is-${value}`, "aria-hidden": "true", focusable: "false" },
    draw("rect", { class: "presses", x: 0.5, y: 1.5, width: wide(presses), height: HEIGHT - 3 }),
    draw("rect", { class: "words", x: 0.5, y: 1.5, width: wide(withWords), height: HEIGHT - 3 }),
  );
}
