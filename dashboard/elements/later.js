/**
 * A place whose code is fetched when somebody first goes there: most sessions see three of a dozen, and the voices are
 * on the screen sooner without the rest.
 *
 * @import { Change } from "../types.js"
 */

/**
 * @template A what says where in it one is; falsy: somewhere else
 * @template {{show: (address: A) => void, apply: (changes: readonly Change[]) => void}} P
 */
export class Later {
  #fetch;
  #failed;
  /** @type {P | null} null as long as nobody went there */
  #place = null;
  /** @type {A | null} */
  #wanted = null;
  #fetching = false;

  /**
   * @param {() => Promise<P>} fetch
   * @param {(error: unknown) => void} failed
   */
  constructor(fetch, failed) {
    this.#fetch = fetch;
    this.#failed = failed;
  }

  get place() {
    return this.#place;
  }

  /** @param {A} address */
  show(address) {
    this.#wanted = address;
    if (this.#place) this.#place.show(address);
    else if (address && !this.#fetching) void this.#enter();
  }

  /** What changed before somebody went there is in what is asked then. @param {readonly Change[]} changes */
  apply(changes) {
    this.#place?.apply(changes);
  }

  async #enter() {
    this.#fetching = true;
    const main = document.querySelector("main");
    if (main) main.ariaBusy = "true";
    try {
      this.#place = await this.#fetch();
      if (this.#wanted) this.#place.show(this.#wanted);
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#fetching = false;
      if (main) main.ariaBusy = null;
    }
  }
}
