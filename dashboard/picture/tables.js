/**
 * The tables of the picture, each with its drawing beside its numbers; and each number leads to the words behind it.
 *
 * @import { Filter } from "../filter.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Dimension } from "./address.js"
 * @import { Difference } from "./compare.js"
 * @import { PictureData, Slice, Span } from "./numbers.js"
 *
 * @typedef {object} Side  What is looked at: once, or twice when something stands beside it.
 * @property {string} mark A or B
 * @property {PictureData} picture
 * @property {Filter} filter with its days
 *
 * @typedef {object} Paper  Whether it is for paper: then no number leads anywhere, and under five stands that they are few.
 * @property {boolean} paper
 */

import { linkTo, narrowed } from "../filter.js";
import { heard, make } from "../elements/node.js";
import { ORDER } from "../elements/views.js";
import { percent } from "../radar/numbers.js";
import { LOCALES } from "../words.js";
import { FEW, mean, means, shares } from "./compare.js";
import { columns, course, named, sides } from "./draw.js";

const SHOWN = 12; // values of a dimension; the table below says all

/** A value in words. @param {Dimension} dimension @param {string} value @param {Filter} filter @param {Tongue} tongue */
export function valued(dimension, value, filter, { words, says }) {
  return dimension === "severity" ? words.get(`radar.level.${value}`) : says.value(dimension, value, filter.placement);
}

/** The words behind a value. @param {Filter} filter @param {Dimension} dimension @param {string} value */
function behind(filter, dimension, value) {
  return narrowed(filter, dimension === "severity" ? "weight" : dimension, value);
}

/**
 * How one dimension is spread: how many said each value, of how many, and what may be said of the difference.
 * @param {Dimension} dimension
 * @param {Side[]} of
 * @param {Tongue & Paper} tongue
 * @returns {HTMLElement | null} null when nobody said anything of it, or all the same where that tells nothing
 */
export function distribution(dimension, of, tongue) {
  const { words, paper } = tongue;
  const counted = dimension === "severity" ? "words" : "presses";
  const slices = of.map(({ picture }) => new Map((picture.by[dimension] ?? []).map((slice) => [slice.value, slice])));
  const whole = slices.map((side) => [...side.values()].reduce((sum, slice) => sum + slice[counted], 0));
  const values = valuesIn(dimension, slices, paper);
  if (!values.length || !whole.some(Boolean)) return null;
  if (values.length < 2 && ["placement", "decision", "language", "channel"].includes(dimension)) return null;
  const two = of.length > 1;
  const comparable = two && whole.every((n) => n >= FEW);
  const filter = of[0]?.filter ?? {};
  const key = dimension === "severity" ? "picture.severity" : `by.${dimension === "outcome" ? tongue.says.question(filter.placement) : dimension}`;
  const number = (/** @type {number} */ n, /** @type {Filter} */ where, /** @type {string} */ label) =>
    paper ? (n ? words.number(n) : "–") : n ? make("a", { href: linkTo(where) }, words.number(n), heard(` ${label}`)) : "–";
  const id = `spread-${dimension}`;
  const head = [make("th", { scope: "col" }, heard(words.get("figures.answer"))), make("td", { class: "bar" }),
    ...of.flatMap(({ mark }) => [
      make("th", { scope: "col" }, two ? `${mark} · ` : "", words.get(counted === "words" ? "figures.words" : "figures.presses")),
      make("th", { scope: "col" }, two ? heard(`${mark} `) : "", words.get("picture.share")),
    ]),
    comparable ? make("th", { scope: "col", class: "says" }, words.get("picture.difference")) : null];
  const rows = values.map((value) => {
    const label = valued(dimension, value, filter, tongue);
    const numbers = slices.map((side) => side.get(value)?.[counted] ?? 0);
    const parts = numbers.map((n, side) => (whole[side] ? n / (whole[side] ?? 1) : 0));
    return make("tr", {}, make("th", { scope: "row" }, make("bdi", {}, label)), make("td", { class: "bar" }, sides(value, parts)),
      ...of.flatMap(({ filter: where }, side) => [
        make("td", { class: "number" }, number(numbers[side] ?? 0, { ...behind(where, dimension, value), ...(counted === "presses" ? { words: "all" } : {}) }, label)),
        make("td", { class: "share" }, shareOf(numbers[side] ?? 0, whole[side] ?? 0, tongue)),
      ]),
      comparable ? make("td", { class: "says" }, saidOf(shares(numbers[0] ?? 0, whole[0] ?? 0, numbers[1] ?? 0, whole[1] ?? 0), 100, tongue)) : null);
  });
  const n = of.map(({ mark }, side) => `${two ? `${mark}: ` : ""}${paper && !whole[side] ? words.get("hearing.few") : words.get("figures.n", { n: whole[side] ?? 0 })}`).join(" · ");
  return make("section", { class: "spread-of", "aria-labelledby": id },
    make("h3", { id }, words.get(key), " ", make("span", { class: "n" }, n)),
    make("div", { class: "wide", ...(two ? { tabindex: 0, role: "group", "aria-labelledby": id } : {}) },
      make("table", { class: `shares${two ? " two" : ""}`, "aria-labelledby": id }, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows))),
    two && !comparable ? make("p", { class: "hint" }, words.get("picture.verdict.few")) : null,
    dimension === "rating" ? middle(of, tongue) : null);
}

