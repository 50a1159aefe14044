/**
 * What travels between the collector and the decisions desk. Types only, nothing runs here. Times are Unix milliseconds,
 * days `YYYY-MM-DD`.
 *
 * @import { Language } from "../words.js"
 * @import { Step } from "../types.js"
 *
 * @typedef {Partial<Record<Language, string>>} Texts  one text in several languages
 * @typedef {"agenda" | "drafting" | "deciding" | "implementing" | "monitoring" | "reformulating"} Phase
 * @typedef {"draft" | "published" | "decided" | "withdrawn" | "merged"} State
 * @typedef {"tell" | "answer" | "change"} Promised
 * @typedef {"unknown" | "changed" | "half_baked"} Stance
 * @typedef {{text: Texts, because: Texts}} Fixed
 * @typedef {{phase: Phase, opens: string, closes: string | null, question: Texts}} Planned
 * @typedef {{key: string, text: Texts}} Expected
 *
 * @typedef {object} File  All that a team writes about a decision.
 * @property {Texts} title
 * @property {Texts} open
 * @property {string | null} until
 * @property {string | null} contact_point
 * @property {Texts} gain
 * @property {Promised} promise
 * @property {Texts} summary
 * @property {string} owner
 * @property {Stance | null} stance
 * @property {Texts} stance_note
 * @property {Fixed[]} fixed
 * @property {Planned[]} phases
 * @property {Expected[]} expected
 * @property {string[]} placements
 * @property {string[]} patterns
 * @property {Texts} subject
 *
 * @typedef {{unsorted: number, themes: number, grave_unread: number, waiting: number}} Unanswered
 * @typedef {{at: number, text: Texts, by: string | null}} Ending
 * @typedef {{by: string, office: string, reason: Texts, sentence: Texts, unanswered: Unanswered, at: number}} Override
 * @typedef {{what: string, before: string | null, after: string | null, because: Texts, at: number}} Moved
 *
 * @typedef {object} Course
 * @property {Record<string, number>} answered
 * @property {Ending | null} decided
 * @property {Ending | null} withdrawn
 * @property {Ending | null} reopened
 * @property {Override | null} override
 * @property {Moved[]} moved
 *
 * @typedef {{version: number, published_at: number, note: Texts}} Version
 * @typedef {{key: string, text: Texts, title: Texts}} Section
 * @typedef {{kind: "same" | "gone" | "new", text: string}} Piece
 * @typedef {{key: string, title: string, kind: "same" | "changed" | "new" | "gone", pieces: Piece[]}} Compared
 *
 * @typedef {object} Passage
 * @property {number} id
 * @property {string} section
 * @property {number} version
 * @property {Texts} before
 * @property {Texts} after
 * @property {number[]} themes
 * @property {number} at
 * @property {boolean} stands
 *
 * @typedef {{key: string, text: Texts, voices: number, themes: number[]}} Heard
 * @typedef {{answered: number, came_back: number, heard: number, not_really: number, again: number}} Felt
 *
 * @typedef {object} Work  One decision as its team works on it.
 * @property {string} key
 * @property {State} state
 * @property {Phase} phase
 * @property {boolean} is_open
 * @property {File} file
 * @property {Course} course
 * @property {number} version
 * @property {Version[]} versions
 * @property {Section[]} sections
 * @property {Passage[]} passages
 * @property {string[]} missing
 * @property {string[]} warned
 * @property {Unanswered} unanswered
 * @property {number} voices
 * @property {number} with_words
 * @property {number | null} started_by
 * @property {string | null} merged_into
 * @property {string} time_zone
 * @property {number | null} closes_at
 * @property {Heard[]} expected_heard
 * @property {number[]} unexpected
 * @property {Felt} felt
 * @property {Step[]} history
 * @property {string} url
 * @property {number} changed_at
 * @property {number | null} published_at
 * @property {number} revision
 *
 * @typedef {object} WorkLine  One decision in the list.
 * @property {string} key
 * @property {Texts} title
 * @property {State} state
 * @property {Phase} phase
 * @property {Promised} promise
 * @property {boolean} is_open
 * @property {string | null} until
 * @property {number | null} closes_at
 * @property {number} voices
 * @property {number} unsorted
 * @property {number} waiting
 * @property {number} grave_unread
 * @property {number} themes
 * @property {number} themes_answered
 * @property {number} changed_at
 * @property {number} revision
 *
 * @typedef {{page: string, voices: number, with_words: number}} Undecided
 * @typedef {{kind: string, subject_id: number, day: string, decision: string | null, theme: Texts}} Overdue
 * @typedef {{key: string, name: string}} Named
 *
 * @typedef {object} Lines  All that waits for a team.
 * @property {WorkLine[]} decisions
 * @property {Undecided[]} pages
 * @property {Overdue[]} overdue
 * @property {Named[]} contact_points
 * @property {Named[]} placements
 * @property {Language[]} required_languages
 * @property {Language[]} warned_languages
 *
 * @typedef {object} Theme
 * @property {number} id
 * @property {string | null} decision
 * @property {Texts} name
 * @property {string | null} expected
 * @property {number} voices
 * @property {object | null} response
 * @property {string | null} due
 * @property {number} revision
 *
 * @typedef {object} Asked  A question to the people of a decision.
 * @property {number} id
 * @property {Texts} text
 * @property {string} office
 * @property {number} asked_at
 * @property {string} until
 * @property {boolean} is_open
 * @property {number | null} ended_at
 * @property {boolean} withdrawn
 * @property {number} reached
 * @property {Texts} heard
 * @property {number | null} heard_at
 * @property {number} answers
 * @property {number} by_receipt
 * @property {number} unread
 * @property {number} revision
 *
 * @typedef {object} Prospect  Whom a question may reach.
 * @property {number} receipts
 * @property {number} bells
 * @property {number} lately
 * @property {number} speaking
 * @property {number} reached
 * @property {number} answered
 * @property {"asked" | "came_back" | "nothing"} basis
 * @property {number} low
 * @property {number} high
 *
 * @typedef {object} Taking  A step that is taken.
 * @property {"publish" | "withdraw" | "reopen" | "phase" | "answered" | "decided" | "merge"} step
 * @property {number} revision
 * @property {Phase} [phase]
 * @property {Texts} [text]
 * @property {string} [into]
 * @property {{reason: Texts, sentence: Texts}} [anyway]
 */

export {};
