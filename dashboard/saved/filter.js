/**
 * What was saved, as a view of the dashboard. Knows no DOM.
 *
 * @import { Filter } from "../filter.js"
 */

/**
 * The view that a question of the list asks for: the reverse of `question`.
 * @param {Record<string, string>} asked
 * @returns {Filter}
 */
export function filterOf({ words, ...asked }) {
  return { ...asked, ...(words ? {} : { words: "all" }) };
}
