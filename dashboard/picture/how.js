/**
 * How a difference is counted, in words.
 *
 * @import { Words } from "../words.js"
 */

import { make } from "../elements/node.js";

/** @param {Words} words */
export function margins(words) {
  return ["picture.how_margin", "picture.how_limits"].map((key) => make("p", {}, words.get(key)));
}

/** The same, folded. @param {Words} words */
export function how(words) {
  return make("details", { class: "rule" }, make("summary", {}, words.get("picture.how")), ...margins(words));
}
