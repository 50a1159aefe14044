/**
 * Fields of a form that are bound to what is being written: what stands there is the truth, the field shows it.
 *
 * @import { Language } from "../words.js"
 * @import { Texts } from "./types.js"
 *
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control
 *
 * @typedef {object} TextsField
 * @property {string} id of the field; that of a language adds it: `f-title-nl`
 * @property {string} label
 * @property {string} [hint]
 * @property {() => Texts} get
 * @property {readonly Language[]} languages in which it is written, side by side
 * @property {readonly Language[]} [required] among them
 * @property {number} [rows] 1: a line
 * @property {number} [limit] of characters
 * @property {(Node | null)[]} [more] what stands below
 */

import { make, set } from "../elements/node.js";
import { LANGUAGE_NAMES } from "../words.js";

export class Fields {
  #changed;
  /** @type {Map<Control, () => string>} */
  #bound = new Map();
  /** @type {WeakSet<Control>} those that stood on the page */
  #shown = new WeakSet();

  /** @param {() => void} changed somebody typed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** Shows in every field what is written by now. What somebody has under her fingers is left alone unless it differs. */
  sync() {
    for (const [control, get] of this.#bound) {
      if (control.isConnected) this.#shown.add(control);
      else if (this.#shown.has(control)) {
        this.#bound.delete(control); // it stood on the page and was taken away
        continue;
      }
      const value = get();
      const typing = document.activeElement === control && control.value.trim() === value.trim();
      if (control.value !== value && !typing) control.value = value;
    }
  }

  /**
   * @template {Control} T
   * @param {T} control
   * @param {() => string} get
   * @param {(value: string) => void} put
   */
  bind(control, get, put) {
    control.value = get();
    this.#bound.set(control, get);
    control.addEventListener(control instanceof HTMLSelectElement ? "change" : "input", () => {
      put(control.value);
      this.#changed();
    });
    return control;
  }

  /** A text in several languages, side by side. @param {TextsField} field */
  texts({ id, label, hint, get, languages, required = [], rows = 3, limit = 20_000, more = [] }) {
    const boxes = languages.map((code) => {
      const own = `${id}-${code}`;
      const attributes = { id: own, lang: code, maxlength: limit, spellcheck: "true", "aria-describedby": hint ? `${id}-hint` : null, "aria-required": required.includes(code) ? "true" : null };
      const control = rows === 1 ? make("input", { type: "text", autocomplete: "off", ...attributes }) : make("textarea", { rows, ...attributes });
      this.bind(control, () => get()[code] ?? "", (value) => {
        if (value) get()[code] = value;
        else delete get()[code];
      });
      return make("div", { class: "in-language" }, make("label", { for: own, lang: code }, LANGUAGE_NAMES[code]), control);
    });
    return make(
      "fieldset",
      { class: "texts", id },
      make("legend", {}, label),
      hint ? make("p", { class: "hint", id: `${id}-hint` }, hint) : null,
      make("div", { class: `languages n${languages.length}` }, ...boxes),
      ...more,
    );
  }

  /**
   * One line, a day, or a choice.
   * @param {{id: string, label: string, hint?: string, control: Control, get: () => string, put: (value: string) => void, more?: (Node | null)[]}} field
   */
  one({ id, label, hint, control, get, put, more = [] }) {
    set(control, { id, "aria-describedby": hint ? `${id}-hint` : null });
    this.bind(control, get, put);
    return make(
      "div",
      { class: "one-field" },
      make("label", { for: id }, label),
      hint ? make("p", { class: "hint", id: `${id}-hint` }, hint) : null,
      control,
      ...more,
    );
  }

  /**
   * A few sentences of which one holds.
   * @param {{id: string, label: string, hint?: string, options: [string, string][], get: () => string, put: (value: string) => void}} field
   */
  choice({ id, label, hint, options, get, put }) {
    const lines = options.map(([value, text]) => {
      const radio = make("input", { type: "radio", name: id, value, id: `${id}-${value || "none"}`, checked: get() === value });
      radio.addEventListener("change", () => {
        put(value);
        this.#changed();
      });
      return make("label", { class: "pick" }, radio, make("span", {}, text));
    });
    const node = make("fieldset", { class: "choice-of", id }, make("legend", {}, label), hint ? make("p", { class: "hint" }, hint) : null, ...lines);
    return node;
  }

  /**
   * Any of a few.
   * @param {{id: string, label: string, hint?: string, options: [string, string][], get: () => string[], put: (values: string[]) => void}} field
   */
  several({ id, label, hint, options, get, put }) {
    const lines = options.map(([value, text], place) => {
      const box = make("input", { type: "checkbox", value, id: `${id}-${place}`, checked: get().includes(value) });
      box.addEventListener("change", () => {
        put(box.checked ? [...get(), value] : get().filter((other) => other !== value));
        this.#changed();
      });
      return make("label", { class: "pick" }, box, make("bdi", {}, text));
    });
    return make("fieldset", { class: "choice-of", id }, make("legend", {}, label), hint ? make("p", { class: "hint" }, hint) : null, ...lines);
  }
}

/** @param {string} text @param {() => void} press @param {{class?: string, id?: string, label?: string}} [more] */
export function button(text, press, { class: kind, id, label } = {}) {
  const node = make("button", { type: "button", class: kind ?? null, id: id ?? null, "aria-label": label ?? null }, text);
  node.addEventListener("click", press);
  return node;
}

/** Puts the focus into a field, and opens what it is folded away in. @param {string} id */
export function goTo(id) {
  const found = document.getElementById(id);
  if (!found) return;
  for (let folded = found.closest("details"); folded; folded = folded.parentElement?.closest("details") ?? null) folded.open = true;
  const control = found.matches("input, textarea, select, button, a") ? found : found.querySelector("input, textarea, select");
  const target = control instanceof HTMLElement ? control : found;
  target.focus();
  target.scrollIntoView({ block: "center" });
}
