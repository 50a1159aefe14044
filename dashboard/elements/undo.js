/**
 * What was just done, and the way back. It stays until the next act, or until it is closed: nobody is hurried.
 *
 * @import { Words } from "../words.js"
 */

import { make } from "./node.js";

export class Undo {
  #root;
  #words;
  /** @type {(() => Promise<void>) | null} */
  #back = null;

  /**
   * @param {HTMLElement} root a live region
   * @param {Words} words
   */
  constructor(root, words) {
    this.#root = root;
    this.#words = words;
  }

  /**
   * @param {string} said what was done
   * @param {(() => Promise<void>) | null} back undoes it; null where nothing can
   */
  say(said, back) {
    this.#back = back;
    const undo = make("button", { type: "button", "aria-keyshortcuts": "z" }, this.#words.get("undo"));
    undo.addEventListener("click", () => void this.run());
    const close = make("button", { type: "button", class: "close", "aria-label": this.#words.get("undo.close") }, "×");
    close.addEventListener("click", () => this.clear());
    this.#root.replaceChildren(make("span", {}, said), ...(back ? [undo] : []), close);
    this.#root.hidden = false;
  }

  async run() {
    const back = this.#back;
    if (!back) return;
    this.#back = null;
    await back();
    this.say(this.#words.get("undo.done"), null);
  }

  clear() {
    this.#back = null;
    this.#root.hidden = true;
    this.#root.replaceChildren();
  }
}
