/**
 * How the reserved lane is kept: how many of how many a named person has read, and how long that took. No figure stands
 * without the number that it is of.
 *
 * @import { Words } from "../words.js"
 * @import { Lane } from "./types.js"
 */

/**
 * @param {Lane} lane
 * @param {Words} words
 * @returns {string[]} sentences
 */
export function measure({ days, number, read, open, median_hours, longest_hours, oldest_hours }, words) {
  const told = [];
  if (number) told.push(words.get("lane.read", { read, n: number, percent: Math.floor((100 * read) / number), days }));
  else told.push(words.get("lane.none", { days }));
  if (read > 1) told.push(words.get("lane.took", { median: span(median_hours ?? 0, words), longest: span(longest_hours ?? 0, words) }));
  else if (read) told.push(words.get("lane.took_one", { longest: span(longest_hours ?? 0, words) }));
  if (open && oldest_hours !== null) told.push(words.get("lane.open", { n: open, oldest: span(oldest_hours, words) }));
  return told;
}

/**
 * So many minutes, hours or days, as people say it.
 * @param {number} hours
 * @param {Words} words
 */
export function span(hours, words) {
  if (hours < 1) return words.get("span.minutes", { n: Math.max(1, Math.round(hours * 60)) });
  return hours < 48 ? words.get("span.hours", { n: Math.round(hours) }) : words.get("span.days", { n: Math.round(hours / 24) });
}
