/**
 * Rules that are being written: in their order, beside those that are saved. Knows no DOM.
 *
 * @typedef {"placement" | "decision" | "language" | "channel" | "outcome" | "effect" | "reason" | "another_way" | "impact" | "grave" | "kind" | "theme"} Field
 * @typedef {{field: Field, values: string[]}} Condition
 * @typedef {{id: number, conditions: Condition[], contact_point: string | null, member: number | null}} Rule  `id` 0: not saved yet
 */

/** In the order in which they are offered. @type {readonly Field[]} */
export const FIELDS = ["placement", "decision", "language", "channel", "grave", "impact", "another_way", "outcome", "effect", "reason", "kind", "theme"];

export class Draft {
  /** @type {Rule[]} */
  rules = [];
  revision = 0;
  #saved = "[]";

  /** What is saved stands here now. @param {{rules: Rule[], revision: number}} routing */
  fill({ rules, revision }) {
    this.rules = copy(rules);
    this.revision = revision;
    this.#saved = JSON.stringify(whole(this.rules));
  }

  get dirty() {
    return JSON.stringify(whole(this.rules)) !== this.#saved;
  }

  /** What can be tried and saved: a rule that leads nowhere yet, or has a condition without a value, waits. */
  get ready() {
    return whole(this.rules);
  }

  /** Whether a rule says all that it must. @param {Rule} rule */
  complete(rule) {
    return whole([rule]).length === 1;
  }

  /** Goes to the end, so that it takes nothing from those that are there; before one that takes all the rest. @returns {number} its place */
  add() {
    const last = this.rules.at(-1);
    const place = this.rules.length - (last && !last.conditions.length ? 1 : 0);
    this.rules.splice(place, 0, { id: 0, conditions: [], contact_point: null, member: null });
    return place;
  }

  /** @param {number} place */
  remove(place) {
    this.rules.splice(place, 1);
  }

  /** @param {number} place @param {number} step up (-1) or down (1) @returns {number} where it stands now */
  move(place, step) {
    const to = place + step;
    if (to < 0 || to >= this.rules.length) return place;
    this.rules.splice(to, 0, ...this.rules.splice(place, 1));
    return to;
  }
}

/** @param {readonly Rule[]} rules @returns {Rule[]} those that are complete */
function whole(rules) {
  return rules.filter(({ conditions, contact_point, member }) => (contact_point !== null || member !== null) && conditions.every(({ values }) => values.length));
}

/** @param {readonly Rule[]} rules @returns {Rule[]} */
function copy(rules) {
  return rules.map((rule) => ({ ...rule, conditions: rule.conditions.map(({ field, values }) => ({ field, values: [...values] })) }));
}
