/**
 * Contact points as they travel between the collector and the dashboard. Types only, nothing runs here.
 *
 * @import { Texts } from "../desk/types.js"
 *
 * @typedef {{days: number[], opens: string, closes: string}} Hours  days are ISO: 1 is Monday
 * @typedef {{hours: Hours[], holidays: boolean}} Timetable
 * @typedef {{confirms: number | null, answers: number | null}} Terms  working days, days
 * @typedef {"desk" | "case" | "complaint" | "ombudsman"} Task
 *
 * @typedef {object} Point
 * @property {string} key
 * @property {string} name
 * @property {string | null} phone
 * @property {string | null} counter
 * @property {string | null} post
 * @property {string | null} video
 * @property {string | null} chat
 * @property {string | null} hours  a line that people read
 * @property {string[]} languages
 * @property {Texts[]} subjects
 * @property {string[]} postcodes
 * @property {string[]} placements
 * @property {Timetable | null} timetable
 * @property {Task} task
 * @property {Terms} terms
 * @property {boolean} calls_back
 * @property {string | null} checked_on
 *
 * @typedef {{open: boolean, until: number | null, opens: number | null}} Standing
 *
 * @typedef {object} TeamPoint
 * @property {Point} point
 * @property {{id: number, name: string} | null} owner
 * @property {boolean} stale
 * @property {Standing | null} standing
 * @property {number} revision
 */

export const WAYS = /** @type {const} */ (["chat", "video", "counter", "post", "phone"]);
export const TASKS = /** @type {const} */ (["desk", "case", "complaint", "ombudsman"]);
