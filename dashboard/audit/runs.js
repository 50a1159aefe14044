/**
 * What somebody did several times on end is one row that opens: a log in which the same stands forty times hides the one line
 * that is another. Knows no DOM.
 *
 * @import { Entry } from "./audit.js"
 */

export const FOLDED = 3; // so many on end, and more

/**
 * Rows on end of the same person and the same act; of the same decision where there is one.
 * @param {readonly Entry[]} entries
 * @returns {Entry[][]} in their order, each with one row or more
 */
export function runs(entries) {
  /** @type {Entry[][]} */
  const found = [];
  for (const entry of entries) {
    const last = found.at(-1)?.[0];
    if (last && last.who === entry.who && last.act === entry.act && last.decision === entry.decision) found.at(-1)?.push(entry);
    else found.push([entry]);
  }
  return found.flatMap((run) => (run.length < FOLDED ? run.map((entry) => [entry]) : [run]));
}

/** Of how many voices the words were before her eyes in all of them; null where the act is not of that kind. @param {readonly Entry[]} run */
export function voices(run) {
  return run.every(({ number }) => number !== null) ? run.reduce((sum, { number }) => sum + (number ?? 0), 0) : null;
}
