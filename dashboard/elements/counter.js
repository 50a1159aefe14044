/**
 * What a view holds, in figures: "1,204 presses, 212 with words". Each leads to what it counts.
 *
 * @import { Counts } from "../types.js"
 * @import { Filter } from "../filter.js"
 * @import { Words } from "../words.js"
 */

import { linkTo } from "../filter.js";
import { make } from "./node.js";

const COUNTED = /** @type {const} */ (["outcome", "effect", "reason", "rating"]);

/**
 * @param {Counts} counts within the scope of the filter
 * @param {Filter} filter
 * @returns {{presses: number | null, words: number} | null} null for what the collector does not count; of what waits for
 *   somebody only words are counted
 */
export function counted(counts, filter) {
  const waits = waiting(counts, filter);
  if (waits !== undefined) return { presses: null, words: waits };
  if (filter.q || filter.since || filter.grave || filter.status || filter.waiting || filter.desk || filter.contact_point || filter.member || filter.callback || filter.ask) return null;
  if (filter.day) return counts.days.find((day) => day.day === filter.day) ?? { presses: 0, words: 0 };
  for (const name of COUNTED) {
    const value = filter[name];
    if (value) return { presses: counts.by[name]?.[value] ?? 0, words: counts.words_by[name]?.[value] ?? 0 };
  }
  return counts;
}

/**
 * @param {Counts} counts
 * @param {Filter} filter
 */
function waiting(counts, { q, since, day, grave, status, kind, waiting: spoke }) {
  if (q || since || day) return undefined;
  if (kind) return counts.kinds?.[kind] ?? 0;
  if (status === "new" && !spoke) return grave ? counts.grave_unread : counts.unread;
  return spoke && !grave && !status ? counts.waiting : undefined;
}

/**
 * @param {HTMLElement} line
 * @param {{presses: number | null, words: number} | null} numbers
 * @param {Filter} filter
 * @param {Words} words
 */
export function showCounter(line, numbers, filter, words) {
  line.hidden = !(numbers?.presses ?? numbers?.words);
  if (!numbers) return;
  const { words: _, ...rest } = filter;
  const { presses } = numbers;
  const parts = [
    ...(presses === null ? [] : [{ said: words.get("counter.presses", { n: presses }), href: linkTo({ ...rest, words: "all" }), current: filter.words === "all" }]),
    { said: words.get(presses === null ? "counter.only_words" : "counter.words", { n: numbers.words }), href: linkTo(rest), current: filter.words !== "all" },
  ];
  const said = parts.map((part) => part.said).join(", ");
  if (line.dataset.said === `${said}${parts[0]?.href}${filter.words}`) return;
  line.dataset.said = `${said}${parts[0]?.href}${filter.words}`;
  const links = parts.map(({ said, href, current }) => make("a", { href, "aria-current": current ? "true" : null }, said));
  line.replaceChildren(...links.flatMap((link, place) => (place ? [", ", link] : [link])));
}
