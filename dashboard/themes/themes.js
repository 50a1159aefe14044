/**
 * What is known of themes and decisions, kept right by what changes. Knows no DOM.
 *
 * @import { Api } from "../api.js"
 * @import { Texts } from "../desk/types.js"
 * @import { Change } from "../types.js"
 * @import { Answering, DecisionLine, Response, Theme } from "./types.js"
 */

const QUIET_MS = 800; // after the last change it is asked again
const BUSY_MS = 15_000; // when it never gets quiet
const TOUCHING = /^(theme|response|decision)\./;
const MOVING = new Set(["submission.sorted", "submission.erased", "submission.expired", "submission.read", "submission.status"]);

export class Themes {
  #api;
  #changed;
  #failed;
  /** @type {Map<number, Theme>} */
  #themes = new Map();
  /** @type {DecisionLine[]} */
  #decisions = [];
  #loaded = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #staleSince = 0;
  #asked = 0;

  /**
   * @param {Api} api
   * @param {() => void} changed
   * @param {(error: unknown) => void} failed
   */
  constructor(api, changed, failed) {
    this.#api = api;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** Whether what is not found here is not there. */
  get loaded() {
    return this.#loaded;
  }

  get decisions() {
    return /** @type {readonly DecisionLine[]} */ (this.#decisions);
  }

  /** @param {number} id @returns {Theme | null} null for one that is not there, or was merged into another */
  one(id) {
    return this.#themes.get(id) ?? null;
  }

  /** @param {string} key @returns {DecisionLine | null} */
  decision(key) {
    return this.#decisions.find((line) => line.key === key) ?? null;
  }

  /**
   * Those of a decision, of none (null): late ones first, then what has no answer, then by voices.
   * @param {string | null} decision its key
   * @param {string} today `YYYY-MM-DD`
   */
  of(decision, today) {
    return [...this.#themes.values()].filter((theme) => theme.decision === decision).sort((one, other) => this.#order(one, other, today));
  }

  /**
   * For sorting a voice: those of its decision first, then those of none, then all others.
   * @param {string | null} decision
   */
  offered(decision) {
    const rank = (/** @type {Theme} */ theme) => (decision !== null && theme.decision === decision ? 0 : theme.decision === null ? 1 : 2);
    return [...this.#themes.values()].sort((one, other) => rank(one) - rank(other) || other.voices - one.voices || one.id - other.id);
  }

  /** Whose answer is late, the latest first. @param {string} today */
  overdue(today) {
    return [...this.#themes.values()].filter((theme) => isLate(theme, today)).sort((one, other) => String(one.due).localeCompare(String(other.due)));
  }

  /** What changed may move a name, a figure, an answer. @param {readonly Change[]} changes */
  apply(changes) {
    const touched = changes.some(({ change, submission }) => TOUCHING.test(change) || MOVING.has(change) || (submission && (submission.decision || submission.themes?.length)));
    if (touched) this.#soon();
  }

  async load() {
    clearTimeout(this.#timer);
    this.#staleSince = 0;
    const asked = (this.#asked += 1);
    try {
      const [themes, work] = await Promise.all([this.#api.ask("GET", "/api/themes?all=1"), this.#api.ask("GET", "/api/work")]);
      if (asked !== this.#asked) return;
      this.#themes = new Map(themes.items.map((/** @type {Theme} */ theme) => [theme.id, theme]));
      this.#decisions = work.decisions;
      this.#loaded = true;
      this.#changed();
    } catch (error) {
      if (asked === this.#asked) this.#failed(error);
    }
  }

  /**
   * Names a theme; the voices belong to it at once.
   * @param {{name: Texts, decision: string | null, submissions: number[]}} naming
   * @returns {Promise<Theme>}
   */
  async create(naming) {
    return this.#keep(await this.#api.ask("POST", "/api/themes", naming));
  }

  /**
   * @param {Theme} theme as it was seen
   * @param {{name?: Texts, expected?: string | null}} writing
   */
  async write(theme, writing) {
    return this.#keep(await this.#api.ask("PATCH", `/api/themes/${theme.id}`, { ...writing, revision: theme.revision }));
  }

  /** @param {number} id @param {{add?: number[], remove?: number[]}} sorting ids of voices @returns {Promise<Theme>} */
  async sort(id, sorting) {
    return this.#keep(await this.#api.ask("PUT", `/api/themes/${id}/submissions`, sorting));
  }

  /** @param {number} id @param {number} submission @param {boolean} quoted @returns {Promise<null>} */
  quote(id, submission, quoted) {
    return this.#api.ask("PUT", `/api/themes/${id}/quotes/${submission}`, { quoted });
  }

  /** All voices go to another theme. @param {number} id @param {number} into */
  async merge(id, into) {
    const target = await this.#api.ask("POST", `/api/themes/${id}/merge`, { into });
    this.#themes.delete(id);
    return this.#keep(target);
  }

  /**
   * Writes a response, a new one without `id`. Problem 412 with `told.current` when somebody else wrote meanwhile.
   * @param {number | null} id
   * @param {Answering} answering
   * @returns {Promise<Response>}
   */
  async answer(id, answering) {
    const written = await this.#api.ask(id === null ? "POST" : "PUT", `/api/responses${id === null ? "" : `/${id}`}`, answering);
    await this.load();
    return written;
  }

  /** @param {Theme} theme */
  #keep(theme) {
    this.#themes.set(theme.id, theme);
    this.#changed();
    return theme;
  }

  #soon() {
    this.#staleSince ||= Date.now();
    clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(QUIET_MS, this.#staleSince + BUSY_MS - Date.now()));
    this.#timer = setTimeout(() => void this.load(), wait);
  }

  /** @param {Theme} one @param {Theme} other @param {string} today */
  #order(one, other, today) {
    const rank = (/** @type {Theme} */ theme) => (isLate(theme, today) ? 0 : theme.response ? 2 : 1);
    return rank(one) - rank(other) || other.voices - one.voices || one.id - other.id;
  }
}

/** @param {Theme} theme @param {string} today `YYYY-MM-DD` where the agency is */
export function isLate({ due }, today) {
  return due !== null && due < today;
}

/** The day where the agency is. @param {string} zone @param {number} now Unix milliseconds @returns {string} `YYYY-MM-DD` */
export function todayIn(zone, now) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(now);
}
