/**
 * Where one is in the set-up, as a fragment of the address: `#setup`, `#setup/KEY`, `#setup/+` for a placement that is still to
 * be made. Knows no DOM.
 */

export const SETUP = "#setup";
export const NEW = "+";
const KEY = /^([a-z0-9][a-z0-9-]{0,62}|\+)$/;

/** @param {string} fragment @returns {{key: string | null} | null} null for an address elsewhere */
export function setupAddress(fragment) {
  const [place = "", key = ""] = fragment.split("/");
  if (place !== SETUP) return null;
  return { key: KEY.test(key) ? key : null };
}

/** @param {string} key of a placement, or `NEW` */
export function setupLink(key) {
  return `${SETUP}/${key}`;
}
