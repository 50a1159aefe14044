/**
 * Who is here, and who has which voice. Knows no DOM.
 *
 * @import { Claim, Person, Submission } from "../types.js"
 */

export class People {
  #me;
  /** @type {Person[]} */
  #here = [];
  #now;

  /**
   * @param {string} me the holder's name of the one who is signed in
   * @param {() => number} [now] Unix milliseconds
   */
  constructor(me, now = Date.now) {
    this.#me = me;
    this.#now = now;
  }

  /** @param {Person[]} people */
  set here(people) {
    this.#here = people;
  }

  /** The others who are here. */
  get others() {
    return this.#here.filter(({ holder }) => holder !== this.#me);
  }

  /** Which of the others have a voice open. @param {number} id */
  reading(id) {
    return this.others.filter(({ reading }) => reading.includes(id));
  }

  /** The claim on a voice that holds now. @param {Pick<Submission, "claim">} voice @returns {Claim | null} */
  claim({ claim }) {
    return claim && claim.until > this.#now() ? claim : null;
  }

  /** @param {Pick<Submission, "claim">} voice @returns {"free" | "mine" | "theirs"} */
  whose(voice) {
    const claim = this.claim(voice);
    if (!claim) return "free";
    return claim.holder === this.#me ? "mine" : "theirs";
  }
}

/** The name in what somebody signs: "Ann Peeters, Mobility office" is Ann Peeters. @param {string} by */
export function nameOf(by) {
  return by.split(", ")[0] ?? by;
}