/**
 * Answers in their own order, others by how many there are. On paper nobody sees from a row that somebody is behind it: each
 * answer has its own whether anybody gave it, and of the others only those stand there that have a number.
 * @param {Dimension} dimension
 * @param {Map<string, Slice>[]} slices
 * @param {boolean} paper
 */
function valuesIn(dimension, slices, paper) {
  const shown = slices.flatMap((side) => [...side.values()].filter(({ presses }) => !paper || presses));
  const found = [...new Set(shown.map(({ value }) => value))];
  const order = dimension === "severity" ? ["0", "1", "2", "3", "4", "5", "6"] : ORDER[dimension];
  if (order) return paper && found.length ? order : order.filter((value) => found.includes(value));
  const many = (/** @type {string} */ value) => slices.reduce((sum, side) => sum + (side.get(value)?.presses ?? 0), 0);
  return found.sort((one, other) => many(other) - many(one) || one.localeCompare(other)).slice(0, SHOWN);
}

/** Of few, how many of how many: a share of twelve says more than twelve did. @param {number} k @param {number} n @param {Tongue & Paper} tongue */
function shareOf(k, n, { words, paper }) {
  if (!n || (paper && !k)) return "–";
  return n < FEW ? words.get("picture.of", { k, n }) : percent(k / n, words);
}

/**
 * @param {Difference} difference
 * @param {number} scale 100 for shares, 1 for ratings
 * @param {Tongue} tongue
 */
function saidOf({ verdict, low, high }, scale, { words }) {
  const ends = [low, high].map((end) => Math.abs(end) * scale).sort((one, other) => one - other);
  const [least, most] = ends.map((end) => {
    const digits = scale === 1 || end < 0.95 ? 1 : 0; // less than one point is not none
    return new Intl.NumberFormat(LOCALES[words.language], { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(end);
  });
  if (verdict === "few") return make("span", { class: "soft" }, words.get("picture.verdict.few"));
  const unit = scale === 1 ? "picture.marks" : "picture.points";
  if (verdict === "unsure") return make("span", { class: "soft" }, words.get("picture.verdict.unsure", { most: words.get(unit, { most: most ?? "" }) }));
  return words.get(`picture.verdict.${verdict}`, { least: least ?? "", most: words.get(unit, { most: most ?? "" }) });
}

/** Means, each with its spread and n. @param {Side[]} of @param {Tongue & Paper} tongue */
function middle(of, tongue) {
  const { words } = tongue;
  const format = new Intl.NumberFormat(LOCALES[words.language], { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const found = of.map(({ picture }) => mean((picture.by.rating ?? []).map(({ value, presses }) => [Number(value), presses])));
  const said = found.flatMap((one, side) => (one && one.n >= FEW
    ? [`${of.length > 1 ? `${of[side]?.mark}: ` : ""}${words.get("picture.mean", { mean: format.format(one.mean), spread: format.format(one.spread), n: one.n })}`] : []));
  if (!said.length) return make("p", { class: "hint" }, words.get("picture.no_mean", { n: FEW }));
  const [one, other] = found;
  return make("p", { class: "mean" }, said.join(" · "), ...(one && other ? [" · ", saidOf(means(one, other), 1, tongue)] : []));
}

/**
 * How much came when: a drawing for each side, and its table.
 * @param {{side: Side, spans: Span[]}[]} of
 * @param {string} unit
 * @param {Tongue & Paper} tongue
 */
export function volumes(of, unit, tongue) {
  const { words, when, paper } = tongue;
  const most = Math.max(1, ...of.flatMap(({ spans }) => spans.map(({ presses }) => presses)));
  const bursts = of.some(({ spans }) => spans.some((span) => span.bursts));
  return make("div", { class: `side-by-side${of.length > 1 ? " two" : ""}` }, ...of.map(({ side, spans }) => {
    const label = of.length > 1 ? `${side.mark} · ` : "";
    const first = spans[0];
    const last = spans.at(-1);
    const link = (/** @type {number} */ n, /** @type {Filter} */ more, /** @type {Span} */ span) =>
      paper ? (n ? words.number(n) : "–") : n ? make("a", { href: linkTo({ ...side.filter, from: span.from, to: span.to, ...more }) }, words.number(n), heard(` ${named(span, when)}`)) : "–";
    return make("figure", { class: "volume" },
      make("figcaption", {}, label, words.get(`picture.each.${unit}`), " ", make("span", { class: "n" }, words.get("picture.most", { n: most }))),
      columns(spans, most, side.filter, tongue),
      make("p", { class: "ends" }, make("span", {}, first ? when.ofDay(first.from) : ""), make("span", {}, last ? when.ofDay(last.to) : "")),
      folded(paper, make("summary", {}, words.get("volume.table"), heard(` ${label}`)),
        make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, words.get(`picture.unit.${unit}`)), ...["figures.presses", "figures.words", ...(bursts ? ["picture.bursts"] : [])].map((key) => make("th", { scope: "col" }, words.get(key))))),
          make("tbody", {}, ...[...spans].reverse().filter((span) => span.presses).map((span) => make("tr", {},
            make("th", { scope: "row" }, named(span, when)),
            make("td", {}, link(span.presses, { words: "all" }, span)), make("td", {}, link(span.words, {}, span)),
            bursts ? make("td", {}, link(span.bursts, { burst: "any", words: "all" }, span)) : null))))));
  }));
}

