/**
 * What the picture shows, as a table and as a list: for the keyboard, for those who hear the page, and for whoever rather
 * reads. The gravest first.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { Alone, Point, Radar } from "./types.js"
 */

import { excerpt } from "../excerpt.js";
import { ANY_BURST, linkTo } from "../filter.js";
import { sayings } from "../elements/article.js";
import { heard, make, words as said } from "../elements/node.js";

const COLUMNS = /** @type {const} */ (["theme", "gravest", "voices", "grave", "unread", "answer"]);
const LISTED = 20; // single voices; all of them are a press away

/**
 * @param {readonly Point[]} points
 * @param {(point: Point) => string} named
 * @param {Tongue} tongue
 */
export function pointsTable(points, named, tongue) {
  const { words } = tongue;
  return make(
    "table",
    { class: "radar-points", role: "table", "aria-labelledby": "radar-table" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...COLUMNS.map((name) => make("th", { scope: "col", role: "columnheader", class: name === "answer" ? "responded" : name }, words.get(`radar.column.${name}`))))),
    make("tbody", { role: "rowgroup" }, ...points.map((point) => row(point, named(point), tongue))),
  );
}

/** @param {Point} point @param {string} name @param {Tongue} tongue */
function row(point, name, { words, says }) {
  const scope = { theme: String(point.theme), ...(point.decision ? { decision: point.decision } : {}) };
  const number = (/** @type {"voices" | "grave" | "unread"} */ column, /** @type {number} */ n, /** @type {import("../filter.js").Filter} */ more) =>
    make("td", { role: "cell", class: `number ${column}${n ? "" : " nothing"}`, "data-name": words.get(`radar.column.${column}`) },
      n ? make("a", { href: linkTo({ ...scope, ...more }) }, words.number(n), heard(` ${words.get(`radar.column.${column}`)}: ${name}`)) : "–",
      column === "voices" && point.burst ? make("p", { class: "hint" }, make("a", { href: linkTo({ ...scope, ...more, burst: ANY_BURST }) }, words.get("radar.in_bursts", { n: point.burst }))) : null);
  return make(
    "tr",
    { role: "row", "data-theme": point.theme, class: point.severity <= 2 ? "weighs" : null },
    make("th", { scope: "row", role: "rowheader", class: "theme" },
      make("a", { class: "name", href: linkTo(scope) }, make("bdi", {}, name)),
      point.decision ? make("p", { class: "hint" }, make("bdi", {}, says.decision(point.decision))) : null),
    make("td", { role: "cell", class: "gravest", "data-name": words.get("radar.column.gravest") }, words.get("radar.say_so", { n: point.gravest, level: words.get(`radar.level.${point.severity}`) })),
    number("voices", point.reach, { words: "all" }),
    number("grave", point.grave, { grave: "1" }),
    number("unread", point.unread, { status: "new", words: "all" }),
    make("td", { role: "cell", class: "responded", "data-name": words.get("radar.column.answer") }, words.get(point.answered ? "radar.answered" : "radar.open")),
  );
}

/**
 * The single voices, each with its words.
 * @param {Radar} radar
 * @param {string | null} decision
 * @param {Tongue} tongue
 */
export function aloneList({ alone, alone_levels: levels }, decision, tongue) {
  const { words } = tongue;
  const number = levels.reduce((sum, voices) => sum + voices, 0);
  const scope = { theme: "none", grave: "1", ...(decision ? { decision } : {}) };
  return make(
    "section",
    { class: "alone", "aria-labelledby": "radar-alone" },
    make("h3", { id: "radar-alone" }, words.get("radar.alone", { n: number })),
    make("p", { class: "hint" }, words.get("radar.alone_hint")),
    make("ol", {}, ...alone.slice(0, LISTED).map((one) => voice(one, scope, tongue))),
    number > LISTED ? make("p", { class: "more" }, make("a", { href: linkTo(scope) }, words.get("radar.alone_all", { n: number }))) : null,
  );
}

/** @param {Alone} one @param {import("../filter.js").Filter} scope @param {Tongue} tongue */
function voice({ submission, severity }, scope, tongue) {
  const { words, when, says } = tongue;
  const { text, whole } = excerpt(submission.text ?? "", submission.language);
  const open = make("a", { href: linkTo(scope, { open: submission.id }) }, words.get("radar.read"), heard(` ${words.get(`radar.level.${severity}`)},`), " ",
    make("time", { datetime: when.machine(submission.received_at) }, when.said(submission.received_at)));
  return make("li", {}, said(whole ? text : `${text} …`, submission.language), sayings(submission, tongue), make("p", { class: "context" }, open, " · ", make("bdi", {}, says.placement(submission.placement))));
}
