/**
 * One text in several languages, for a reader. Knows no DOM.
 *
 * @import { Texts } from "./types.js"
 */

import { LANGUAGES } from "../words.js";

/**
 * The text in the reader's language, else in the first there is, and which language that is.
 * @param {Texts} texts
 * @param {string} language
 * @returns {{text: string, lang: string}} two empty strings for none
 */
export function picked(texts, language) {
  const lang = [language, ...LANGUAGES].find((code) => texts[/** @type {import("../words.js").Language} */ (code)]) ?? "";
  return { text: texts[/** @type {import("../words.js").Language} */ (lang)] ?? "", lang };
}

/** Without outer white space and without languages that say nothing, in our order. @param {Texts} texts @returns {Texts} */
export function tidyTexts(texts) {
  /** @type {Texts} */
  const kept = {};
  for (const code of LANGUAGES) {
    const text = texts[code]?.replaceAll("\r\n", "\n").trim();
    if (text) kept[code] = text;
  }
  return kept;
}