/** Open on paper, where nothing can be pressed. @param {boolean} paper @param {HTMLElement} summary @param {HTMLElement} table */
function folded(paper, summary, table) {
  return paper ? table : make("details", {}, summary, table);
}

/**
 * Each value of a dimension over time, all on one scale; and the same as a table of spans and values.
 * @param {Side} side
 * @param {Dimension} dimension
 * @param {Span[]} spans
 * @param {string} unit
 * @param {Tongue & Paper} tongue
 */
export function courses({ picture, filter }, dimension, spans, unit, tongue) {
  const { words, when, paper } = tongue;
  const shown = picture.over.map((one, place) => ({ ...one, place })).filter((one) => one.presses.some(Boolean)).slice(0, SHOWN);
  if (!shown.length) return null;
  const most = Math.max(1, ...spans.flatMap(({ over }) => over));
  const total = (/** @type {number} */ place) => spans.reduce((sum, { over }) => sum + (over[place] ?? 0), 0);
  const label = (/** @type {string} */ value) => valued(dimension, value, filter, tongue);
  const link = (/** @type {number} */ n, /** @type {string} */ value, /** @type {Partial<Span>} */ { from, to }) =>
    !n ? "–" : paper ? words.number(n) : make("a", { href: linkTo({ ...behind(filter, dimension, value), ...(from && to ? { from, to } : {}), words: "all" }) }, words.number(n), heard(` ${label(value)}`));
  return make("div", { class: "courses" },
    make("ul", {}, ...shown.map(({ value, place }) => make("li", {},
      make("span", { class: "name" }, make("bdi", {}, label(value))), course(spans.map(({ over }) => over[place] ?? 0), most),
      make("span", { class: "number" }, link(total(place), value, {}))))),
    make("details", {}, make("summary", {}, words.get("volume.table"), heard(` ${words.get("picture.over")}`)),
      make("div", { class: "wide", tabindex: 0, role: "group", "aria-label": words.get("picture.over") },
        make("table", { class: "matrix" }, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, words.get(`picture.unit.${unit}`)), ...shown.map(({ value }) => make("th", { scope: "col" }, make("bdi", {}, label(value)))))),
          make("tbody", {}, ...[...spans].reverse().filter(({ over }) => over.some(Boolean)).map((span) => make("tr", {}, make("th", { scope: "row" }, named(span, when)),
            ...shown.map(({ value, place }) => make("td", {}, link(span.over[place] ?? 0, value, span))))))))));
}
