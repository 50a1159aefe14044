/**
 * The themes of a decision, or those of none: late ones first, then what has no answer yet.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { Theme } from "./types.js"
 */

import { glyph } from "../elements/glyph.js";
import { make } from "../elements/node.js";
import { linkTo } from "../filter.js";
import { outcomeOf } from "./shown.js";
import { isLate } from "./themes.js";

/**
 * @param {readonly Theme[]} themes in their order
 * @param {Tongue} tongue
 * @param {string} today where the agency is
 * @param {boolean} expecting whether it is said which ones were expected
 */
export function list(themes, tongue, today, expecting) {
  const { words, says } = tongue;
  const items = themes.map((theme) => {
    const parts = [
      make("span", {}, words.get("theme.voices", { n: theme.voices })),
      theme.grave ? make("a", { href: linkTo({ theme: String(theme.id), grave: "1" }) }, glyph("grave"), words.get("theme.grave", { n: theme.grave })) : null,
      theme.unread ? make("a", { href: linkTo({ theme: String(theme.id), status: "new" }) }, words.get("theme.unread", { n: theme.unread })) : null,
      expecting && theme.expected === null ? make("span", { class: "unexpected" }, words.get("theme.unexpected")) : null,
    ].filter((part) => part !== null);
    return make(
      "li",
      {},
      make("p", { class: "name" }, make("a", { href: linkTo({ theme: String(theme.id) }) }, make("bdi", {}, says.theme(theme.id)))),
      make("p", { class: "facts-line" }, ...parts.flatMap((part, place) => (place ? [" · ", part] : [part]))),
      standing(theme, tongue, today),
    );
  });
  return make("ul", { class: "themes" }, ...items);
}

/**
 * Where its answer stands: late, owed by a day, written but not published, given.
 * @param {Theme} theme
 * @param {Tongue} tongue
 * @param {string} today
 */
export function standing(theme, tongue, today) {
  const { words, when } = tongue;
  const line = make("p", { class: "standing" });
  if (theme.response) line.append(make("span", { class: "given" }, words.get("theme.answered")), " ", outcomeOf(theme.response, tongue));
  else if (isLate(theme, today)) line.append(make("strong", { class: "late" }, words.get("theme.late", { day: when.ofDay(theme.due ?? "") })));
  else if (theme.due) line.append(words.get("theme.due", { day: when.ofDay(theme.due) }));
  else line.append(words.get("theme.open"));
  if (theme.draft) line.append(" · ", make("span", { class: "draft" }, words.get("theme.draft", { by: theme.draft.by ?? "" })));
  return line;
}
