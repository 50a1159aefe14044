/**
 * Where one is among the pages about who is heard, as a fragment of the address: `#radar`, `#rules` and
 * `#silence`; the first two of one decision as well, `#radar?decision=KEY`. Knows no DOM.
 *
 * @typedef {typeof PARTS[number]} HearingPart
 * @typedef {{part: HearingPart, decision: string | null}} HearingAddress
 */

/** In the order in which they stand. */
export const PARTS = /** @type {const} */ (["radar", "rules", "silence"]);
const KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;

/**
 * @param {string} fragment with or without its `#`
 * @returns {HearingAddress | null} null for an address elsewhere
 */
export function hearingAddress(fragment) {
  const [path = "", query = ""] = fragment.replace(/^#/, "").split("?");
  const part = PARTS.find((name) => name === path);
  if (!part) return null;
  const decision = new URLSearchParams(query).get("decision") ?? "";
  return { part, decision: part !== "silence" && KEY.test(decision) ? decision : null };
}

/** @param {HearingPart} part @param {string | null} [decision] */
export function hearingLink(part, decision = null) {
  return decision && part !== "silence" ? `#${part}?decision=${decision}` : `#${part}`;
}
