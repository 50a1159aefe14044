/**
 * The voices that a meeting sees, one after the other: each is asked for when it is its turn, so that what is noted as shown was
 * shown. What its author takes back is gone at once, also from what one goes back to. Knows no DOM.
 *
 * @import { Change, Submission } from "../types.js"
 *
 * @typedef {{items: {submission: Submission}[], next: string | null, number: number}} Page
 * @typedef {{submission: Submission, gone: boolean}} Shown
 */

export class Voices {
  #ask;
  /** @type {Shown[]} */
  #shown = [];
  #at = -1;
  /** @type {string | null} */
  #next = null;
  #asking = false;
  /** How many there were when it was asked last. */
  number = 0;

  /** @param {(place: string | null) => Promise<Page>} ask for the voice at a place, the first one for null */
  constructor(ask) {
    this.#ask = ask;
  }

  /** The one that is on the screen; null before the first and after the last. */
  get now() {
    return this.#shown[this.#at] ?? null;
  }

  /** Which one it is, counted from 1. */
  get place() {
    return this.#at + 1;
  }

  get ended() {
    return this.#at >= this.#shown.length;
  }

  get first() {
    return !this.#shown.slice(0, Math.max(0, this.#at)).some(({ gone }) => !gone);
  }

  /** The next one, or the end. @returns {Promise<boolean>} whether anything moved */
  async forward() {
    if (this.#asking || (this.ended && this.#at >= 0)) return false;
    for (let at = this.#at + 1; at < this.#shown.length; at += 1) if (!this.#shown[at]?.gone) return this.#go(at);
    if (this.#shown.length && this.#next === null) return this.#go(this.#shown.length);
    this.#asking = true;
    try {
      const { items, next, number } = await this.#ask(this.#next);
      this.#next = next;
      this.number = number;
      const found = items.filter(({ submission }) => !this.#shown.some((one) => one.submission.id === submission.id));
      this.#shown.push(...found.map(({ submission }) => ({ submission, gone: false })));
      return this.#go(this.#shown.length - (found.length ? 1 : 0));
    } finally {
      this.#asking = false;
    }
  }

  /** The one before. */
  back() {
    for (let at = Math.min(this.#at, this.#shown.length) - 1; at >= 0; at -= 1) if (!this.#shown[at]?.gone) return this.#go(at);
    return false;
  }

  /**
   * What may not be shown any more is gone, and what its author wrote anew stands there.
   * @param {readonly Change[]} changes
   * @returns {boolean} whether the one on the screen changed
   */
  apply(changes) {
    let here = false;
    for (const { change, id, submission } of changes) {
      const known = change.startsWith("submission.") && this.#shown.find((one) => one.submission.id === id);
      if (!known) continue;
      const before = known.submission.text;
      known.gone = !submission?.text || !submission.permissions.quote || submission.status === "aside" || submission.erased_at !== null;
      if (submission) known.submission = submission;
      here ||= known === this.now && (known.gone || before !== submission?.text);
    }
    return here;
  }

  /** @param {number} at */
  #go(at) {
    this.#at = at;
    return true;
  }
}
