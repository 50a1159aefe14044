/**
 * The five states of a voice and which follows which, as the collector has them (`collector/status.py`); a test holds the
 * two together. Knows no DOM.
 *
 * @import { Submission } from "./types.js"
 *
 * @typedef {"new" | "read" | "with" | "answered" | "aside"} Status
 *
 * @typedef {object} Standing  What is set at once: the status and what belongs to it.
 * @property {string} status
 * @property {string | null} [contact_point] to whom it goes; left out: as it is
 * @property {string | null} [aside] why it is set aside
 */

/** @type {Record<string, readonly string[]>} */
export const FOLLOWS = {
  new: ["read", "with", "aside"],
  read: ["new", "read", "with", "answered", "aside"],
  with: ["new", "read", "with", "answered", "aside"],
  answered: ["read", "with"],
  aside: ["new", "read", "with", "aside"],
};

/** Why one is set aside; its author reads it on the receipt. */
export const REASONS = /** @type {const} */ (["unclear", "elsewhere", "twice", "test", "advert", "hurts"]);

/** @param {string} before @param {string} after */
export function follows(before, after) {
  return FOLLOWS[before]?.includes(after) ?? false;
}

/**
 * How a voice stands, so that it can be set so again.
 * @param {Pick<Submission, "status" | "contact_point" | "aside">} voice
 * @returns {Standing}
 */
export function standing({ status, contact_point, aside }) {
  return { status, contact_point: contact_point ?? null, ...(status === "aside" ? { aside } : {}) };
}

/** @param {Pick<Submission, "status" | "contact_point" | "aside">} voice @param {Standing} wanted */
export function stands(voice, wanted) {
  const point = wanted.contact_point === undefined || (voice.contact_point ?? null) === wanted.contact_point;
  return voice.status === wanted.status && point && (wanted.aside ?? null) === (voice.aside ?? null);
}
