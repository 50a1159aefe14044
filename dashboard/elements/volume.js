/**
 * How much came on which day: a drawing, and the same as a table.
 *
 * @import { Day } from "../types.js"
 * @import { Filter } from "../filter.js"
 * @import { Tongue } from "./article.js"
 */

import { linkTo, narrowed } from "../filter.js";
import { draw, heard, make } from "./node.js";

export const DAYS = 30;
export const FEWEST_DAYS = 14;
const STEP = 12; // units a day
const HEIGHT = 72;

/**
 * @param {readonly Day[]} days without a gap, the newest last
 * @param {Filter} filter
 * @param {Tongue} tongue
 */
export function volume(days, filter, { words, when }) {
  const most = Math.max(1, ...days.map((day) => day.presses));
  const wide = days.length * STEP;
  const columns = days.flatMap((day, place) => {
    const high = (/** @type {number} */ n) => (n > 0 ? Math.max(1.5, (n / most) * (HEIGHT - 4)) : 0);
    const at = { x: place * STEP + 1.5, width: STEP - 3 };
    const title = `${when.ofDay(day.day)}: ${words.get("counter.presses", { n: day.presses })}, ${words.get("counter.words", { n: day.words })}`;
    return draw(
      "a",
      { href: linkTo(narrowed(filter, "day", day.day)), tabindex: -1, class: filter.day === day.day ? "now" : "" },
      draw("title", {}, title),
      draw("rect", { class: "day", x: place * STEP, y: 0, width: STEP, height: HEIGHT }),
      draw("rect", { class: "presses", ...at, y: HEIGHT - high(day.presses), height: high(day.presses) }),
      draw("rect", { class: "words", ...at, y: HEIGHT - high(day.words), height: high(day.words) }),
    );
  });
  const first = days[0];
  const last = days.at(-1);
  return make(
    "figure",
    { class: "volume" },
    make("figcaption", {}, words.get("volume.title", { n: days.length }), " ", make("span", { class: "n" }, words.get("volume.most", { n: most }))),
    draw(
      "svg",
      { viewBox: `0 0 ${wide} ${HEIGHT}`, "aria-hidden": "true", focusable: "false", preserveAspectRatio: "none" },
      draw("line", { x1: 0, x2: wide, y1: HEIGHT - 0.5, y2: HEIGHT - 0.5 }),
      ...columns,
    ),
    make("p", { class: "ends" }, make("span", {}, first ? when.ofDay(first.day) : ""), make("span", {}, last ? when.ofDay(last.day) : "")),
    table(days, filter, { words, when }),
  );
}

/**
 * @param {readonly Day[]} days
 * @param {Filter} filter
 * @param {Pick<Tongue, "words" | "when">} tongue
 */
function table(days, filter, { words, when }) {
  const rows = [...days].reverse().filter((day) => day.presses).map((day) => {
    const behind = narrowed(filter, "day", day.day);
    const said = when.ofDay(day.day);
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, make("time", { datetime: day.day }, said)),
      make("td", {}, make("a", { href: linkTo({ ...behind, words: "all" }) }, words.number(day.presses), heard(` ${said}`))),
      make("td", {}, make("a", { href: linkTo(behind) }, words.number(day.words), heard(` ${said}`))),
    );
  });
  return make(
    "details",
    {},
    make("summary", {}, words.get("volume.table")),
    make(
      "table",
      {},
      make("thead", {}, make("tr", {}, ...["volume.day", "figures.presses", "figures.words"].map((key) => make("th", { scope: "col" }, words.get(key))))),
      make("tbody", {}, ...rows),
    ),
  );
}
