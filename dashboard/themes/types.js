/**
 * What travels about themes, responses and messages. Types only, nothing runs here. Times are Unix milliseconds, days
 * `YYYY-MM-DD`.
 *
 * @import { Texts, WorkLine } from "../desk/types.js"
 *
 * @typedef {"changed" | "will_change" | "not_changed" | "rule" | "handed" | "not_known"} ResponseOutcome
 *
 * @typedef {object} Response  The official answer to one theme or several.
 * @property {number} id
 * @property {number[]} themes
 * @property {ResponseOutcome} outcome
 * @property {Texts} reason
 * @property {Texts} did_not_know
 * @property {string | null} by_day
 * @property {string} office
 * @property {string} handed_to
 * @property {number | null} published_at
 * @property {string | null} by
 * @property {number} revision
 *
 * @typedef {object} Theme
 * @property {number} id
 * @property {string | null} decision
 * @property {Texts} name
 * @property {string | null} expected
 * @property {number} voices  erased ones counted
 * @property {number} grave
 * @property {number} unread
 * @property {Response | null} response  the published one
 * @property {Response | null} draft
 * @property {string | null} due
 * @property {number} revision
 *
 * @typedef {{themes: number[], outcome: ResponseOutcome, reason: Texts, office: string, did_not_know: Texts,
 *   by_day: string | null, handed_to: string, publish: boolean, revision?: number}} Answering
 *
 * @typedef {WorkLine & {with_words: number}} DecisionLine
 *
 * @typedef {{day: string, time: string, place: string, phone: string, video: string}} Invitation
 * @typedef {"addition" | "reply" | "question" | "note" | "invitation" | "weighing" | "handover"} MessageKind
 *
 * @typedef {object} Message
 * @property {number} id
 * @property {"citizen" | "agency"} sender
 * @property {MessageKind} kind
 * @property {string | null} text  null once it was erased
 * @property {string | null} by
 * @property {string | null} office
 * @property {Invitation | null} invitation
 * @property {number} at
 * @property {string[]} masked
 * @property {string | null} weight  of a weighing
 */

export {};
