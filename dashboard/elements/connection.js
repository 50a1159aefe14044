/**
 * The state of the connection, in words and in shape.
 *
 * @import { State } from "../feed.js"
 * @import { Words } from "../words.js"
 */

import { glyph } from "./glyph.js";
import { make } from "./node.js";

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
