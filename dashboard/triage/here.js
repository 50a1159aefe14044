/**
 * The others who are here now, and where to read what they read.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { People } from "./people.js"
 */

import { make } from "../elements/node.js";
import { linkTo } from "../filter.js";

/**
 * @param {HTMLElement} root
 * @param {People} people
 * @param {Tongue} tongue
 */
export function showHere(root, people, { words }) {
  const { others } = people;
  root.hidden = !others.length;
  const items = others.map(({ name, office, reading }) => {
    const links = reading.slice(0, 1).map((id) => make("a", { href: linkTo({}, { open: id }) }, words.get("here.reads")));
    return make("li", {}, make("bdi", { class: "name" }, name), office ? make("span", { class: "office" }, office) : null, ...links);
  });
  root.replaceChildren(make("h2", { id: "here-title" }, words.get("here.title")), make("ul", {}, ...items));
}
