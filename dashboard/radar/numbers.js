/**
 * Numbers of people, as they are for colleagues and as they go out on paper: there in steps of five, and nothing under
 * five, so that nobody is known by them, nor by taking one from another.
 *
 * @import { Words } from "../words.js"
 */

import { make } from "../elements/node.js";
import { LOCALES } from "../words.js";

export const FEW = 5;

/** The number in steps of five, downwards; null under five. @param {number} number */
export function stepped(number) {
  return number < FEW ? null : number - (number % FEW);
}

/**
 * @param {number} share from 0 to 1
 * @param {Words} words
 */
export function percent(share, words) {
  const digits = share > 0 && share < 0.0095 ? 1 : 0;
  return new Intl.NumberFormat(LOCALES[words.language], { style: "percent", maximumFractionDigits: digits }).format(share);
}

/**
 * One number, on the screen and on paper.
 * @param {number} number
 * @param {Words} words
 */
export function count(number, words) {
  const out = stepped(number);
  return make("span", {}, make("span", { class: "inside" }, words.number(number)), make("span", { class: "outside" }, out === null ? words.get("hearing.few") : words.number(out)));
}

/**
 * A share with the n that it is of, on the screen and on paper.
 * @param {number} heard
 * @param {number} n
 * @param {Words} words
 */
export function rate(heard, n, words) {
  const [few, of] = [stepped(heard), stepped(n)];
  const said = (/** @type {number} */ a, /** @type {number} */ b) => words.get("hearing.rate", { share: percent(b ? a / b : 0, words), heard: words.number(a), n: b });
  const paper = of === null ? words.get("hearing.few") : few === null ? words.get("hearing.few_of", { n: of }) : said(few, of);
  return make("span", {}, make("span", { class: "inside" }, said(heard, n)), make("span", { class: "outside" }, paper));
}
