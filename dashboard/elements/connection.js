/**
 * The state of the connection, in words and in shape; and what went wrong, where it is seen.
 *
 * @import { State } from "../feed.js"
 * @import { Words } from "../words.js"
 */

import { glyph } from "./glyph.js";
import { make, part } from "./node.js";

/**
 * @param {HTMLElement} root a live region
 * @param {State} state
 * @param {Words} words
 * @param {() => void} hurry
 */
export function showConnection(root, state, words, hurry) {
  root.className = `connection ${state}`;
  const parts = [glyph(state), make("span", {}, words.get(`connection.${state}`))];
  root.replaceChildren(...parts);
  if (state !== "lost") return;
  const button = make("button", { type: "button", class: "plain" }, words.get("connection.try"));
  button.addEventListener("click", hurry);
  root.append(" ", button);
}

/**
 * @param {string} sentence what happened and what to do; empty when all is well
 * @param {"list" | "one"} where
 */
export function showTrouble(sentence, where) {
  for (const place of /** @type {const} */ (["list", "one"])) {
    const node = part(place === "list" ? "trouble" : "trouble-one", HTMLElement);
    node.textContent = place === where ? sentence : "";
    node.hidden = place !== where || !sentence;
  }
}
