/**
 * The places of the dashboard: the voices, the decisions, our colleagues. Each is an address; one of them is where we are.
 *
 * @import { Words } from "../words.js"
 */

import { MEMBERS } from "../members/address.js";
import { make, set } from "./node.js";

/** Name and address, in the order in which they stand. */
export const PLACES = /** @type {const} */ ([["voices", "#"], ["desk", "#desk"], ["members", MEMBERS]]);

/**
 * @param {HTMLElement} root
 * @param {typeof PLACES[number][0]} here
 * @param {Words} words
 */
export function showPlaces(root, here, words) {
  document.body.dataset.at = here;
  set(root, { "aria-label": words.get("places") });
  if (!root.firstChild) {
    root.append(...PLACES.map(([name, href]) => make("a", { href, "data-place": name }, words.get(`place.${name}`))));
  }
  for (const link of root.querySelectorAll("a")) set(link, { "aria-current": link.dataset.place === here ? "page" : null });
}
