/**
 * The figures of a view: counts within its scope, and for each part of the scope counts without it, so that its other
 * values can be chosen. Equal questions are asked once. Knows no DOM.
 *
 * @import { Api } from "./api.js"
 * @import { Filter } from "./filter.js"
 * @import { Change, Counts } from "./types.js"
 */

import { admits, SCOPE } from "./filter.js";
import { Figures } from "./figures.js";

/** The parts of the scope whose other values are offered with their counts. */
const CHOSEN = /** @type {const} */ (["placement", "language", "channel"]);
const QUIET_MS = 1_200; // after the last change, figures that cannot be added up are asked again
const BUSY_MS = 15_000; // when it never gets quiet

export class Facets {
  #api;
  #changed;
  #failed;
  /** @type {Map<string, Figures>} by the question, as JSON */
  #asked = new Map();
  /** @type {Filter} */
  #scope = {};
  #loading = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #staleSince = 0;

  /**
   * @param {Api} api
   * @param {() => void} changed
   * @param {(error: unknown) => void} failed
   */
  constructor(api, changed, failed) {
    this.#api = api;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** @param {Filter} scope */
  scope(scope) {
    this.#scope = scope;
    const wanted = new Map([null, ...CHOSEN].map((left) => this.#question(left)).map((asked) => [JSON.stringify(asked), asked]));
    for (const key of this.#asked.keys()) if (!wanted.has(key)) this.#asked.delete(key);
    for (const [key, asked] of wanted) {
      if (!this.#asked.has(key)) this.#asked.set(key, new Figures((submission) => admits({ ...asked, words: "all" }, submission)));
    }
    void this.#load();
  }

  /** Within the whole scope. @returns {Counts | null} */
  get all() {
    return this.#of(null);
  }

  /** With one part of the scope left out. @param {typeof CHOSEN[number]} part @returns {Counts | null} */
  without(part) {
    return this.#of(part);
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    for (const figures of this.#asked.values()) figures.apply(changes);
    this.#changed();
    this.#settle();
  }

  #settle() {
    if (![...this.#asked.values()].some((figures) => figures.stale)) return;
    this.#staleSince ||= Date.now();
    clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(QUIET_MS, this.#staleSince + BUSY_MS - Date.now()));
    this.#timer = setTimeout(() => void this.#load(), wait);
  }

  async #load() {
    clearTimeout(this.#timer);
    this.#staleSince = 0;
    this.#loading.abort();
    const { signal } = (this.#loading = new AbortController());
    try {
      await Promise.all(
        [...this.#asked].map(async ([key, figures]) => {
          figures.asking();
          figures.set(await this.#api.counts(JSON.parse(key), signal));
        }),
      );
      this.#changed();
      this.#settle();
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    }
  }

  /** @param {typeof CHOSEN[number] | null} left */
  #of(left) {
    return this.#asked.get(JSON.stringify(this.#question(left)))?.counts ?? null;
  }

  /**
   * @param {typeof CHOSEN[number] | null} left
   * @returns {Record<string, string>}
   */
  #question(left) {
    /** @type {Record<string, string>} */
    const asked = {};
    for (const name of SCOPE) if (name !== left && this.#scope[name]) asked[name] = this.#scope[name];
    return asked;
  }
}
