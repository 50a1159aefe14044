/**
 * What travels about reading first. Types only, nothing runs here.
 *
 * @import { Submission } from "../types.js"
 *
 * @typedef {"health" | "right" | "no_other_way" | "money" | "not_said" | "time"} Because
 * @typedef {{submission: Submission, because: Because[], days: number}} Next  `days`: full days unread
 * @typedef {{items: Next[], next: string | null}} Order
 *
 * @typedef {object} Lane  Who lost a right and has no other way.
 * @property {number} days  over which it is measured
 * @property {number} number  of voices that came in them
 * @property {number} read  of those, by a named person
 * @property {number} open  that no named person has read, however old
 * @property {number | null} median_hours  in which half of those that were read were read
 * @property {number | null} longest_hours
 * @property {number | null} oldest_hours  that the oldest open one has waited
 * @property {Next[]} items  open ones, the oldest first
 *
 * What somebody does next. `since`: when it came, or since when its author waits; `due`: the last day on which it is in time.
 * @typedef {{submission: Submission, why: "grave" | "late" | "waits" | "mine", since: number, due: string | null, late: boolean}} Todo
 */

export {};
