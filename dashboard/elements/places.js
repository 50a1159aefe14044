/**
 * The places of the dashboard: the voices, the decisions, whom citizens can reach, our colleagues and more. Each is an
 * address; one of them is where we are. A new place is one row here, one line in `app.js`, which fetches it when somebody enters it, and a section in the page.
 *
 * @import { Words } from "../words.js"
 */

import { ACCESS } from "../access/address.js";
import { AUDIT } from "../audit/address.js";
import { BARRIERS } from "../barriers/address.js";
import { CONTACTS } from "../contacts/address.js";
import { COUNTER } from "../counter/address.js";
import { deskAddress } from "../desk/address.js";
import { HOOKS } from "../hooks/address.js";
import { INCLUSION, inclusionAddress } from "../inclusion/address.js";
import { MEETING, meetingAddress } from "../meeting/address.js";
import { MEMBERS } from "../members/address.js";
import { hearingAddress, hearingLink } from "../radar/address.js";
import { PICTURE, pictureAddress } from "../picture/address.js";
import { READING } from "../reading/address.js";
import { ROUTING } from "../routing/address.js";
import { SETUP, setupAddress } from "../setup/address.js";
import { make, set } from "./node.js";

/** Name, address, the id of the section that is it, and for whom alone it is, in the order in which they stand. */
export const PLACES = /** @type {const} */ ([
  ["voices", "#", "main"],
  ["reading", READING, "readfirst"],
  ["counter", COUNTER, "taking"],
  ["desk", "#desk", "workdesk"],
  ["radar", hearingLink("radar"), "hearing"],
  ["picture", PICTURE, "picture"],
  ["meeting", MEETING, "meeting"],
  ["inclusion", INCLUSION, "inclusion"],
  ["contacts", CONTACTS, "contacts"],
  ["routing", ROUTING, "routing"],
  ["barriers", BARRIERS, "barriers"],
  ["members", MEMBERS, "colleagues"],
  ["access", ACCESS, "access"],
  ["hooks", HOOKS, "hooks", "admin"],
  ["audit", AUDIT, "audit", "admin"],
  ["setup", SETUP, "setup", "admin"],
]);

/** @typedef {typeof PLACES[number][0]} PlaceName */

/** Which place a fragment is the address of; the voices when it is no other's. @param {string} fragment @returns {PlaceName} */
export function placeAt(fragment) {
  if (deskAddress(fragment)) return "desk";
  if (hearingAddress(fragment)) return "radar";
  if (inclusionAddress(fragment)) return "inclusion";
  if (setupAddress(fragment)) return "setup";
  if (pictureAddress(fragment, "")) return "picture";
  if (meetingAddress(fragment)) return "meeting";
  return PLACES.find(([, address]) => address === fragment)?.[0] ?? "voices";
}

/** The id of the section of a place. @param {string | undefined} name */
export function sectionOf(name) {
  return PLACES.find(([place]) => place === name)?.[2] ?? "main";
}

/**
 * @param {HTMLElement} root
 * @param {PlaceName} here
 * @param {Words} words
 * @param {string} role of who looks
 */
export function showPlaces(root, here, words, role) {
  document.body.dataset.at = here;
  set(root, { "aria-label": words.get("places") });
  if (!root.firstChild) {
    root.append(...PLACES.filter(([, , , only]) => !only || only === role).map(([name, href]) => make("a", { href, "data-place": name }, words.get(`place.${name}`))));
  }
  for (const link of root.querySelectorAll("a")) set(link, { "aria-current": link.dataset.place === here ? "page" : null });
}

/**
 * A few words beside a place: what waits there, as long as something does.
 * @param {HTMLElement} root
 * @param {PlaceName} name
 * @param {string} beside
 * @param {Words} words
 */
export function showBeside(root, name, beside, words) {
  const link = root.querySelector(`[data-place="${name}"]`);
  link?.replaceChildren(words.get(`place.${name}`), ...(beside ? [" ", make("span", { class: "beside" }, beside)] : []));
}
