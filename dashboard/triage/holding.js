/**
 * Above what can be done with a voice: who answers it, and who else reads it at this moment.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { One } from "../types.js"
 * @import { People } from "./people.js"
 */

import { kept, make } from "../elements/node.js";
import { nameOf } from "./people.js";

export class Holding {
  #tongue;
  #people;
  #doing;
  /** @type {One | null} */
  #one = null;
  #said = "";
  node = make("div", { class: "holding noprint", role: "status" });

  /**
   * @param {Tongue} tongue
   * @param {People} people
   * @param {{claim: (over: boolean) => void, release: () => void}} doing
   */
  constructor(tongue, people, doing) {
    this.#tongue = tongue;
    this.#people = people;
    this.#doing = doing;
  }

  /** @param {One} one @param {boolean} may */
  show(one, may) {
    this.#one = one;
    const { words, when } = this.#tongue;
    const whose = this.#people.whose(one);
    const claim = this.#people.claim(one);
    const reading = this.#people.reading(one.id).map(({ name }) => name);
    const said = JSON.stringify([one.id, whose, claim, reading, may]);
    if (said === this.#said) return; // what is pressed at this moment is not drawn anew
    this.#said = said;
    const held = document.activeElement instanceof HTMLElement && this.node.contains(document.activeElement);
    const until = claim ? make("time", { datetime: when.machine(claim.until) }, when.until(claim.until)) : null;
    const line = claim && make("span", { class: `claim ${whose}` }, whose === "mine" ? words.get("claim.mine") : words.get("claim.theirs_until", { by: nameOf(claim.by) }), " ", until);
    this.node.replaceChildren(...kept([line, may ? this.#button(whose) : null, reading.length ? make("span", { class: "reading-too" }, words.get("claim.reading", { n: reading.length, who: words.list(reading) })) : null]));
    if (held) this.node.querySelector("button")?.focus({ preventScroll: true });
  }

  /** Time goes by, or somebody came. @param {boolean} may */
  again(may) {
    if (this.#one) this.show(this.#one, may);
  }

  /** @param {"free" | "mine" | "theirs"} whose */
  #button(whose) {
    const key = { free: "claim.take", mine: "claim.release", theirs: "claim.over" }[whose];
    const button = make("button", { type: "button", "data-does": "claim", "aria-keyshortcuts": "c" }, this.#tongue.words.get(key));
    button.addEventListener("click", () => (whose === "mine" ? this.#doing.release() : this.#doing.claim(whose === "theirs")));
    return button;
  }
}
