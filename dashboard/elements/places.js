/**
 * The places of the dashboard: the voices, what is read first, the decisions, who is heard, whom citizens can reach, our colleagues. Each is an address; one of them is where we are.
 *
 * @import { Words } from "../words.js"
 */

import { CONTACTS } from "../contacts/address.js";
import { MEMBERS } from "../members/address.js";
import { hearingLink } from "../radar/address.js";
import { READING } from "../reading/address.js";
import { make, set } from "./node.js";

/** Name and address, in the order in which they stand. */
export const PLACES = /** @type {const} */ ([["voices", "#"], ["reading", READING], ["desk", "#desk"], ["radar", hearingLink("radar")], ["contacts", CONTACTS], ["members", MEMBERS]]);

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

/**
 * How many contact points nobody looked at for too long stands beside their place.
 * @param {HTMLElement} root
 * @param {number} number
 * @param {Words} words
 */
export function showStale(root, number, words) {
  const link = root.querySelector('[data-place="contacts"]');
  link?.replaceChildren(words.get("place.contacts"), ...(number ? [" ", make("span", { class: "to-check" }, words.get("contacts.to_check", { n: number }))] : []));
}
