/**
 * Counts that stay right while people speak: what arrives is added here, what cannot be added is asked again.
 * Knows no DOM.
 *
 * @import { Change, Counts, Submission } from "./types.js"
 */

import { isGrave } from "./filter.js";

export const DIMENSIONS = /** @type {const} */ (["outcome", "effect", "reason", "rating", "language", "channel", "placement"]);

export class Figures {
  #admits;
  /** @type {Counts | null} */
  #counts = null;
  #asking = false;
  /** Whether something came that only the collector can count, or that its answer may or may not hold. */
  stale = false;

  /** @param {(submission: Submission) => boolean} admits by scope alone; presses without words count too */
  constructor(admits) {
    this.#admits = admits;
  }

  get counts() {
    return this.#counts;
  }

  /** The collector is asked: what comes from now on may be in its answer or not. */
  asking() {
    this.#asking = true;
    this.stale = false;
  }

  /** @param {Counts} counts as the collector has them now */
  set(counts) {
    this.#counts = counts;
    this.#asking = false;
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    for (const { change, submission } of changes) {
      if (!change.startsWith("submission.")) continue;
      const fresh = change === "submission.received" && submission?.revision === 1;
      if (!fresh || this.#asking) this.stale = true;
      else if (this.#counts && this.#admits(submission)) add(this.#counts, submission);
    }
  }
}

/**
 * @param {Counts} counts
 * @param {Submission} submission
 */
function add(counts, submission) {
  const words = submission.text ? 1 : 0;
  counts.presses += 1;
  counts.words += words;
  if (counts.unread !== undefined) counts.unread += words;
  if (counts.grave_unread !== undefined && isGrave(submission)) counts.grave_unread += words;
  for (const name of DIMENSIONS) {
    const value = submission[name];
    if (value === null) continue;
    for (const [table, number] of /** @type {const} */ ([[counts.by, 1], [counts.words_by, words]])) {
      const row = (table[name] ??= {});
      row[value] = (row[value] ?? 0) + number;
    }
  }
  const today = dayOf(submission.received_at);
  const last = counts.days.at(-1);
  if (last?.day === today) {
    last.presses += 1;
    last.words += words;
  } else if (!last || last.day < today) {
    counts.days.push({ day: today, presses: 1, words });
  }
}

/**
 * The day of a moment, where the reader is.
 * @param {number} at Unix milliseconds
 * @returns {string} `YYYY-MM-DD`
 */
export function dayOf(at) {
  const date = new Date(at);
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/**
 * The days until today without a gap: from the first on, but never fewer than so many, nor more; the newest last.
 * @param {readonly import("./types.js").Day[]} days in order
 * @param {string} today
 * @param {number} least
 * @param {number} most
 * @returns {import("./types.js").Day[]}
 */
export function everyDay(days, today, least, most) {
  const known = new Map(days.map((day) => [day.day, day]));
  const end = days.at(-1)?.day ?? today;
  const moment = new Date(`${end > today ? end : today}T12:00:00`);
  const first = days[0]?.day ?? today;
  /** @type {import("./types.js").Day[]} */
  const all = [];
  for (let left = most; left > 0; left -= 1) {
    const day = dayOf(moment.getTime());
    all.unshift(known.get(day) ?? { day, presses: 0, words: 0 });
    if (day <= first && all.length >= least) break;
    moment.setDate(moment.getDate() - 1);
  }
  return all;
}
