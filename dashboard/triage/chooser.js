/**
 * One question with a few answers, over the page: a press, or the figure beside it, and it is done. Escape leaves it.
 *
 * @typedef {{value: string, label: string, hint?: string}} Choice
 */

import { make } from "../elements/node.js";

export class Chooser {
  #dialog;
  #title = make("h2", { id: "chooser-title" });
  #hint = make("p", { class: "hint" });
  #list = make("ul", { class: "choices" });
  #leave = make("button", { type: "button" });
  /** @type {((value: string | null) => void) | null} */
  #answer = null;
  /** @type {Element | null} */
  #before = null;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {import("../words.js").Words} words
   */
  constructor(dialog, words) {
    this.#dialog = dialog;
    this.#leave.textContent = words.get("chooser.leave");
    this.#leave.addEventListener("click", () => dialog.close());
    dialog.replaceChildren(this.#title, this.#hint, this.#list, make("p", { class: "ending" }, this.#leave));
    dialog.addEventListener("close", () => this.#end(null));
    dialog.addEventListener("keydown", (event) => this.#key(event));
  }

  /**
   * @param {string} title
   * @param {string} hint what happens with the answer
   * @param {readonly Choice[]} choices
   * @returns {Promise<string | null>} the value that was chosen; null when it was left
   */
  ask(title, hint, choices) {
    this.#end(null);
    this.#before = document.activeElement;
    this.#title.textContent = title;
    this.#hint.textContent = hint;
    this.#list.replaceChildren(...choices.map(({ value, label, hint: more }, place) => {
      const figure = place < 9 ? make("kbd", { "aria-hidden": "true" }, String(place + 1)) : null;
      const said = make("span", { class: "said" }, make("bdi", {}, label), more ? make("span", { class: "hint" }, more) : null);
      const button = make("button", { type: "button", "data-value": value, "aria-keyshortcuts": place < 9 ? String(place + 1) : null }, figure, said);
      button.addEventListener("click", () => this.#choose(value));
      return make("li", {}, button);
    }));
    this.#dialog.showModal();
    this.#buttons[0]?.focus();
    return new Promise((answer) => (this.#answer = answer));
  }

  get #buttons() {
    return [...this.#list.querySelectorAll("button")];
  }

  /** @param {string} value */
  #choose(value) {
    const answer = this.#answer;
    this.#answer = null;
    this.#dialog.close();
    this.#return();
    answer?.(value);
  }

  /** @param {string | null} value */
  #end(value) {
    const answer = this.#answer;
    this.#answer = null;
    if (!answer) return;
    this.#return();
    answer(value);
  }

  /** Back to where the keyboard was; what was drawn again meanwhile is found by what it does. */
  #return() {
    const before = this.#before instanceof HTMLElement ? this.#before : null;
    const again = before?.dataset.does ? document.querySelector(`[data-does="${before.dataset.does}"]`) : null;
    const found = before?.isConnected ? before : again;
    if (found instanceof HTMLElement) found.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = this.#buttons;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const digit = /^[1-9]$/.test(event.key) ? buttons[Number(event.key) - 1] : undefined;
    if (digit) {
      event.preventDefault();
      event.stopPropagation(); // the dialog is gone in a moment, and the page takes the same figures for something else
      digit.click();
    } else if (step) {
      event.preventDefault();
      const place = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
      buttons[(place + step + buttons.length) % buttons.length]?.focus();
    }
  }
}
