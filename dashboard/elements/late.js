/**
 * Whose answer is late stands above everything else: the team hears it first.
 *
 * @import { Theme } from "../themes/types.js"
 * @import { Tongue } from "./article.js"
 */

import { linkTo } from "../filter.js";
import { make } from "./node.js";

const SHOWN = 3;

/**
 * @param {HTMLElement} root
 * @param {readonly Theme[]} late the latest first
 * @param {Tongue} tongue
 */
export function showLate(root, late, { words, says, when }) {
  root.hidden = !late.length;
  const state = JSON.stringify(late.map(({ id, due, name }) => [id, due, name]));
  if (root.dataset.state === state) return;
  root.dataset.state = state;
  const items = late.slice(0, SHOWN).map(({ id, due }) => make("li", {}, make("a", { href: linkTo({ theme: String(id) }) }, make("bdi", {}, says.theme(id))), " · ", when.ofDay(due ?? "")));
  if (late.length > SHOWN) items.push(make("li", {}, make("a", { href: "#desk" }, words.get("late.more", { n: late.length - SHOWN }))));
  root.replaceChildren(make("p", {}, words.get("late.title", { n: late.length })), make("ul", {}, ...items));
}
