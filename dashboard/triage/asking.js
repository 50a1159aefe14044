/**
 * What must be said before a voice is set aside or passed on: why, and to whom.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { Standing } from "../status.js"
 * @import { Me } from "../types.js"
 * @import { Chooser } from "./chooser.js"
 */

import { REASONS } from "../status.js";

const OURS = ""; // our own office among the contact points, nobody among the colleagues

export class Asking {
  #chooser;
  #tongue;
  #me;

  /**
   * @param {Chooser} chooser
   * @param {Tongue} tongue
   * @param {Me} me
   */
  constructor(chooser, tongue, me) {
    this.#chooser = chooser;
    this.#tongue = tongue;
    this.#me = me;
  }

  /** @param {string} status @param {number} n of how many voices @returns {Promise<Standing | null>} null when it was left */
  async standing(status, n) {
    if (status === "aside") return this.#aside(n);
    return status === "with" ? this.#with(n) : { status };
  }

  /** Whose they are. @param {number} n @returns {Promise<number | null | undefined>} null for nobody; undefined when it was left */
  async member(n) {
    const { words, says } = this.#tongue;
    const me = this.#me.member?.id;
    const others = [...says.team].filter(([id]) => id !== me).map(([id, name]) => ({ value: String(id), label: name }));
    const mine = me === undefined ? [] : [{ value: String(me), label: words.get("assign.me") }];
    const nobody = { value: OURS, label: words.get("assign.nobody") };
    const chosen = await this.#chooser.ask(words.get("assign.title", { n }), words.get("assign.hint"), [...mine, ...others, nobody]);
    if (chosen === null) return undefined;
    return chosen === OURS ? null : Number(chosen);
  }

  /** @param {number} n @returns {Promise<Standing | null>} */
  async #aside(n) {
    const { words } = this.#tongue;
    const choices = REASONS.map((value) => ({ value, label: words.get(`aside.${value}`) }));
    const aside = await this.#chooser.ask(words.get("aside.title", { n }), words.get("aside.hint"), choices);
    return aside === null ? null : { status: "aside", aside };
  }

  /** @param {number} n @returns {Promise<Standing | null>} */
  async #with(n) {
    const { words } = this.#tongue;
    const ours = { value: OURS, label: this.#me.member?.office || words.get("with.ours"), hint: words.get("with.ours_hint") };
    const points = this.#me.contact_points.map(({ key, name }) => ({ value: key, label: name }));
    const point = await this.#chooser.ask(words.get("with.title", { n }), words.get("with.hint"), [...points, ours]);
    return point === null ? null : { status: "with", contact_point: point || null };
  }
}
