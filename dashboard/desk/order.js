/**
 * In which order decisions wait for a team: what is late first, then what is grave, then what closes first. Knows no DOM.
 *
 * @import { Lines, Overdue, WorkLine } from "./types.js"
 *
 * @typedef {WorkLine & {late: Overdue[]}} Line  with the themes whose answer is late
 * @typedef {object} Ordered
 * @property {Line[]} now those that are being decided, drafts among them
 * @property {Line[]} over decided, withdrawn or merged, and nothing waits there any more
 */

/** Whether somebody still waits there. @param {Line} line */
export function waits(line) {
  return line.late.length + line.grave_unread + line.unsorted + line.waiting + (line.themes - line.themes_answered) > 0;
}

/** @param {Lines} lines @returns {Ordered} */
export function ordered(lines) {
  const all = lines.decisions.map((line) => ({ ...line, late: lines.overdue.filter((found) => found.decision === line.key) }));
  const isOver = (/** @type {Line} */ line) => line.state === "withdrawn" || line.state === "merged" || (line.state === "decided" && !waits(line));
  return { now: all.filter((line) => !isOver(line)).sort(earlier), over: all.filter(isOver).sort((one, other) => other.changed_at - one.changed_at) };
}

/** @param {Line} one @param {Line} other */
function earlier(one, other) {
  const ranks = (/** @type {Line} */ line) => [
    line.late.length ? 0 : 1,
    line.grave_unread ? 0 : 1,
    line.state === "draft" ? 1 : 0,
    line.closes_at ?? Infinity,
    -line.changed_at,
  ];
  const [mine, its] = [ranks(one), ranks(other)];
  for (const [place, rank] of mine.entries()) {
    const against = /** @type {number} */ (its[place]);
    if (rank !== against) return rank - against;
  }
  return one.key.localeCompare(other.key);
}

/** How many decisions need somebody today. @param {Lines} lines */
export function pressing(lines) {
  return ordered(lines).now.filter((line) => line.late.length || line.grave_unread).length;
}

/**
 * The path of a page, as a pattern begins; null for what is no address.
 * @param {string} page
 */
export function pathOf(page) {
  try {
    return new URL(page, "https://page.invalid").pathname;
  } catch {
    return null;
  }
}
