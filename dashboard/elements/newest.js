/**
 * Just in: the newest voice, large, where nothing else is being read. It stays as long as a person needs to read it,
 * then the next may come; the stream beside it does not move.
 *
 * @import { Submission } from "../types.js"
 * @import { Tongue } from "./article.js"
 */

import { article } from "./article.js";
import { make } from "./node.js";

const LEAST_MS = 4_000;
const CHARACTER_MS = 50;
const MOST_MS = 20_000;
const PRESS_MS = 1_000;

/**
 * How long a voice stands before the next may come.
 * @param {Pick<Submission, "text">} submission
 */
export function readingTime({ text }) {
  return text ? Math.min(MOST_MS, LEAST_MS + text.length * CHARACTER_MS) : PRESS_MS;
}

export class Newest {
  #root;
  #tongue;
  #address;
  /** @type {Submission | null} */
  #shown = null;
  #until = 0;
  /** @type {Submission | null} */
  #next = null;
  #timer = 0;

  /**
   * @param {HTMLElement} root
   * @param {Tongue} tongue
   * @param {(id: number) => string} address
   */
  constructor(root, tongue, address) {
    this.#root = root;
    this.#tongue = tongue;
    this.#address = address;
  }

  /** @param {Submission} submission that has just come, or has just changed */
  offer(submission) {
    if (this.#shown?.id === submission.id) return this.#show(submission);
    if (this.#next && this.#next.text && !submission.text) return;
    this.#next = submission;
    this.#advance();
  }

  /** @param {number} id that is gone, and from here at once */
  withdraw(id) {
    if (this.#next?.id === id) this.#next = null;
    if (this.#shown?.id !== id) return;
    this.#shown = null;
    this.#until = 0;
    this.#root.replaceChildren();
    this.#root.hidden = true;
    this.#advance();
  }

  #advance() {
    clearTimeout(this.#timer);
    if (!this.#next) return;
    const wait = this.#until - performance.now();
    const held = this.#root.matches(":hover, :focus-within");
    if (wait > 0 || held) this.#timer = window.setTimeout(() => this.#advance(), Math.max(wait, 1_000));
    else this.#show(this.#next);
  }

  /** @param {Submission} submission */
  #show(submission) {
    if (this.#next?.id === submission.id) this.#next = null;
    const other = this.#shown?.id !== submission.id || !this.#shown.text;
    if (other) this.#until = performance.now() + readingTime(submission);
    this.#shown = submission;
    const node = article(submission, this.#tongue, this.#address(submission.id), "newest");
    node.removeAttribute("tabindex");
    node.querySelector("a.opens")?.removeAttribute("tabindex");
    this.#root.hidden = false;
    this.#root.replaceChildren(make("h2", {}, this.#tongue.words.get("newest.title")), node);
  }
}
