/**
 * The shapes of what agencies ask each other. Types only, nothing runs here.
 *
 * @typedef {{key: string, name: string, names?: Partial<Record<string, string>>}} AgencyName
 *
 * @typedef {object} Incoming  What another agency asks of us: nothing of the words.
 * @property {number} id
 * @property {AgencyName} agency
 * @property {string | null} note  why
 * @property {string | null} by  their office
 * @property {number} at
 * @property {string | null} language
 * @property {boolean} grave
 * @property {number} received_at
 *
 * @typedef {object} Offer  What we asked another agency.
 * @property {number} id
 * @property {AgencyName} agency
 * @property {"open" | "taken" | "declined" | "refused" | "withdrawn"} status
 * @property {string | null} note
 * @property {string | null} by
 * @property {number} at
 * @property {string | null} reason  why not
 * @property {string | null} decided_by
 * @property {number | null} decided_at
 *
 * @typedef {{agency: AgencyName, note: string | null, said_at: number}} CameFrom
 */

export {};
