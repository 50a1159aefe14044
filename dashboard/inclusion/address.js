/**
 * Where one is among the inclusion tests, as a fragment of the address: `#inclusion`, `#inclusion/KEY`. Knows no DOM.
 */

export const INCLUSION = "#inclusion";
const KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** @param {string} fragment @returns {{key: string | null} | null} null for an address elsewhere */
export function inclusionAddress(fragment) {
  const [place = "", key = ""] = fragment.split("/");
  if (place !== INCLUSION) return null;
  return { key: KEY.test(key) ? key : null };
}

/** @param {string} key of a placement */
export function inclusionLink(key) {
  return `${INCLUSION}/${key}`;
}
