/**
 * What the collector tells of settings. Types only, nothing runs here.
 *
 * @import { Language } from "../words.js"
 * @import { Notice } from "../types.js"
 *
 * @typedef {Partial<Record<Language, string>>} ByLanguage
 * @typedef {{kind: string, days: number, working: boolean, source: string}} Clock
 * @typedef {{key: string, name: string, names: ByLanguage, privacy_contact: string, privacy_url: string,
 *   required_languages: Language[], time_zone: string, retention_days: number, audit_days: number, stale_days: number,
 *   alarm_voices: number, alarm_days: number, second_factor: boolean, revision: number, clocks: Clock[]}} Settings
 * @typedef {"works" | "silent" | "blocked" | "closed" | "refused" | "unlisted"} State
 * @typedef {{link: string, pinned: string, policy: string, own: string, own_policy: string, files: string}} Snippet
 * @typedef {{key: string, name: string, origins: string[], languages: Language[], question: string, gateway: boolean,
 *   clips: ByLanguage, notice: Notice | null, live: boolean, form_url: string, snippet: Snippet, states: Partial<Record<State, number>>,
 *   revision: number}} Placed
 * @typedef {{origin: string, listed: boolean, state: State, shown: number, sent: number, scripts: number, closed: number,
 *   unknown: number, refused: Record<string, number>, last_on: string | null}} Sighting
 * @typedef {{since: string, origins: Sighting[], pages: {page: string, voices: number, words: number}[]}} Met
 */

export {};
