/**
 * What can be done with the voices that are chosen, at the foot of the stream. It lies over the stream, so that nothing
 * moves when it comes.
 *
 * @import { Words } from "../words.js"
 */

import { make } from "../elements/node.js";

/**
 * @param {HTMLElement} root
 * @param {number} chosen how many
 * @param {Words} words
 * @param {Record<"sort" | "read" | "with" | "assign" | "answered" | "aside" | "clear", () => void>} doing
 */
export function showBatch(root, chosen, words, doing) {
  root.hidden = chosen === 0;
  if (!chosen) return root.replaceChildren();
  const known = root.querySelector(".chosen");
  const said = words.get("selection.n", { n: chosen });
  if (known) {
    known.textContent = said;
    return;
  }
  const button = (/** @type {"sort" | "read" | "with" | "assign" | "answered" | "aside" | "clear"} */ does, /** @type {string | null} */ key) => {
    const node = make("button", { type: "button", class: does === "sort" ? "main" : null, "aria-keyshortcuts": key }, words.get(`batch.${does}`));
    node.addEventListener("click", doing[does]);
    return node;
  };
  root.replaceChildren(make("p", { class: "chosen", role: "status" }, said), button("sort", "t"), button("read", "r"), button("with", "p"), button("assign", "m"), button("answered", "e"), button("aside", "d"), button("clear", null));
}
