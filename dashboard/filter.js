/**
 * Which submissions a view selects, as an address, as a question to the collector, and as a test on one submission.
 * Knows no DOM. The whole view stands in the fragment of the address: a link, a bookmark and the back button just
 * work, and what is searched for reaches no log.
 *
 * @import { Submission } from "./types.js"
 *
 * @typedef {Partial<Record<typeof NAMES[number], string>>} Filter
 *
 * @typedef {object} View
 * @property {Filter} filter
 * @property {number | null} open the id of the submission that is being read
 * @property {boolean} figures whether the figures are asked for (they stand there anyway when there is room)
 */

/** Where and how: these combine, and counts can be asked within them. */
export const SCOPE = /** @type {const} */ (["placement", "decision", "theme", "language", "channel", "burst", "from", "to"]);
/** What was said, or what happened since: one of these at a time, so that each figure equals the words behind it. */
export const CRITERIA = /** @type {const} */ ([
  "outcome", "effect", "reason", "rating", "status", "kind", "grave", "weight", "waiting", "desk", "contact_point", "member", "callback", "ask", "alike", "since", "day", "q",
]);
const NAMES = /** @type {const} */ ([...SCOPE, ...CRITERIA, "words"]);
const COMPARED = /** @type {const} */ (["placement", "decision", "language", "channel", "outcome", "effect", "reason", "status", "kind", "desk", "contact_point"]);
const ASKED = [...COMPARED, "theme", "burst", "rating", "grave", "weight", "waiting", "member", "callback", "ask", "alike", "q"];
/** As the value of `theme`: with words, in no theme and not set aside. */
export const NO_THEME = "none";
/** As the value of `burst`: what came in none, and what came in any. Else it is the id of one that came in it. */
export const NO_BURST = "none";
export const ANY_BURST = "any";
/** Ids are milliseconds × this + a number, in the order of arrival. */
const ID_STEPS = 2048;
const ABOVE_ALL = String(Number.MAX_SAFE_INTEGER);
const GRAVE = 2; // see collector/severity.py
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * @param {string} fragment with or without its `#`
 * @returns {View}
 */
export function parseView(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  /** @type {Filter} */
  const filter = {};
  for (const name of NAMES) {
    const value = given.get(name)?.trim();
    if (value) filter[name] = value.slice(0, 200);
  }
  for (const name of /** @type {const} */ (["day", "from", "to"])) if (filter[name] && !DAY.test(filter[name])) delete filter[name];
  if (filter.weight && !/^[0-6]$/.test(filter.weight)) delete filter.weight;
  if (filter.since && !/^\d{1,16}$/.test(filter.since)) delete filter.since;
  if (filter.member && !/^\d{1,15}$/.test(filter.member)) delete filter.member;
  if (filter.ask && !/^\d{1,15}$/.test(filter.ask)) delete filter.ask;
  if (filter.theme && !/^(none|\d{1,15})$/.test(filter.theme)) delete filter.theme;
  if (filter.burst && !/^(none|any|\d{1,16})$/.test(filter.burst)) delete filter.burst;
  if (filter.alike && !/^\d{1,16}$/.test(filter.alike)) delete filter.alike;
  for (const name of /** @type {const} */ (["grave", "waiting", "callback"])) if (filter[name]) filter[name] = "1";
  const open = given.get("open") ?? "";
  return { filter, open: /^\d{1,16}$/.test(open) ? Number(open) : null, figures: given.get("show") === "figures" };
}

/**
 * The address of a view, as a fragment.
 * @param {Filter} filter
 * @param {{open?: number | null, figures?: boolean}} [more]
 */
export function linkTo(filter, { open = null, figures = false } = {}) {
  const said = new URLSearchParams();
  for (const name of NAMES) if (filter[name]) said.set(name, filter[name]);
  if (open !== null) said.set("open", String(open));
  if (figures) said.set("show", "figures");
  return `#${said}`;
}

/**
 * The filter one press further: a scope is added to the others, a criterion takes the place of the one before. A theme
 * is of one decision, so with another decision it goes.
 * @param {Filter} filter
 * @param {typeof NAMES[number]} name
 * @param {string | null} value null takes it away
 * @returns {Filter}
 */
