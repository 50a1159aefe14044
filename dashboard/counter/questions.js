/**
 * What is asked aloud, by the question of a placement, with the key that answers it. Knows no DOM.
 */

/** The field that an answer fills, and its values in the order of their keys. */
export const ANSWERS = /** @type {const} */ ({
  outcome: { field: "outcome", values: ["yes", "hard", "no"] },
  found: { field: "outcome", values: ["yes", "hard", "no"] },
  effect: { field: "effect", values: ["helps", "none", "harder", "unknown"] },
  reason: { field: "reason", values: ["sign_in", "fault", "unclear", "rule", "person", "later"] },
});
export const WAYS = /** @type {const} */ (["yes", "help", "no"]);
export const COSTS = /** @type {const} */ (["time", "money", "right", "health"]);

/** @param {string} question @returns {{field: string, values: readonly string[]}} */
export function answersOf(question) {
  return ANSWERS[/** @type {keyof typeof ANSWERS} */ (question)] ?? ANSWERS.outcome;
}

/** A key of this sender, new each time: the same again is stored once. @returns {string} */
export function freshKey() {
  return `desk-${crypto.randomUUID()}`;
}
