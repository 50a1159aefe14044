/**
 * One setting: its name, its field, and what it does.
 *
 * @import { Child } from "../elements/node.js"
 * @import { Language, Words } from "../words.js"
 */

import { make, set } from "../elements/node.js";
import { LANGUAGE_NAMES, LANGUAGES } from "../words.js";

/**
 * @param {Words} words
 * @param {string} name of the setting: its sentences are `setup.NAME` and `setup.NAME_does`
 * @param {HTMLElement} input with an id
 * @param {...Child} more below what it does
 */
export function setting(words, name, input, ...more) {
  set(input, { "aria-describedby": `${input.id}-does` });
  input.addEventListener("input", () => set(input, { "aria-invalid": null }));
  return make(
    "div",
    { class: "field" },
    make("label", { for: input.id }, words.get(`setup.${name}`)),
    make("p", { class: "hint", id: `${input.id}-does` }, words.get(`setup.${name}_does`)),
    input,
    ...more,
  );
}

/** Several fields that are one setting. @param {Words} words @param {string} name @param {...Child} fields */
export function group(words, name, ...fields) {
  const id = `setup-${name}-does`;
  return make("fieldset", { class: "field", "aria-describedby": id }, make("legend", {}, words.get(`setup.${name}`)), make("p", { class: "hint", id }, words.get(`setup.${name}_does`)), ...fields);
}

/** A tick for each language. */
export class Ticks {
  /** @type {Map<Language, HTMLInputElement>} */
  #boxes = new Map();
  /** @type {Language[]} */
  #order = [];
  node;

  /** @param {Words} words @param {string} name of the setting */
  constructor(words, name) {
    for (const code of LANGUAGES) this.#boxes.set(code, make("input", { type: "checkbox", id: `${name}-${code}` }));
    this.node = group(words, name, make("p", { class: "ticks" }, ...[...this.#boxes].map(([code, box]) => make("label", { class: "tick", lang: code }, box, " ", LANGUAGE_NAMES[code]))));
  }

  /** Those that were there stay in their order. @returns {Language[]} */
  read() {
    const ticked = LANGUAGES.filter((code) => this.#boxes.get(code)?.checked);
    return [...this.#order.filter((code) => ticked.includes(code)), ...ticked.filter((code) => !this.#order.includes(code))];
  }

  /** @param {readonly Language[]} languages */
  write(languages) {
    this.#order = [...languages];
    for (const [code, box] of this.#boxes) box.checked = languages.includes(code);
  }

  focus() {
    this.#boxes.values().next().value?.focus();
  }
}

/** A line for each language, as one setting. */
export class Lines {
  /** @type {Map<Language, HTMLInputElement>} */
  #inputs = new Map();
  node;

  /** @param {Words} words @param {string} name of the setting @param {number} limit of characters */
  constructor(words, name, limit) {
    for (const code of LANGUAGES) this.#inputs.set(code, make("input", { type: "text", id: `${name}-${code}`, lang: code, maxlength: limit, autocomplete: "off" }));
    this.node = group(words, name, make("div", { class: "languages" }, ...[...this.#inputs].map(([code, input]) => make("p", { class: "field" }, make("label", { for: input.id, lang: code }, LANGUAGE_NAMES[code]), input))));
  }

  /** @returns {Partial<Record<Language, string>>} */
  read() {
    return Object.fromEntries([...this.#inputs].map(([code, { value }]) => [code, value.trim()]).filter(([, value]) => value));
  }

  /** @param {Partial<Record<Language, string>>} texts */
  write(texts) {
    for (const [code, input] of this.#inputs) input.value = texts[code] ?? "";
  }

  focus() {
    this.#inputs.values().next().value?.focus();
  }
}