export function narrowed(filter, name, value) {
  const next = scopeOf(filter);
  if (name === "words" && filter.q) next.q = filter.q;
  if (name === "decision") delete next.theme;
  if (value === null) delete next[name];
  else next[name] = value;
  return next;
}

/**
 * @param {Filter} filter
 * @returns {Filter} only where and how
 */
export function scopeOf(filter) {
  /** @type {Filter} */
  const scope = {};
  for (const name of SCOPE) if (filter[name]) scope[name] = filter[name];
  return scope;
}

/**
 * Health or a right is touched, or there is no other way: the collector says how much it weighs, by its author or its reader.
 * @param {Pick<Submission, "weight">} submission
 */
export function isGrave({ weight }) {
  return weight <= GRAVE;
}

/**
 * Whether a view shows a submission; words that are searched for, what is alike, and who spoke last, are the collector's to
 * find.
 * @param {Filter} filter
 * @param {Submission} submission
 */
export function admits(filter, submission) {
  if (submission.erased_at !== null) return false;
  if (filter.words !== "all" && !submission.text) return false;
  for (const name of COMPARED) if (filter[name] && submission[name] !== filter[name]) return false;
  if (filter.rating && String(submission.rating) !== filter.rating) return false;
  if (filter.callback && !submission.callback) return false;
  if (filter.member && String(submission.member) !== filter.member) return false;
  if (filter.ask && String(submission.ask) !== filter.ask) return false;
  if (filter.grave && !(submission.text && isGrave(submission))) return false;
  if (filter.weight && !(submission.text && String(submission.weight) === filter.weight)) return false;
  if (filter.burst && submission.burst === (filter.burst === NO_BURST)) return false;
  if (filter.alike && submission.alike < 2 && String(submission.id) !== filter.alike) return false;
  if (filter.theme && !isOfTheme(filter.theme, submission)) return false;
  const { after, before } = bounds(filter);
  return (after === null || submission.id > after) && (before === null || submission.id < before);
}

/**
 * @param {string} theme an id, or none
 * @param {Submission} submission
 */
function isOfTheme(theme, { themes, text, status }) {
  return theme === NO_THEME ? !themes.length && !!text && status !== "aside" : themes.includes(Number(theme));
}

/**
 * The ids between which a view lies, both left out.
 * @param {Filter} filter
 * @returns {{after: number | null, before: number | null}}
 */
export function bounds(filter) {
  const from = filter.day ?? filter.from;
  const to = filter.day ?? filter.to;
  const since = filter.since ? Number(filter.since) : null;
  const after = from ? Math.max(0, midnight(from, 0) * ID_STEPS - 1) : null;
  return {
    after: after === null || since === null ? after ?? since : Math.max(after, since),
    before: to ? Math.max(0, midnight(to, 1) * ID_STEPS) : null,
  };
}

/** The first moment of a day, or of so many days later, where the reader is. @param {string} day @param {number} later */
function midnight(day, later) {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, (date ?? 0) + later).getTime();
}

/**
 * The question for the list.
 * @param {Filter} filter
 * @returns {Record<string, string>}
 */
export function question(filter) {
  /** @type {Record<string, string>} */
  const asked = {};
  for (const name of ASKED) {
    const value = filter[/** @type {typeof NAMES[number]} */ (name)];
    if (value) asked[name] = value;
  }
  if (filter.words !== "all") asked.words = "1";
  const { after, before } = bounds(filter);
  if (after !== null) asked.after = String(after);
  if (before !== null) asked.before = String(before);
  return asked;
}

/**
 * The same for the stream: of those that say nearly the same, the newest stands for all. Where they are what is asked for, or
 * everything that came in bursts, each stands for itself.
 * @param {Filter} filter
 * @returns {Record<string, string>}
 */
export function foldedQuestion(filter) {
  const asked = question(filter);
  return filter.q || filter.alike || (filter.burst && filter.burst !== NO_BURST) ? asked : { ...asked, fold: asked.before ?? ABOVE_ALL };
}

/**
 * The question for an export of the same.
 * @param {Filter} filter
 */
export function exportQuestion(filter) {
  return String(new URLSearchParams(question(filter)));
}
