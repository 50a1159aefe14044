/**
 * What is shown to a meeting, as a fragment of the address: `#meeting?decision=…`, with the filters of the stream. `unread`: also
 * what no colleague has read yet. Knows no DOM.
 *
 * @import { Filter } from "../filter.js"
 *
 * @typedef {{filter: Filter, unread: boolean}} Showing
 */

import { linkTo, parseView, question } from "../filter.js";

export const MEETING = "#meeting";

/**
 * @param {string} fragment with or without its `#`
 * @returns {Showing | null} null for an address elsewhere
 */
export function meetingAddress(fragment) {
  const [path = "", query = ""] = fragment.replace(/^#/, "").split("?");
  if (path !== MEETING.slice(1)) return null;
  const { filter } = parseView(query);
  // what is searched for has no order of reading; who stands here was asked, and is not new
  for (const name of /** @type {const} */ (["q", "day", "since", "words", "status"])) delete filter[name];
  return { filter, unread: new URLSearchParams(query).get("unread") === "1" };
}

/** @param {Showing} showing */
export function meetingLink({ filter, unread }) {
  const said = new URLSearchParams(linkTo(filter).slice(1));
  if (unread) said.set("unread", "1");
  return said.size ? `${MEETING}?${said}` : MEETING;
}

/**
 * The question to the collector.
 * @param {Showing} showing
 * @param {{place?: string | null, limit: number}} page
 */
export function meetingQuestion({ filter: { from, to, ...filter }, unread }, { place = null, limit }) {
  const { words: _, ...asked } = question(filter);
  return new URLSearchParams({ ...asked, ...(from ? { from } : {}), ...(to ? { to } : {}), ...(unread ? { unread: "1" } : {}), ...(place ? { place } : {}), limit: String(limit) });
}
