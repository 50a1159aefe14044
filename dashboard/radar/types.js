/**
 * What travels about the radar. Types only, nothing runs here.
 *
 * @import { Submission } from "../types.js"
 * @import { Texts } from "../desk/types.js"
 *
 * @typedef {object} Point  A theme.
 * @property {number} theme its id
 * @property {Texts} name
 * @property {string | null} decision
 * @property {number} severity of its gravest voices, 0 (health) to 6
 * @property {number} gravest how many say just that
 * @property {number} height from 0 to 7
 * @property {number} reach how many spoke of it
 * @property {number} grave
 * @property {number} unread
 * @property {number[]} levels voices by severity
 * @property {boolean} answered
 * @property {number} burst how many of its voices came in a burst
 *
 * @typedef {{submission: Submission, severity: number, height: number}} Alone  a grave voice in no theme
 * @typedef {{points: Point[], alone: Alone[], alone_levels: number[]}} Radar  `alone_levels`: how
 *   many there are of each grave severity
 */

/**
 * Rules that do not fit.
 *
 * @import { Response } from "../themes/types.js"
 *
 * @typedef {object} Group  A theme, or the place of voices that are in none.
 * @property {number | null} theme
 * @property {Texts} name
 * @property {string | null} decision
 * @property {string[]} placements
 * @property {number} voices
 * @property {number} grave
 * @property {boolean} few under five: it stays inside
 * @property {Submission[]} stories
 * @property {Response | null} response
 *
 * @typedef {{groups: Group[], outside: number}} Rules
 */

/**
 * Who is not heard.
 *
 * @typedef {{key: string, share: number, of: string, year: number, source: string, url: string}} Figure
 * @typedef {{language: string | null, name: string, phone: string, source: string, url: string, checked_on: string | null}} Helper
 * @typedef {{figure: Figure, heard: number, n: number, verdict: "gap" | "heard" | "too_few"}} Measure
 * @typedef {{key: string, heard: number, n: number, share: number, helper: Helper | null}} Gap
 * @typedef {{placement: string, voices: number, left: number, reasons: Record<string, number>, asked: number,
 *   ways: Record<string, number>}} Barriers
 * @typedef {{days: number, n: number, apart: number, measures: Measure[], gaps: Gap[], languages: {value: string,
 *   voices: number}[], channels: {value: string, voices: number}[], barriers: Barriers[], figures: Figure[]}} Silence
 * @typedef {{channel: string, voices: number, changed: number | null}} Accepted  in steps of five
 */

export {};
