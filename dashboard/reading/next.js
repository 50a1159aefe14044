/**
 * One key for what comes next: it opens the first voice of the list that is not open already. Knows no DOM but the address.
 *
 * @import { Api } from "../api.js"
 * @import { Words } from "../words.js"
 * @import { Todo } from "./types.js"
 */

import { linkTo } from "../filter.js";

const LOOKED = 50; // voices of the list that are looked through for the one that is open

export class NextUp {
  #api;
  #words;
  #say;
  #failed;

  /**
   * @param {Api} api
   * @param {Words} words
   * @param {(said: string) => void} say
   * @param {(error: unknown) => void} failed
   */
  constructor(api, words, say, failed) {
    this.#api = api;
    this.#words = words;
    this.#say = say;
    this.#failed = failed;
  }

  /** @param {number | null} open the voice that is open */
  async go(open) {
    try {
      /** @type {{items: Todo[]}} */
      const { items } = await this.#api.ask("GET", `/api/next?limit=${LOOKED}`);
      const found = following(items, open);
      if (!found) return this.#say(this.#words.get("todo.nothing"));
      this.#say(this.#words.get(`todo.goes.${found.why}`));
      location.hash = linkTo({}, { open: found.submission.id });
    } catch (error) {
      this.#failed(error);
    }
  }
}

/**
 * The one after that which is open; the first when that is none of them, or the last.
 * @param {readonly Todo[]} items
 * @param {number | null} open
 * @returns {Todo | null} null when nothing else is there
 */
export function following(items, open) {
  const place = items.findIndex(({ submission }) => submission.id === open);
  return items[place + 1] ?? items.find(({ submission }) => submission.id !== open) ?? null;
}
