/**
 * A few answers of which one holds, chosen by a digit, an arrow or a press. Enter goes on.
 */

import { make } from "../elements/node.js";

export class Choice {
  node;
  #name;

  /**
   * @param {string} name
   * @param {string} label
   * @param {readonly (readonly [string, string])[]} options value and what it says
   * @param {{several?: boolean, key?: string}} [more] `several`: any of them
   */
  constructor(name, label, options, { several = false } = {}) {
    this.#name = name;
    this.node = make(
      "fieldset",
      { class: "choice" },
      make("legend", {}, label),
      ...options.map(([value, said], place) =>
        make("label", { class: "pick" }, make("input", { type: several ? "checkbox" : "radio", name, value, "data-does": `${name}-${value}` }), make("kbd", { "aria-hidden": "true" }, String(place + 1)), make("span", {}, said))),
    );
    this.node.addEventListener("keydown", (event) => {
      const box = this.#boxes[Number(event.key) - 1];
      if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      box.checked = several ? !box.checked : true;
      box.focus();
      box.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  get #boxes() {
    return [...this.node.querySelectorAll("input")];
  }

  /** @returns {string[]} */
  get values() {
    return this.#boxes.filter(({ checked }) => checked).map(({ value }) => value);
  }

  get name() {
    return this.#name;
  }

  focus() {
    (this.#boxes.find(({ checked }) => checked) ?? this.#boxes[0])?.focus();
  }
}
