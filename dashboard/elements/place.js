/**
 * A place of the dashboard beside the voices: shown or not, built when it is first entered, and left again. What a place is
 * stands in `build`, `enter` and `leave`.
 *
 * @import { Words } from "../words.js"
 */

import { part } from "./node.js";

export class Place {
  root;
  #words;
  #shown = false;

  /**
   * @param {HTMLElement} root its section of the page
   * @param {Words} words
   */
  constructor(root, words) {
    this.root = root;
    this.#words = words;
  }

  get shown() {
    return this.#shown;
  }

  /** @param {boolean} shown */
  show(shown) {
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.root.hidden = !shown;
    if (!shown) return this.leave();
    if (!this.root.firstChild) this.build();
    part("unfold", HTMLElement).textContent = this.#words.get("place.unfold");
    // whoever pressed a link is led here; a page that has just loaded says its own name
    if (document.activeElement !== document.body) this.focus();
    this.enter();
  }

  /** Its nodes, once. */
  build() {}

  /** Every time it is shown. */
  enter() {}

  /** Every time it is no longer shown. */
  leave() {}

  /** Where the focus goes when somebody comes here. */
  focus() {
    this.root.focus({ preventScroll: true });
  }
}
