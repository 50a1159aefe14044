/**
 * What the picture looks at, as a fragment of the address: `#picture?placement=…&from=…&to=…`, with the filters of the stream.
 * `over`: whose course is drawn; `other`, or `other_from` and `other_to`: what stands beside it. Knows no DOM.
 *
 * @import { Filter } from "../filter.js"
 *
 * @typedef {typeof DIMENSIONS[number]} Dimension
 * @typedef {object} Look
 * @property {Filter} filter with its days
 * @property {string} from the first day
 * @property {string} to the last day
 * @property {Dimension} over
 * @property {{placement: string} | {from: string, to: string} | null} other another place or other days, all else the same
 * @property {boolean} report as a page for paper
 */

import { dayOf } from "../figures.js";
import { linkTo, parseView } from "../filter.js";

export const PICTURE = "#picture";
export const DIMENSIONS = /** @type {const} */ (["placement", "decision", "language", "channel", "outcome", "effect", "reason", "rating", "severity"]);
export const DAYS = 90; // of these, when nobody says of which
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * @param {string} fragment with or without its `#`
 * @param {string} today `YYYY-MM-DD`
 * @returns {Look | null} null for an address elsewhere
 */
export function pictureAddress(fragment, today) {
  const [path = "", query = ""] = fragment.replace(/^#/, "").split("?");
  if (path !== PICTURE.slice(1)) return null;
  const given = new URLSearchParams(query);
  const { filter } = parseView(query);
  for (const name of /** @type {const} */ (["day", "since", "words"])) delete filter[name];
  const to = filter.to ?? today;
  let from = filter.from ?? later(to, 1 - DAYS);
  if (from > to) from = to;
  const over = DIMENSIONS.find((name) => name === given.get("over")) ?? (filter.decision ? "effect" : "placement");
  const [placement, first, last] = ["other", "other_from", "other_to"].map((name) => given.get(name)?.trim() ?? "");
  /** @type {Look["other"]} */
  let other = null;
  if (placement) other = { placement: placement.slice(0, 100) };
  else if (first && last && DAY.test(first) && DAY.test(last) && first <= last) other = { from: first, to: last };
  return { filter: { ...filter, from, to }, from, to, over, other, report: given.get("report") === "1" };
}

/** The picture of a view. @param {Filter} filter */
export function pictureOf(filter) {
  return `${PICTURE}?${linkTo(filter).slice(1)}`;
}

/** @param {Look} look */
export function pictureLink({ filter, from, to, over, other, report }) {
  const said = new URLSearchParams(linkTo({ ...filter, from, to }).slice(1));
  said.set("over", over);
  if (other && "placement" in other) said.set("other", other.placement);
  else if (other) for (const [name, day] of Object.entries({ other_from: other.from, other_to: other.to })) said.set(name, day);
  if (report) said.set("report", "1");
  return `${PICTURE}?${said}`;
}

/** The filter of what stands beside it. @param {Look} look @returns {Filter | null} */
export function otherFilter({ filter, other }) {
  return other && { ...filter, ...other };
}

/** The day so many days later. @param {string} day @param {number} number */
export function later(day, number) {
  const moment = new Date(`${day}T12:00:00`);
  moment.setDate(moment.getDate() + number);
  return dayOf(moment.getTime());
}

/** How many days, both included. @param {string} from @param {string} to */
export function daysOf(from, to) {
  return Math.round((new Date(`${to}T12:00:00`).getTime() - new Date(`${from}T12:00:00`).getTime()) / 86_400_000) + 1;
}

/** As many days, just before. @param {{from: string, to: string}} of */
export function before({ from, to }) {
  return { from: later(from, -daysOf(from, to)), to: later(from, -1) };
}

/** The same days a year earlier: 52 weeks, so that weekends meet weekends. @param {{from: string, to: string}} of */
export function yearEarlier({ from, to }) {
  return { from: later(from, -364), to: later(to, -364) };
}
