/**
 * What the stream shows: newest first, at most so many, and what has come since and waits. Knows no DOM.
 *
 * Nothing that arrives moves what is being read: it waits until it is let in. What is erased leaves at once, from both.
 *
 * @import { Change, Submission } from "./types.js"
 *
 * @typedef {object} Effect  What a batch of changes did to the list.
 * @property {Submission[]} arrived new here, newest first
 * @property {Submission[]} changed shown before and after
 * @property {number[]} gone ids that are shown no longer
 */

export const ROWS = 500;
const CORRECTED = "submission.corrected";
const REMOVED = new Set(["submission.erased", "submission.expired"]);

export class SubmissionList {
  #admits;
  #limit;
  /** @type {Submission[]} */
  #rows = [];
  /** @type {Map<number, Submission>} the newest that wait */
  #waiting = new Map();
  /** @type {Set<number>} all that wait, also those of which only the id is kept */
  #waitingIds = new Set();
  /** @type {Map<number, Submission | null> | null} what changed while the first page was on its way */
  #early = new Map();
  /** Whether rows were dropped at the top, so that the first row is not the newest. */
  trimmed = false;
  /** Whether there may be older ones. */
  more = false;

  /**
   * @param {(submission: Submission) => boolean} admits
   * @param {number} [limit] of rows
   */
  constructor(admits, limit = ROWS) {
    this.#admits = admits;
    this.#limit = limit;
  }

  get rows() {
    return /** @type {readonly Submission[]} */ (this.#rows);
  }

  get waiting() {
    return this.#waitingIds.size;
  }

  get loading() {
    return this.#early !== null;
  }

  /**
   * The first page. What changed while it was on its way counts more than what it says.
   * @param {readonly Submission[]} items newest first
   * @param {boolean} more
   */
  fill(items, more) {
    const early = this.#early ?? new Map();
    this.#early = null;
    this.more = more;
    this.#rows = [];
    for (const item of items) {
      const later = early.has(item.id) ? early.get(item.id) : item;
      this.#unwait(item.id);
      if (later) this.#rows.push(later.revision >= item.revision ? { ...later, alike: item.alike, burst: item.burst, folded: item.folded, form: item.form } : item);
    }
    for (const id of this.#waitingIds) if (!this.#belongs(id)) this.#unwait(id);
  }

  /**
   * The next page.
   * @param {readonly Submission[]} items newest first
   * @param {boolean} more
   */
  append(items, more) {
    const last = this.#rows.at(-1);
    this.#rows = this.#rows.concat(items.filter((item) => !last || item.id < last.id || (item.form && !last.form)));
    this.more = more;
    if (this.#rows.length > this.#limit) {
      this.#rows = this.#rows.slice(-this.#limit);
      this.trimmed = true;
    }
  }

  /**
   * @param {readonly Change[]} changes in the order of the log
   * @returns {Effect}
   */
  apply(changes) {
    /** @type {Map<number, Submission>} */
    const arrived = new Map();
    /** @type {Map<number, Submission>} */
    const changed = new Map();
    /** @type {Set<number>} */
    const gone = new Set();
    for (const { id, change, submission } of changes) {
      if (id === null || !change.startsWith("submission.")) continue;
      const now = submission && submission.erased_at === null ? submission : null;
      this.#early?.set(id, now && this.#admits(now) ? now : null);
      const place = this.#place(id);
      if (place >= 0) {
        const next = this.#next(/** @type {Submission} */ (this.#rows[place]), change, now);
        if (next) {
          this.#rows[place] = next;
          changed.set(id, next);
        } else {
          this.#rows.splice(place, 1);
          changed.delete(id);
          gone.add(id);
        }
      } else if (now && this.#admits(now) && (this.#waitingIds.has(id) || (this.#belongs(id) && this.#comes(change)))) {
        if (!this.#waitingIds.has(id) || arrived.has(id)) arrived.set(id, now);
        this.#wait(now);
      } else if (this.#waitingIds.has(id)) {
        this.#unwait(id);
        arrived.delete(id);
        gone.add(id);
      }
    }
    return { arrived: newestFirst(arrived.values()), changed: [...changed.values()], gone: [...gone] };
  }

  /** Those that wait take their place. @returns {Submission[]} them, newest first */
  letIn() {
    const fresh = newestFirst(this.#waiting.values());
    const whole = fresh.length === this.#waitingIds.size;
    this.#rows = newestFirst(whole ? [...fresh, ...this.#rows] : fresh);
    if (!whole || this.#rows.length > this.#limit) this.more = true;
    this.#rows = this.#rows.slice(0, this.#limit);
    this.#waiting.clear();
    this.#waitingIds.clear();
    return fresh;
  }

  /** @param {number} id @returns {Submission | null} as it is known here */
  find(id) {
    return this.#rows[this.#place(id)] ?? this.#waiting.get(id) ?? null;
  }

  /** @param {number} id */
  #place(id) {
    return this.#rows.findIndex((row) => row.id === id);
  }

  /**
   * How a row stands after a change, null when it leaves. What a team does with one (reads it, sorts it, answers it)
   * leaves it where it is, also in a view of what nobody has read: only its author can take it out.
   * @param {Submission} row
   * @param {string} change
   * @param {Submission | null} now
   */
  #next(row, change, now) {
    if (!now) return REMOVED.has(change) ? null : row;
    const next = now.revision >= row.revision ? { ...now, alike: Math.max(now.alike, row.alike), burst: now.burst || row.burst, folded: row.folded, form: row.form } : row;
    return change !== CORRECTED || this.#admits(next) ? next : null;
  }

  /** Whether a newcomer lies in the stretch that is shown, not on a page that is yet to be loaded. @param {number} id */
  #belongs(id) {
    return !this.more || this.loading || id > (this.#rows.at(-1)?.id ?? 0);
  }

  /** Whether a change can bring one here; a row that was dropped at the top is no newcomer. @param {string} change */
  #comes(change) {
    return !this.trimmed || change === "submission.received";
  }

  /** @param {Submission} submission */
  #wait(submission) {
    if (this.#waitingIds.has(submission.id) && !this.#waiting.has(submission.id)) return; // among the many too old to keep
    this.#waiting.set(submission.id, submission);
    this.#waitingIds.add(submission.id);
    if (this.#waiting.size > this.#limit * 2) {
      this.#waiting = new Map(newestFirst(this.#waiting.values()).slice(0, this.#limit).map((kept) => [kept.id, kept]));
    }
  }

  /** @param {number} id */
  #unwait(id) {
    this.#waiting.delete(id);
    this.#waitingIds.delete(id);
  }
}

/**
 * @param {Iterable<Submission>} submissions
 * @returns {Submission[]}
 */
function newestFirst(submissions) {
  return [...submissions].sort((one, other) => other.id - one.id);
}
