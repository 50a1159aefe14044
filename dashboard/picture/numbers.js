/**
 * What a picture is drawn from: its days put together so that they fit, and its numbers as they may leave the house. Knows no
 * DOM.
 *
 * @typedef {{value: string, presses: number, words: number, grave: number, bursts: number}} Slice
 * @typedef {{value: string, presses: number[], words: number[]}} Course
 * @typedef {object} PictureData
 * @property {string} from
 * @property {string} to
 * @property {number} presses
 * @property {number} words
 * @property {number} grave
 * @property {number} bursts
 * @property {Record<string, Slice[]>} by
 * @property {Slice[]} days
 * @property {Course[]} over
 *
 * @typedef {{from: string, to: string, presses: number, words: number, bursts: number, over: number[]}} Span  `over`: of each
 *   course
 * @typedef {"day" | "week" | "month"} Unit
 */

import { stepped } from "../radar/numbers.js";
import { daysOf, later } from "./address.js";

const MOST = { day: 62, week: 62 * 7 }; // columns that an eye can follow

/** @param {string} from @param {string} to @returns {Unit} */
export function unitOf(from, to) {
  const days = daysOf(from, to);
  return days <= MOST.day ? "day" : days <= MOST.week ? "week" : "month";
}

/**
 * All spans of a period without a gap, in order; the first and the last may be shorter.
 * @param {PictureData} picture
 * @param {Unit} unit
 * @returns {Span[]}
 */
export function spans({ from, to, days, over }, unit) {
  /** @type {Span[]} */
  const found = [];
  for (let day = from; day <= to; ) {
    const last = [endOf(day, unit), to].sort()[0] ?? to;
    found.push({ from: day, to: last, presses: 0, words: 0, bursts: 0, over: over.map(() => 0) });
    day = later(last, 1);
  }
  let place = 0;
  for (const [number, { value, presses, words, bursts }] of days.entries()) {
    while (found[place + 1] && (found[place]?.to ?? "") < value) place += 1;
    const span = found[place];
    if (!span) break;
    span.presses += presses;
    span.words += words;
    span.bursts += bursts;
    for (const [course, of] of over.entries()) span.over[course] = (span.over[course] ?? 0) + (of.presses[number] ?? 0);
  }
  return found;
}

/** The last day of the week (Sunday) or month that a day is in. @param {string} day @param {Unit} unit */
function endOf(day, unit) {
  if (unit === "day") return day;
  if (unit === "week") return later(day, (7 - new Date(`${day}T12:00:00`).getDay()) % 7);
  const [year, month] = day.split("-").map(Number);
  return later(`${month === 12 ? (year ?? 0) + 1 : year}-${String(((month ?? 0) % 12) + 1).padStart(2, "0")}-01`, -1);
}

/**
 * As it may go out on paper: each number in steps of five, downwards, and 0 for what is under five.
 * @param {PictureData} picture
 * @returns {PictureData}
 */
export function outside(picture) {
  const slices = (/** @type {Slice[]} */ of) => of.map((one) => ({ ...one, presses: out(one.presses), words: out(one.words), grave: out(one.grave), bursts: out(one.bursts) }));
  return {
    ...picture,
    presses: out(picture.presses),
    words: out(picture.words),
    grave: out(picture.grave),
    bursts: out(picture.bursts),
    by: Object.fromEntries(Object.entries(picture.by).map(([name, of]) => [name, slices(of)])),
  };
}

/** @param {readonly Span[]} all @returns {Span[]} */
export function spansOutside(all) {
  return all.map((one) => ({ ...one, presses: out(one.presses), words: out(one.words), bursts: out(one.bursts), over: one.over.map(out) }));
}

/** @param {number} number */
function out(number) {
  return stepped(number) ?? 0;
}
