/**
 * What it is, as its reader says: six buttons, of which one at most is pressed. The figure on each is its key.
 *
 * @import { Tongue } from "./article.js"
 * @import { Kind } from "../kinds.js"
 */

import { KINDS } from "../kinds.js";
import { make } from "./node.js";

/**
 * @param {string | null} chosen
 * @param {Tongue} tongue
 * @param {(kind: Kind) => void} choose the one that is pressed already: it is taken away
 */
export function kinds(chosen, { words }, choose) {
  const row = make("div", { class: "kinds noprint", role: "group", "aria-label": words.get("kind.title") }, make("span", { class: "asked", "aria-hidden": "true" }, words.get("kind.title")));
  KINDS.forEach((kind, place) => {
    const key = String(place + 1);
    const button = make(
      "button",
      { type: "button", "data-does": `kind-${kind}`, "aria-pressed": String(kind === chosen), "aria-keyshortcuts": key },
      make("kbd", { "aria-hidden": "true" }, key),
      words.get(`kind.${kind}`),
    );
    button.addEventListener("click", () => choose(kind));
    row.append(button);
  });
  return row;
}
