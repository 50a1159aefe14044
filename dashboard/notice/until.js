/**
 * Until when a notice stands. Knows no DOM.
 */

const HOUR = 3_600_000;

/** What is offered, in the order in which it stands. */
export const ENDS = /** @type {const} */ (["hour", "hours", "tomorrow", "open"]);

/**
 * @param {typeof ENDS[number]} end in one hour, in four, tomorrow morning at eight, when somebody takes it away
 * @param {number} now Unix milliseconds
 * @returns {number | null} Unix milliseconds; null: until it is taken away
 */
export function endOf(end, now) {
  if (end === "open") return null;
  if (end === "hour") return now + HOUR;
  if (end === "hours") return now + 4 * HOUR;
  const morning = new Date(now);
  morning.setDate(morning.getDate() + 1);
  return morning.setHours(8, 0, 0, 0);
}
