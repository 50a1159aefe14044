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
 *
 * @typedef {{submission: Submission, height: number}} Alone  a grave voice in no theme
 * @typedef {{points: Point[], alone: Alone[], alone_levels: number[]}} Radar  `alone_levels`: how
 *   many there are of each grave severity
 */

export {};
