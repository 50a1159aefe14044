/**
 * A form of settings that two people may change at once: only what one changed is sent, and when somebody was quicker, what she
 * changed comes in beside what one has not sent yet. Knows no DOM.
 */

import { Problem } from "../api.js";

/**
 * What is said now and was not before.
 * @template {Record<string, unknown>} Said
 * @param {Said} was
 * @param {Said} now
 * @returns {Partial<Said>}
 */
export function changed(was, now) {
  const named = Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name]));
  return /** @type {Partial<Said>} */ (Object.fromEntries(named));
}

/**
 * @template {Record<string, unknown> & {revision: number}} Kept
 * @param {(body: object) => Promise<Kept>} send
 * @param {Kept} was as it was read
 * @param {Record<string, unknown>} now as it is said
 * @returns {Promise<{kept: Kept, left: Record<string, unknown> | null}>} as it stands; `left`: what is not sent yet, since
 *   somebody was quicker
 */
export async function save(send, was, now) {
  const own = changed(/** @type {Record<string, unknown>} */ (was), now);
  if (!Object.keys(own).length) return { kept: was, left: null };
  try {
    return { kept: await send({ ...own, revision: was.revision }), left: null };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "stale") throw error;
    return { kept: error.told.current, left: own };
  }
}
