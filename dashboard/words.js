/**
 * Our own words in the reader's language, with plurals and numbers as that language writes them. Knows no DOM.
 */

export const LANGUAGES = /** @type {const} */ (["nl", "fr", "de", "en"]);
/** How each writes dates and numbers here. */
export const LOCALES = { nl: "nl-BE", fr: "fr-BE", de: "de-BE", en: "en-GB" };
export const LANGUAGE_NAMES = { nl: "Nederlands", fr: "Français", de: "Deutsch", en: "English" };

/** @typedef {typeof LANGUAGES[number]} Language */
/** @typedef {Record<string, string | Record<string, string>>} Messages  a sentence, or one per plural category */

/**
 * The first language of ours that somebody wants.
 * @param {readonly (string | null | undefined)[]} wanted tags in the order of preference
 * @returns {Language}
 */
export function chosenLanguage(wanted) {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag?.toLowerCase().split("-")[0] === language);
    if (found) return found;
  }
  return "en";
}

export class Words {
  #messages;
  #numbers;
  #plural;
  /** @type {Map<string, string>} */
  #names = new Map();

  /**
   * @param {Language} language
   * @param {Messages} messages
   */
  constructor(language, messages) {
    this.language = language;
    this.#messages = messages;
    this.#numbers = new Intl.NumberFormat(LOCALES[language]);
    this.#plural = new Intl.PluralRules(language);
  }

  /** @param {string} key whether there is a sentence under it */
  has(key) {
    return key in this.#messages;
  }

  /**
   * The sentence under `key`; `{name}` in it is filled in, and `n` chooses the plural.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   * @returns {string} the key itself when there is no such sentence
   */
  get(key, values = {}) {
    const found = this.#messages[key];
    if (found === undefined) return key;
    const sentence = typeof found === "string" ? found : this.#form(found, Number(values.n));
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === "number" ? this.number(value) : value;
    });
  }

  /** @param {number} value */
  number(value) {
    return this.#numbers.format(value);
  }

  /** Names one after the other, as the language joins them. @param {readonly string[]} names */
  list(names) {
    return new Intl.ListFormat(LOCALES[this.language], { type: "conjunction" }).format(names);
  }

  /** Names one after the other, of which one holds. @param {readonly string[]} names */
  either(names) {
    return new Intl.ListFormat(LOCALES[this.language], { type: "disjunction" }).format(names);
  }

  /** The name of a language in the reader's own; the tag where it has none. @param {string} tag */
  languageName(tag) {
    let name = this.#names.get(tag);
    if (name === undefined) {
      try {
        name = new Intl.DisplayNames(this.language, { type: "language" }).of(tag) ?? tag;
      } catch {
        name = tag; // a tag that no register knows
      }
      this.#names.set(tag, name);
    }
    return name;
  }

  /**
   * @param {Record<string, string>} forms
   * @param {number} n
   */
  #form(forms, n) {
    if (n === 0 && forms.zero !== undefined) return forms.zero;
    return forms[this.#plural.select(n)] ?? forms.other ?? "";
  }
}
