/**
 * Who gets a story every morning, beside the list of colleagues; each leads to its decision, where it is changed.
 *
 * @import { Mornings } from "./mornings.js"
 * @import { Tongue } from "../elements/article.js"
 */

import { deskLink } from "../desk/address.js";
import { glyph } from "../elements/glyph.js";
import { make } from "../elements/node.js";
import { figuresOf, isOff, stateOf } from "./says.js";

/** @param {Mornings} mornings @param {Tongue} tongue @returns {Node[]} nothing while nobody gets one */
export function showMornings({ items, offered }, tongue) {
  const { words, says } = tongue;
  if (!items?.length) return [];
  const heads = ["morning.decision", "morning.reader", "morning.state"].map((key) => make("th", { scope: "col" }, words.get(key)));
  const rows = items.map((morning) =>
    make("tr", {},
      make("th", { scope: "row" }, make("a", { href: deskLink(morning.decision), dir: "auto" }, says.decision(morning.decision))),
      make("td", {}, make("bdi", {}, morning.reader.name)),
      make("td", {}, isOff(morning) ? glyph("badly") : null, make("strong", {}, stateOf(morning, tongue)), make("span", { class: "soft figures-of" }, figuresOf(morning, tongue)))));
  return [
    make("h3", { id: "mornings-title" }, words.get("morning.team")),
    ...(offered ? [] : [make("p", { class: "hint" }, words.get("morning.no_mail"))]),
    make("table", { class: "members", "aria-labelledby": "mornings-title" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)),
  ];
}
