/**
 * A key opens a field, and the field needs a moment to come: what is typed meanwhile are the first words of it, no keys of the
 * room.
 *
 * @import { Place } from "./keys.js"
 */

const PATIENCE_MS = 3_000; // when no field has come by then, keys are keys again

export class Typing {
  #until = 0;
  #typed = "";

  constructor() {
    addEventListener("focusin", ({ target }) => {
      if (this.#waits && target instanceof HTMLTextAreaElement) this.#give(target);
    });
  }

  get #waits() {
    return performance.now() < this.#until;
  }

  /** @param {boolean} coming whether a field is on its way */
  begin(coming) {
    this.#typed = "";
    this.#until = coming && !(document.activeElement instanceof HTMLTextAreaElement) ? performance.now() + PATIENCE_MS : 0;
  }

  /**
   * Whether a key belongs into the field that is on its way.
   * @param {KeyboardEvent} event
   * @param {Place} place
   */
  keeps({ key, ctrlKey, metaKey, altKey }, place) {
    if (!this.#waits || place === "text" || ctrlKey || metaKey || altKey) return false;
    if (key === "Escape" || key === "Tab") {
      this.#until = 0;
      return false;
    }
    if (key === "Backspace") this.#typed = this.#typed.slice(0, -1);
    else if (key.length === 1) this.#typed += key;
    else if (key === "Enter") this.#typed += "\n";
    return key.length === 1 || key === "Enter" || key === "Backspace";
  }

  /** @param {HTMLTextAreaElement} field */
  #give(field) {
    this.#until = 0;
    if (this.#typed) field.setRangeText(this.#typed, field.value.length, field.value.length, "end");
    this.#typed = "";
  }
}
