/**
 * Days as `YYYY-MM-DD`. Knows no DOM.
 */

/** Today where the agency is. @param {string} zone an IANA name @param {number} at */
export function today(zone, at) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

/** @param {string} day @param {number} number */
export function daysAfter(day, number) {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, date + number)).toISOString().slice(0, 10);
}

/** How many days from one to the other; negative for a day that is over. @param {string} from @param {string} to */
export function daysBetween(from, to) {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The weeks that are offered for reacting. */
export const OFFERED_WEEKS = /** @type {const} */ ([2, 4, 8]);
