/**
 * Words as one searches them: without accents and capitals. Knows no DOM.
 */

/** @param {string} text */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
