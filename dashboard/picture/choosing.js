/**
 * What the picture looks at, as fields: days, places, what stands beside it.
 *
 * @import { Filter } from "../filter.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Themes } from "../themes/themes.js"
 * @import { Me } from "../types.js"
 * @import { Dimension, Look } from "./address.js"
 */

import { linkTo } from "../filter.js";
import { heard, make } from "../elements/node.js";
import { labelOf } from "../elements/heading.js";
import { meetingLink } from "../meeting/address.js";
import { before, daysOf, DIMENSIONS, later, pictureLink, yearEarlier } from "./address.js";

const PERIODS = [7, 30, 90, 365];
const FIELDS = /** @type {const} */ (["placement", "decision"]);

/**
 * @param {Look} look
 * @param {string} today
 * @param {Me} me
 * @param {Themes} themes
 * @param {Tongue} tongue
 * @returns {HTMLElement[]}
 */
export function choosing(look, today, me, themes, tongue) {
  const { words, says } = tongue;
  const { filter, from, to, other } = look;
  const go = (/** @type {Partial<Look>} */ next) => (location.hash = pictureLink({ ...look, ...next }));
  const days = daysOf(from, to);
  const current = to === today && PERIODS.includes(days) ? String(days) : "own";
  const period = listed("period", [...PERIODS.map((n) => /** @type {[string, string]} */ ([String(n), words.get("picture.last", { n })])), ["own", words.get("picture.own")]], current, (value) => {
    if (value === "own") return document.getElementById("picture-from")?.focus();
    go({ from: later(today, 1 - Number(value)), to: today, other: shifted(other, { from: later(today, 1 - Number(value)), to: today }, { from, to }) });
  }, words);
  const start = day("from", from, (value) => go({ from: value, to: value > to ? value : to }), words);
  const end = day("to", to, (value) => go({ from: value < from ? value : from, to: value }), words);
  const places = FIELDS.map((name) => {
    const options = name === "placement" ? me.placements.map(({ key }) => key) : themes.decisions.map(({ key }) => key);
    if (!options.length || (name === "placement" && options.length < 2)) return null;
    return listed(name, [["", words.get("radar.everything")], ...options.map((key) => /** @type {[string, string]} */ ([key, says.value(name, key)]))], filter[name] ?? "", (value) => {
      const next = { ...filter };
      if (value) next[name] = value;
      else delete next[name];
      if (name === "decision") delete next.theme;
      go({ filter: next });
    }, words);
  });
  const besides = /** @type {[string, string][]} */ ([["", words.get("picture.beside.nothing")], ["before", words.get("picture.beside.before", { n: days })], ["year", words.get("picture.beside.year")], ["days", words.get("picture.beside.days")],
    ...me.placements.filter(({ key }) => key !== filter.placement).map(({ key }) => [`p ${key}`, says.placement(key)])]);
  const beside = listed("beside", besides, besideOf(look), (value) => {
    if (value.startsWith("p ")) return go({ other: { placement: value.slice(2) } });
    go({ other: value === "before" || value === "days" ? before({ from, to }) : value === "year" ? yearEarlier({ from, to }) : null });
  }, words);
  const others = other && "from" in other
    ? [day("other_from", other.from, (value) => go({ other: { from: value, to: value > other.to ? value : other.to } }), words), day("other_to", other.to, (value) => go({ other: { from: value < other.from ? value : other.from, to: value } }), words)]
    : [];
  return [
    make("div", { class: "seeking" }, period, start, end, ...places.filter((field) => field !== null), beside, ...others),
    chips(filter, ["from", "to", ...FIELDS], (rest) => pictureLink({ ...look, filter: rest }), tongue),
    make("p", { class: "behind" }, make("a", { href: linkTo(filter) }, words.get("picture.behind")), " ", make("a", { href: meetingLink({ filter, unread: false }) }, words.get("meeting.to"))),
  ];
}

/** The field that says whose course is drawn. @param {Look} look @param {Tongue["words"]} words @param {Tongue["says"]} says */
export function overWhat(look, words, says) {
  const named = (/** @type {Dimension} */ name) => words.get(name === "severity" ? "picture.severity" : `by.${name === "outcome" ? says.question(look.filter.placement) : name}`);
  return listed("over", DIMENSIONS.map((name) => [name, named(name)]), look.over, (value) => {
    location.hash = pictureLink({ ...look, over: /** @type {Dimension} */ (value) });
  }, words);
}

/** Days just before stay days just before when the days change. @param {Look["other"]} other @param {{from: string, to: string}} next @param {{from: string, to: string}} was */
function shifted(other, next, was) {
  if (!other || "placement" in other) return other;
  if (other.from === before(was).from && other.to === before(was).to) return before(next);
  return yearEarlier(was).from === other.from && yearEarlier(was).to === other.to ? yearEarlier(next) : other;
}

/** @param {Look} look */
function besideOf({ from, to, other }) {
  if (!other) return "";
  if ("placement" in other) return `p ${other.placement}`;
  for (const [name, days] of /** @type {const} */ ([["before", before({ from, to })], ["year", yearEarlier({ from, to })]])) if (days.from === other.from && days.to === other.to) return name;
  return "days";
}

/**
 * A list of which one is chosen.
 * @param {string} id
 * @param {string} label
 * @param {[string, string][]} options value and name
 * @param {string} now
 * @param {(value: string) => void} chosen
 */
export function select(id, label, options, now, chosen) {
  const field = make("select", { id }, ...options.map(([value, said]) => make("option", { value, selected: value === now }, said)));
  field.addEventListener("change", () => chosen(field.value));
  return make("p", { class: "field" }, make("label", { for: id }, label), field);
}

/**
 * What is chosen beside the fields, each a link that takes it back.
 * @param {Filter} filter
 * @param {readonly string[]} fields that stand there already
 * @param {(rest: Filter) => string} link
 * @param {Tongue} tongue
 */
export function chips(filter, fields, link, tongue) {
  const kept = /** @type {(keyof Filter)[]} */ (Object.keys(filter).filter((name) => !fields.includes(name)));
  return make("p", { class: "choices", hidden: !kept.length }, ...kept.map((name) => {
    const rest = { ...filter };
    delete rest[name];
    return make("a", { href: link(rest), class: "choice" }, heard(tongue.words.get("choice.take")), make("bdi", {}, labelOf(/** @type {any} */ (name), filter, tongue)), make("span", { "aria-hidden": "true" }, "×"));
  }));
}

/** @param {string} name @param {[string, string][]} options @param {string} now @param {(value: string) => void} chosen @param {Tongue["words"]} words */
function listed(name, options, now, chosen, words) {
  return select(`picture-${name}`, words.get(`picture.field.${name}`), options, now, chosen);
}

/** @param {string} name @param {string} now @param {(value: string) => void} chosen @param {Tongue["words"]} words */
function day(name, now, chosen, words) {
  const field = make("input", { type: "date", id: `picture-${name}`, value: now, required: true });
  // while somebody types a year, days of the year 2 come by
  field.addEventListener("change", () => field.value > "1999" && chosen(field.value));
  return make("p", { class: "field" }, make("label", { for: field.id }, words.get(`picture.field.${name}`)), field);
}
