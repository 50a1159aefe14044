/**
 * What keeps a decision from being published, while it is being written: the same list as the collector's. Knows no DOM.
 *
 * @import { Language } from "../words.js"
 * @import { File, Texts } from "./types.js"
 */

import { tidy } from "./draft.js";

export const REQUIRED = /** @type {const} */ (["title", "open", "until", "contact_point", "gain"]);

/**
 * Names as the collector gives them: `until`, `title.fr`; a text that is not there at all is missing in each language.
 * @param {File} given
 * @param {readonly Language[]} languages
 * @returns {string[]}
 */
export function missingOf(given, languages) {
  const file = tidy(given);
  /** @type {string[]} */
  const found = [];
  const lacks = (/** @type {string} */ name, /** @type {Texts} */ texts) => found.push(...languages.filter((code) => !texts[code]).map((code) => `${name}.${code}`));
  for (const name of REQUIRED) {
    if (name === "until" || name === "contact_point") {
      if (!file[name]) found.push(name);
    } else lacks(name, file[name]);
  }
  for (const name of /** @type {const} */ (["summary", "stance_note", "subject"])) if (Object.keys(file[name]).length) lacks(name, file[name]);
  for (const row of file.fixed) for (const texts of [row.text, row.because]) if (Object.keys(texts).length) lacks("fixed", texts);
  for (const { question } of file.phases) if (Object.keys(question).length) lacks("phases", question);
  return [...new Set(found)];
}

/**
 * What the collector would refuse whatever the languages are: phases out of order, a pattern that is none.
 * @param {File} given
 * @returns {string[]} names of fields
 */
export function wrongOf(given) {
  const file = tidy(given);
  const found = [];
  const halves = given.phases.some(({ opens, closes, question }) => !opens && (closes || Object.values(question).some((text) => text.trim())));
  const order = file.phases.every(({ opens, closes }, place) => (!closes || closes >= opens) && (place === 0 || opens > (file.phases[place - 1]?.opens ?? "")));
  if (halves || !order) found.push("phases");
  if (file.patterns.some((line) => !line.startsWith("/") || /\s/.test(line))) found.push("patterns");
  if (file.fixed.some((row) => !Object.keys(row.text).length)) found.push("fixed");
  return found;
}

/**
 * The names of a refusal as this page shows them: a text that is missing whole, in each language.
 * @param {readonly string[]} names
 * @param {readonly Language[]} languages
 */
export function spelled(names, languages) {
  const texts = ["title", "open", "gain"];
  return [...new Set(names.flatMap((name) => (texts.includes(name) ? languages.map((code) => `${name}.${code}`) : [name])))];
}
