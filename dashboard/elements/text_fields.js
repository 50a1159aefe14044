/**
 * One text in several languages, a field for each, side by side where there is room.
 *
 * @import { Texts } from "../desk/types.js"
 * @import { Language, Words } from "../words.js"
 *
 * @typedef {object} Asked
 * @property {string} name for the ids of the fields
 * @property {string} label
 * @property {readonly Language[]} languages each is needed
 * @property {readonly Language[]} [more] these may be said as well
 * @property {Words} words
 * @property {number} lines
 * @property {number} limit of characters
 */

import { make, set } from "./node.js";

export class TextFields {
  /** @type {Map<Language, HTMLInputElement | HTMLTextAreaElement>} */
  #fields = new Map();
  #needed;
  #words;
  node;

  /** @param {Asked} asked */
  constructor({ name, label, languages, more = [], words, lines, limit }) {
    this.#needed = languages;
    this.#words = words;
    const field = (/** @type {Language} */ language) => {
      const attributes = { id: `${name}-${language}`, lang: language, dir: "auto", maxlength: limit, "data-does": `${name}-${language}` };
      const input = lines > 1 ? make("textarea", { ...attributes, rows: lines }) : make("input", { ...attributes, type: "text", autocomplete: "off" });
      input.addEventListener("input", () => set(input, { "aria-invalid": null, "aria-describedby": null }));
      this.#fields.set(language, input);
      const told = make("span", { class: "wrong", id: `${name}-${language}-wrong`, hidden: true }, words.get("field.needed"));
      input.addEventListener("input", () => (told.hidden = true));
      return make("p", { class: "field" }, make("label", { for: `${name}-${language}` }, `${label}, ${words.get("field.in", { language: words.languageName(language) })}`), input, told);
    };
    this.node = make("div", { class: "languages" }, ...languages.map(field));
    const others = more.filter((language) => !languages.includes(language));
    if (others.length) {
      this.node.append(make("details", { class: "more" }, make("summary", {}, words.get("field.more")), make("div", { class: "languages" }, ...others.map(field))));
    }
  }

  /** @returns {Texts} what is said, without outer white space */
  read() {
    /** @type {Texts} */
    const texts = {};
    for (const [language, { value }] of this.#fields) if (value.trim()) texts[language] = value.trim();
    return texts;
  }

  /** @param {Texts} texts */
  write(texts) {
    for (const [language, field] of this.#fields) {
      field.value = texts[language] ?? "";
      if (field.value) field.closest("details")?.setAttribute("open", "");
    }
  }

  /** Whether each needed language says something; the first that does not gets the focus. */
  check() {
    const missing = this.#needed.filter((language) => !this.#fields.get(language)?.value.trim());
    for (const language of missing) {
      const field = this.#fields.get(language);
      const told = this.node.querySelector(`#${field?.id}-wrong`);
      if (!field || !(told instanceof HTMLElement)) continue;
      told.hidden = false;
      set(field, { "aria-invalid": "true", "aria-describedby": told.id });
    }
    if (missing[0]) this.focus(missing[0]);
    return !missing.length;
  }

  /** @param {Language} language */
  focus(language) {
    this.#fields.get(language)?.focus();
  }
}
