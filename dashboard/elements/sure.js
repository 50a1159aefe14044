/**
 * A button for what cannot be undone: it asks once more, in its own place, and can be left.
 *
 * @import { Words } from "../words.js"
 */

import { make } from "./node.js";

/**
 * @param {Words} words
 * @param {{ask: string, sure: string, keep: string}} keys of the three sentences
 * @param {string} name of what it is about, for those who hear the page
 * @param {() => void} run
 */
export function sure(words, keys, name, run) {
  const node = make("span", { class: "sure" });
  const button = (/** @type {string} */ key, /** @type {() => void} */ pressed, /** @type {string | null} */ kind = null) => {
    const made = make("button", { type: "button", class: kind, "aria-label": name ? `${words.get(key)}: ${name}` : null }, words.get(key));
    made.addEventListener("click", pressed);
    return made;
  };
  const rest = (/** @type {boolean} */ back) => {
    const ask = button(keys.ask, () => {
      const yes = button(keys.sure, run, "grave");
      node.replaceChildren(yes, " ", button(keys.keep, () => rest(true)));
      yes.focus();
    });
    node.replaceChildren(ask);
    if (back) ask.focus();
  };
  rest(false);
  return node;
}
