/**
 * What a reader says a voice is; its author is not asked. Each has a key of its own: they go to different desks.
 * Knows no DOM.
 */

/** In the order of their keys, from 1 on. `rule`: it does not fit; `person`: one is needed. */
export const KINDS = /** @type {const} */ (["fault", "unclear", "rule", "person", "idea", "praise"]);

/** @typedef {typeof KINDS[number]} Kind */

/** @param {string} value @returns {value is Kind} */
export function isKind(value) {
  return KINDS.some((kind) => kind === value);
}
