/**
 * The shapes that travel between the collector and the dashboard. Types only, nothing runs here.
 *
 * @import { Message } from "./themes/types.js"
 *
 * @typedef {{quote: boolean, invite: boolean}} Permissions
 *
 * @typedef {{holder: string, by: string, until: number}} Claim  one whose time is past holds nobody back
 * @typedef {{holder: string, name: string, office: string, reading: number[]}} Person  somebody who is here; `reading`: the
 *   ids of what is open there
 *
 * @typedef {object} Submission  One thing that one citizen sent. Times are Unix milliseconds.
 * @property {number} id
 * @property {string} placement
 * @property {number} received_at
 * @property {number | null} sent_at
 * @property {string | null} outcome
 * @property {string | null} effect
 * @property {string | null} reason
 * @property {number | null} rating
 * @property {string | null} text
 * @property {string | null} another_way
 * @property {string[] | null} impact  `[]` says "none of these", null says nothing
 * @property {number} severity  what its author said of it, 0 (health) to 6: it orders reading
 * @property {number} weight  the same, or what its reader found: 0 to 2 are grave
 * @property {string | null} page
 * @property {string | null} language
 * @property {string} channel
 * @property {string | null} decision  its key
 * @property {number | null} version  of its text
 * @property {string | null} section  of its text
 * @property {number | null} paragraph  of that section, counted from 1
 * @property {string | null} phase  of the decision when it came
 * @property {number[]} themes  ids of those it belongs to
 * @property {string} status
 * @property {string | null} kind  what a reader says it is
 * @property {"report" | "another_form" | null} [barrier]  it reports a barrier, or asks for the same in another form
 * @property {string[]} masked
 * @property {Permissions} permissions
 * @property {number} alike  how many say nearly the same, this one included
 * @property {boolean} burst  and many of these came within minutes
 * @property {boolean} [form]  in a search: it holds another form of what is typed
 * @property {Others | null} [folded]  in a folded list: those for which it stands
 * @property {number | null} read_at
 * @property {string | null} read_by
 * @property {number | null} erased_at
 * @property {number} revision
 * @property {string | null} desk  the key of the contact point to which its author handed it
 * @property {boolean} callback  its author waits to be rung
 * @property {string | null} [contact_point]  the key of the one to whom the team passed it
 * @property {string | null} [aside]  why it was set aside
 * @property {Claim | null} [claim]  who answers it
 * @property {number | null} [member]  the id of the colleague whose it is
 * @property {number | null} [routed]  the rule that said where it goes, 0 once a person decided
 * @property {number | null} [ask]  the id of the question that it answers
 * @property {"good_score_grave_words" | "bad_score_nothing_lost" | null} contradiction  its score says the opposite of what it cost
 *
 * @typedef {{cursor: number, change: string, at: number, by: string | null, detail?: string}} Step  `detail`: the kind that was given
 * @typedef {import("./desk/types.js").Texts} Texts
 * @typedef {{version: number, section: string, place: number, paragraph: number | null, title: Texts, text: Texts}} Part
 *   the words of the text that a voice reacts to; `place`: which section of the version it is, counted from 1
 * @typedef {Submission & {history: Step[], alike_ids: number[], quoted: number[], messages?: Message[], part?: Part | null, asked?: Texts | null,
 *   felt?: "heard" | "not_really" | "again" | null, message_due?: string | null, offers?: import("./offers/types.js").Offer[],
 *   came_from?: import("./offers/types.js").CameFrom | null}} One  `quoted`: ids of the themes with
 *   which its words are shown; `offers`: other agencies that we asked, `came_from`: the one that asked us;
 *   `message_due`: by when its author is owed an answer
 *
 * @typedef {object} Change  One row of the log, as the live socket sends it.
 * @property {number} cursor
 * @property {string} change
 * @property {number} at
 * @property {string | null} by
 * @property {number | null} id
 * @property {Submission | null} submission  how it stands now; null when it is erased
 * @property {{decision: string | null, theme: number | null}} [act]  what a change of a decision or theme concerns
 *
 * @typedef {{text: import("./desk/types.js").Texts, until: number | null}} Notice  a sentence above the question
 * @typedef {{key: string, name: string, question: string, live: boolean, languages: import("./words.js").Language[],
 *   notice: Notice | null}} Placement
 * @typedef {{at: number, cursor: number, voices: number, grave: number}} Since
 *
 * @typedef {object} Me
 * @property {{key: string, name: string}} agency
 * @property {string} role
 * @property {string} name
 * @property {Placement[]} placements
 * @property {Since | null} since
 * @property {{id: number, name: string, office: string} | null} member  null for a token
 * @property {string} time_zone
 * @property {import("./words.js").Language[]} required_languages  nothing is published before it is there in all of these
 * @property {import("./words.js").Language[]} warned_languages  these should be there as well
 * @property {number} contact_points_stale  how many nobody looked at for too long
 * @property {{key: string, name: string}[]} desks  to which a case can be handed
 * @property {string} holder  you, as a claim names whoever has it
 * @property {{key: string, name: string}[]} contact_points  to which a voice can be passed on
 *
 * @typedef {{day: string, presses: number, words: number}} Day
 *
 * @typedef {object} Counts  Presses per value of a dimension, and those of them with words.
 * @property {number} presses
 * @property {number} words
 * @property {number} [unread]  with words and not yet read
 * @property {number} [grave_unread]  grave ones among them
 * @property {number} [waiting]  whose author spoke last
 * @property {number} [bursts]  that came in a burst
 * @property {Record<string, number>} [kinds]  with words, by what their readers say they are
 * @property {number} [calls]  whose author waits to be rung
 * @property {Record<string, number>} [handed]  not answered yet, by the contact point to which they were handed
 * @property {Record<string, number>} [assigned]  not answered yet, by the id of the colleague whose they are
 * @property {Record<string, number>} [passed]  the same, by that to which the team passed them
 * @property {Record<string, Record<string, number>>} by
 * @property {Record<string, Record<string, number>>} words_by
 * @property {Day[]} days
 *
 * @typedef {{items: {submission: Submission, shared: string[]}[],
 *   suggestion: {theme: number, nearly_same: number, voices: number, of: number, shared: string[]} | null}} Similarity  the
 *   voices that are most like one; and a theme, with why: so many that say `nearly_same` are in it, or `voices` `of` those like it
 * @typedef {{others: number, grave: number}} Others  of the same view, in nearly the same words; `grave` ones among them
 * @typedef {{items: Submission[], next: number | null, folded: Record<string, Others>, forms: string[]}} Page  `forms`: the words of these texts that are another form of what is searched for
 */

export {};
