/**
 * Which voices of the stream are chosen, to be sorted at once. Knows no DOM.
 */

export class Selection {
  #changed;
  /** @type {Set<number>} */
  #ids = new Set();
  /** @type {number | null} the one that was chosen last */
  #last = null;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  get size() {
    return this.#ids.size;
  }

  get ids() {
    return [...this.#ids];
  }

  /** @param {number} id */
  has(id) {
    return this.#ids.has(id);
  }

  /** @param {number} id */
  toggle(id) {
    if (!this.#ids.delete(id)) this.#ids.add(id);
    this.#last = id;
    this.#changed();
  }

  /**
   * From the one chosen last to this one, both included; without a last one, this one.
   * @param {number} id
   * @param {readonly number[]} order ids as they stand in the stream
   */
  reach(id, order) {
    const [from, to] = [this.#last === null ? -1 : order.indexOf(this.#last), order.indexOf(id)];
    if (from < 0 || to < 0) return this.toggle(id);
    for (const between of order.slice(Math.min(from, to), Math.max(from, to) + 1)) this.#ids.add(between);
    this.#last = id;
    this.#changed();
  }

  /** Those that are shown no longer are not chosen any more. @param {(id: number) => boolean} shown */
  keep(shown) {
    const left = this.ids.filter(shown);
    if (left.length === this.#ids.size) return;
    this.#ids = new Set(left);
    this.#changed();
  }

  clear() {
    if (!this.#ids.size) return;
    this.#ids.clear();
    this.#last = null;
    this.#changed();
  }
}
