/**
 * All decisions of the agency, what is late first; and the pages with much feedback and no decision.
 *
 * @import { Line } from "./order.js"
 * @import { Lines } from "./types.js"
 * @import { Said } from "./said.js"
 */

import { glyph } from "../elements/glyph.js";
import { make } from "../elements/node.js";
import { deskLink, newLink, wordsLink } from "./address.js";
import { ordered } from "./order.js";

const COLUMNS = /** @type {const} */ (["decision", "until", "voices", "unsorted", "waiting", "grave", "themes"]);

/**
 * @param {Lines} lines
 * @param {boolean} may write
 * @param {readonly string[]} unsaved keys of decisions with something that is not saved
 * @param {Said} said
 */
export function showList(lines, may, unsaved, said) {
  const { words } = said;
  const { now, over } = ordered(lines);
  const begin = make("a", { class: "button first", href: newLink() }, words.get("desk.new"));
  const head = make("header", { class: "desk-head" }, make("h2", { id: "desk-title" }, words.get("place.desk")), may ? begin : null);
  return [
    head,
    now.length ? table(now, "desk-now", words.get("desk.now"), unsaved, said) : make("p", { class: "lead" }, words.get(may ? "desk.none" : "desk.none_viewer")),
    lines.pages.length ? pages(lines, may, said) : null,
    over.length ? make("details", { class: "over" }, make("summary", {}, words.get("desk.over", { n: over.length })), table(over, "desk-over", words.get("desk.over_title"), unsaved, said)) : null,
  ];
}

/**
 * @param {Line[]} rows
 * @param {string} id
 * @param {string} name
 * @param {readonly string[]} unsaved
 * @param {Said} said
 */
function table(rows, id, name, unsaved, said) {
  const { words } = said;
  const heads = COLUMNS.map((column) => make("th", { scope: "col", role: "columnheader", class: column }, words.get(`desk.column.${column}`)));
  return make(
    "table",
    { class: "decisions", id, role: "table", "aria-label": name },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads)),
    make("tbody", { role: "rowgroup" }, ...rows.map((line) => row(line, unsaved.includes(line.key), said))),
  );
}

/** @param {Line} line @param {boolean} unsaved @param {Said} said */
function row(line, unsaved, said) {
  const { words } = said;
  const late = line.late.map((found) =>
    make("p", { class: "late" }, glyph("grave"), words.get("desk.late"), " ", said.text(found.theme), " · ", said.day(found.day)));
  const state = make("p", { class: "state" }, stateOf(line, said), unsaved ? make("strong", { class: "unsaved" }, ` · ${words.get("desk.unsaved")}`) : null);
  const number = (/** @type {typeof COLUMNS[number]} */ column, /** @type {number} */ n, /** @type {Record<string, string>} */ more) =>
    make("td", { role: "cell", class: `number ${column}${n ? "" : " nothing"}`, "data-name": words.get(`desk.column.${column}`) },
      n ? make("a", { href: wordsLink(line.key, more), "aria-label": `${words.get(`desk.column.${column}`)}: ${words.number(n)}` }, words.number(n)) : "–");
  return make(
    "tr",
    { role: "row", class: line.late.length || line.grave_unread ? "pressing" : null },
    make("th", { scope: "row", role: "rowheader", class: "decision" }, make("a", { class: "name", href: deskLink(line.key) }, said.title(line.title)), state, ...late),
    make("td", { role: "cell", class: "until", "data-name": words.get("desk.column.until") }, said.until(line.until, line.is_open || line.state === "draft")),
    number("voices", line.voices, {}),
    number("unsorted", line.unsorted, { theme: "none" }),
    number("waiting", line.waiting, { waiting: "1" }),
    number("grave", line.grave_unread, { grave: "1" }),
    make("td", { role: "cell", class: `number themes${line.themes ? "" : " nothing"}`, "data-name": words.get("desk.column.themes") },
      line.themes ? make("a", { href: wordsLink(line.key) }, words.get("desk.of", { n: line.themes_answered, all: line.themes })) : "–"),
  );
}

/**
 * Draft, or its phase, or how it ended.
 * @param {Pick<Line, "state" | "phase" | "is_open">} line
 * @param {Said} said
 */
export function stateOf({ state, phase, is_open }, { words }) {
  if (state !== "published") return words.get(`desk.state.${state}`);
  return `${words.get(`desk.phase.${phase}`)} · ${words.get(is_open ? "desk.is_open" : "desk.is_closed")}`;
}

/** @param {Lines} lines @param {boolean} may @param {Said} said */
function pages(lines, may, said) {
  const { words } = said;
  const rows = lines.pages.map(({ page, voices, with_words }) =>
    make("li", {},
      make("div", {}, make("p", { class: "page" }, make("bdi", {}, page)), make("p", { class: "hint" }, words.get("desk.voices", { n: voices, words: with_words }))),
      may ? make("a", { class: "button", href: newLink({ page }) }, words.get("desk.page_begin")) : null));
  return make("section", { class: "pages", "aria-labelledby": "desk-pages" }, make("h3", { id: "desk-pages" }, words.get("desk.pages")), make("p", { class: "hint" }, words.get("desk.pages_hint")), make("ul", {}, ...rows));
}

/**
 * The decisions in the side, for those who go from one to the other.
 * @param {Lines} lines
 * @param {string | null} current
 * @param {Said} said
 */
export function sideList(lines, current, said) {
  const { words } = said;
  const links = ordered(lines).now.map((line) => {
    const wait = line.late.length + line.grave_unread + line.unsorted + line.waiting;
    return make("li", {}, make("a", { href: deskLink(line.key), "aria-current": line.key === current ? "page" : null },
      make("span", { class: "name" }, said.title(line.title)), " ",
      wait ? make("span", { class: "figure", title: words.get("desk.waits") }, words.number(wait)) : line.state === "draft" ? make("span", { class: "figure" }, words.get("desk.state.draft")) : null));
  });
  return [make("h2", {}, words.get("desk.now")), make("ul", {}, ...links)];
}
