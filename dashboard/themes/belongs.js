/**
 * What a voice belongs to: the decision and the passage it is about, its themes, and whether its words are shown with
 * them in public.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { One } from "../types.js"
 *
 * @typedef {object} Belonging  What a reader may set in motion.
 * @property {() => void} sort
 * @property {(theme: number) => void} leave
 * @property {(theme: number, quoted: boolean) => void} quote
 */

import { partName } from "../elements/facts.js";
import { heard, make } from "../elements/node.js";
import { linkTo } from "../filter.js";

/**
 * @param {One} one
 * @param {boolean} may whether its reader may sort
 * @param {Tongue} tongue
 * @param {Belonging} doing
 * @returns {(HTMLElement | null)[]}
 */
export function belongs(one, may, tongue, doing) {
  return [one.decision ? about(one, one.decision, tongue) : null, one.text || one.themes.length ? themes(one, may, tongue, doing) : null];
}

/**
 * Which decision, in which phase, and which passage of which version.
 * @param {One} one
 * @param {string} key
 * @param {Tongue} tongue
 */
function about(one, key, { words, says }) {
  const line = make("p", { class: "about" }, make("a", { href: linkTo({ decision: key }) }, make("bdi", {}, says.decision(key))));
  if (one.phase) line.append(" · ", words.get(`phase.${one.phase}`));
  if (one.version) {
    const version = words.get("about.version", { n: one.version });
    // where another decision was merged in, its words are not known: only the key is left
    const keyed = one.section ? words.get("about.section", { section: one.section, n: one.version }) : version;
    const passage = one.part ? [...partName(one.part, words), `, ${version}`] : [keyed];
    const place = one.section ? `#section-${encodeURIComponent(one.section)}` : "#text";
    line.append(" · ", make("a", { href: `/d/${encodeURIComponent(key)}?lang=${words.language}&version=${one.version}${place}`, target: "_blank", rel: "noopener" }, ...passage));
  }
  return line;
}

/**
 * @param {One} one
 * @param {boolean} may
 * @param {Tongue} tongue
 * @param {Belonging} doing
 */
function themes(one, may, { words, says }, doing) {
  const list = make("ul", { class: "belongs" });
  for (const id of one.themes) {
    const name = says.theme(id);
    const item = make("li", {}, make("a", { href: linkTo({ theme: String(id) }) }, make("bdi", {}, name)));
    if (may) {
      const quoted = one.quoted.includes(id);
      if (one.permissions.quote && one.text) {
        const box = make("input", { type: "checkbox", checked: quoted, "data-does": `quote-${id}` });
        box.addEventListener("change", () => doing.quote(id, box.checked));
        item.append(make("label", { class: "quoting" }, box, words.get("theme.quote"), heard(`: ${name}`)));
      }
      const leave = make("button", { type: "button", class: "close", "data-does": `leave-${id}` }, make("span", { "aria-hidden": "true" }, "×"), heard(words.get("theme.leave", { theme: name })));
      leave.addEventListener("click", () => doing.leave(id));
      item.append(leave);
    }
    list.append(item);
  }
  const section = make("section", { class: "sorted noprint" }, make("h3", {}, words.get("themes.title")));
  if (one.themes.length) section.append(list);
  else section.append(make("p", { class: "hint" }, words.get("theme.none")));
  if (may && one.text) {
    const sort = make("button", { type: "button", "data-does": "sort", "aria-keyshortcuts": "t" }, words.get("do.sort"));
    sort.addEventListener("click", () => doing.sort());
    section.append(make("p", { class: "doings" }, sort));
    if (one.themes.length && !one.permissions.quote) section.append(make("p", { class: "hint" }, words.get("theme.no_quote")));
  }
  return section;
}
