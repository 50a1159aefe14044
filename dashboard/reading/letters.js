/**
 * The letters as they lie on the table: first the lane, then all others in the order in which the collector gave them.
 * Nothing that happens moves one: what is new waits until it is let in, what was read stays where it lies, and only what
 * is erased leaves. Knows no DOM.
 *
 * @import { Change, Submission } from "../types.js"
 * @import { Because, Lane, Next, Order } from "./types.js"
 *
 * @typedef {{voice: Submission, because: Because[], days: number, lane: boolean, open: boolean}} Letter  `lane`: it lies in the
 *   lane; `open`: and no named person has read it
 */

import { isGrave } from "../filter.js";

const NEW = new Set(["submission.received", "submission.status", "submission.felt"]);
const BARE = 10_000; // so many are remembered

export class Letters {
  /** @type {Letter[]} */
  #letters = [];
  /** @type {Map<number, boolean>} what came since, by id: whether it is grave */
  #waiting = new Map();
  /** @type {Set<number>} presses that came since and may still get words */
  #bare = new Set();
  /** @type {string | null} from where to go on, null at the end */
  next = null;
  loaded = false;

  get all() {
    return /** @type {readonly Letter[]} */ (this.#letters);
  }

  /** How many that nobody has read wait to be let in. @returns {{grave: number, others: number}} */
  get waiting() {
    const grave = [...this.#waiting.values()].filter(Boolean).length;
    return { grave, others: this.#waiting.size - grave };
  }

  /** @param {number} id */
  find(id) {
    return this.#letters.find(({ voice }) => voice.id === id) ?? null;
  }

  /**
   * From the beginning.
   * @param {readonly Next[]} lane
   * @param {Order} order
   */
  fill(lane, order) {
    this.#letters = lane.map((item) => letter(item, true));
    this.#waiting.clear();
    this.loaded = true;
    this.append(order);
  }

  /** The next page. @param {Order} order */
  append({ items, next }) {
    const known = new Set(this.#letters.map(({ voice }) => voice.id));
    this.#letters.push(...items.filter(({ submission }) => !known.has(submission.id)).map((item) => letter(item, false)));
    this.next = next;
  }

  /**
   * Why each lies where it lies may have changed, and a named person may have read what lay in the lane.
   * @param {readonly Next[]} lane all that is open in it
   * @param {readonly Next[]} others
   * @returns {number[]} ids that look different now
   */
  refresh(lane, others) {
    const fresh = new Map([...lane, ...others].map((item) => [item.submission.id, item]));
    const open = new Set(lane.map(({ submission }) => submission.id));
    return this.#letters.filter((known) => {
      const item = fresh.get(known.voice.id);
      const closed = known.open && known.voice.status !== "new" && !open.has(known.voice.id);
      const because = item ? String([item.days, ...item.because]) !== String([known.days, ...known.because]) : false;
      if (item) Object.assign(known, { because: item.because, days: item.days });
      if (closed) known.open = false;
      return closed || because;
    }).map(({ voice }) => voice.id);
  }

  /**
   * @param {readonly Change[]} changes in the order of the log
   * @returns {{changed: number[], gone: number[]}} ids on the table that look different now, or left
   */
  apply(changes) {
    /** @type {Set<number>} */
    const changed = new Set();
    /** @type {Set<number>} */
    const gone = new Set();
    for (const { change, id, submission } of changes) {
      if (id === null || !change.startsWith("submission.")) continue;
      const left = !submission || submission.erased_at !== null || !submission.text;
      const known = this.find(id);
      if (known && left) {
        this.#letters.splice(this.#letters.indexOf(known), 1);
        gone.add(id);
      } else if (known && submission && submission.revision >= known.voice.revision) {
        known.voice = { ...submission, alike: known.voice.alike, burst: known.voice.burst };
        changed.add(id);
      }
      if (change === "submission.received" && this.#bare.size < BARE) this.#bare.add(id);
      if (left || submission.status !== "new") this.#waiting.delete(id);
      else if (!known && (NEW.has(change) || this.#bare.has(id) || this.#waiting.has(id))) {
        this.#waiting.set(id, isGrave(submission));
        this.#bare.delete(id);
      }
    }
    return { changed: [...changed].filter((id) => !gone.has(id)), gone: [...gone] };
  }
}

/** @param {Next} item @param {boolean} lane @returns {Letter} */
function letter({ submission, because, days }, lane) {
  return { voice: submission, because, days, lane, open: lane };
}
