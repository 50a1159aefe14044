/**
 * The room: one view at a time, kept right by what comes in. It owns what is known (the list, the figures, what is
 * read) and tells the page what changed, once per frame, however much arrives.
 *
 * @import { Api } from "./api.js"
 * @import { View } from "./filter.js"
 * @import { Invitation, MessageKind } from "./themes/types.js"
 * @import { Standing } from "./status.js"
 * @import { Themes } from "./themes/themes.js"
 * @import { Change, Me, One, Submission } from "./types.js"
 *
 * @typedef {"view" | "rows" | "arrivals" | "figures" | "open" | "themes"} Part  what the page must draw again
 *
 * @typedef {object} Watcher
 * @property {(parts: ReadonlySet<Part>) => void} draw
 * @property {(submission: Submission) => void} newest has just come, or has just changed
 * @property {(id: number) => void} gone
 * @property {(error: unknown, where: "list" | "one") => void} failed
 * @property {() => void} well what was asked was answered
 */

import { admits, foldedQuestion, linkTo, question, scopeOf } from "./filter.js";
import { Facets } from "./facets.js";
import { SubmissionList } from "./submissions.js";

const PAGE = 100;
const BEHIND = 20; // of those for which one stands
const AGAIN_MS = 4_000; // when there was no answer, it is asked again

export class Room {
  #api;
  #watcher;
  /** @type {Set<Part>} */
  #dirty = new Set();
  #frame = 0;
  /** @type {string | null} the address of the view that was asked for */
  #asked = null;
  #loading = new AbortController();
  /** @type {Set<number>} ids of those who spoke last, as far as this view knows */
  #spoke = new Set();
  /** @type {View} */
  view = { filter: {}, open: null, figures: false };
  /** @type {One | null} */
  one = null;
  /** @type {number | null} the voice whose author is being written to */
  writing = null;
  /** @type {Promise<void>} */
  #marking = Promise.resolve();
  /** @type {Set<string>} the words of this search that are another form of what is typed */
  forms = new Set();
  /** Ids of voices that came while nobody looked. */
  unseen = new Set();

  /**
   * @param {Api} api
   * @param {Me} me
   * @param {Themes} themes
   * @param {Watcher} watcher
   */
  constructor(api, me, themes, watcher) {
    this.#api = api;
    this.#watcher = watcher;
    this.me = me;
    this.themes = themes;
    this.list = this.#newList();
    this.facets = new Facets(api, () => this.#mark("figures"), (error) => watcher.failed(error, "list"));
  }

  /** @param {View} view */
  show(view) {
    const before = this.view;
    this.view = view;
    this.#mark("view");
    if (this.#asked !== linkTo(view.filter)) void this.load();
    if (before.open !== view.open) {
      this.one = null;
      this.#mark("open");
      if (view.open !== null) void this.read(view.open);
    }
  }

  /** Loads the view from its beginning; what changes meanwhile is not missed. */
  async load() {
    this.#loading.abort();
    this.#asked = linkTo(this.view.filter);
    const { signal } = (this.#loading = new AbortController());
    this.forms.clear();
    const list = (this.list = this.#newList());
    this.#mark("rows", "arrivals");
    this.facets.scope(scopeOf(this.view.filter));
    try {
      const { items, more } = await this.#page(undefined, signal);
      list.fill(items, more);
      this.#watcher.well();
      this.#mark("rows", "arrivals");
    } catch (error) {
      if (signal.aborted) return;
      this.#watcher.failed(error, "list");
      this.#again(error, () => this.list === list && list.loading && void this.load());
    }
  }

  /** The next page. */
  async older() {
    const { list } = this;
    const { signal } = this.#loading;
    try {
      const { items, more } = await this.#page(list.rows.at(-1), signal);
      list.append(items, more);
      this.#watcher.well();
      this.#mark("rows");
    } catch (error) {
      if (!signal.aborted) this.#watcher.failed(error, "list");
    }
  }

  /** @returns {Promise<Submission[]>} those that waited */
  async letIn() {
    if (this.list.trimmed || this.view.filter.q) {
      await this.load();
      return [...this.list.rows.slice(0, 1)];
    }
    const fresh = this.list.letIn();
    this.#mark("rows", "arrivals");
    return fresh;
  }

  /** @param {Change[]} changes */
  apply(changes) {
    for (const { change, id } of changes) if (change === "submission.added" && id !== null) this.#spoke.add(id);
    const { arrived, changed, gone } = this.list.apply(changes);
    if (arrived.length || gone.length) this.#mark("arrivals");
    if (changed.length || gone.length) this.#mark("rows");
    this.facets.apply(changes);
    this.themes.apply(changes);
    for (const change of changes) this.#notice(change);
    for (const { id } of arrived) this.unseen.add(id);
    for (const id of gone) this.unseen.delete(id);
    if (changes.some(({ id }) => id !== null && id === this.view.open)) void this.read(/** @type {number} */ (this.view.open));
  }

  /** @param {number} id */
  async read(id) {
    try {
      const one = await this.#api.submission(id);
      if (this.view.open !== id) return;
      this.one = one;
      this.#watcher.well();
      this.#mark("open");
    } catch (error) {
      if (this.view.open !== id) return;
      this.#watcher.failed(error, "one");
      this.#again(error, () => this.view.open === id && void this.read(id));
    }
  }

  /** @param {number} id @returns {Promise<One | null>} */
  other(id) {
    return this.#api.submission(id).catch(() => null);
  }

  /** @param {number} id @returns {Promise<import("./types.js").Similarity | null>} what is like it; null when it cannot be had */
  similar(id) {
    return this.#api.ask("GET", `/api/submissions/${id}/similar`).catch(() => null);
  }

  /**
   * The newest of those for which one stands in this view.
   * @param {number} id
   * @returns {Promise<Submission[] | null>} null when they cannot be had
   */
  behind(id) {
    const query = { ...question(this.view.filter), alike: String(id), before: String(id), limit: String(BEHIND) };
    return this.#api.submissions(query).then(({ items }) => items, () => null);
  }

  /**
   * Writes to the author of a voice. Problem when it is refused.
   * @param {number} id
   * @param {string} text
   * @param {MessageKind} kind
   * @param {{invitation?: Invitation, contact_point?: string}} more what comes with its kind
   */
  async write(id, text, kind, more) {
    this.writing = id;
    try {
      await this.#marking; // who writes has read: the two never cross on their way
      await this.#api.ask("POST", `/api/submissions/${id}/messages`, { text, kind, ...more });
      if (this.view.open === id) await this.read(id);
    } finally {
      this.writing = null;
    }
  }

  /**
   * Claims one, or lets it go; then it is shown as it stands.
   * @param {number} id
   * @param {"PUT" | "DELETE"} method
   * @param {boolean} [over] also when a colleague has it
   * @returns {Promise<boolean>} whether it was done; what a colleague has is no fault of anybody's
   */
  async claim(id, method, over = false) {
    try {
      await this.#api.ask(method, `/api/submissions/${id}/claim`, method === "PUT" ? { over } : undefined);
      return true;
    } catch (error) {
      if (/** @type {{code?: string}} */ (error).code !== "claimed") this.#watcher.failed(error, "one");
      return false;
    } finally {
      if (this.view.open === id) await this.read(id);
    }
  }

  /**
   * Says how grave one is, and why. Problem when it is refused; 412 when somebody changed it since it was seen, and then
   * it is shown anew.
   * @param {One} seen
   * @param {string} weight
   * @param {string} text
   */
  async weigh({ id }, weight, text) {
    await this.#marking; // who weighs has read: the two never cross on their way
    const { revision } = this.one?.id === id ? this.one : await this.#api.submission(id);
    try {
      await this.#api.ask("POST", `/api/submissions/${id}/weighing`, { weight, text, revision });
    } finally {
      if (this.view.open === id) await this.read(id);
    }
  }

  /**
   * Sets the status of the one that is open; somebody else's change in between is seen first, and then respected.
   * @param {Standing} wanted
   */
  mark(wanted) {
    this.#marking = this.#setStatus(wanted);
    return this.#marking;
  }

  /** @param {Standing} wanted */
  async #setStatus(wanted) {
    const { one } = this;
    if (!one) return;
    try {
      await this.#api.triage(one, wanted);
    } catch (error) {
      if (/** @type {{status?: number}} */ (error).status !== 412) return this.#watcher.failed(error, "list");
    }
    if (this.view.open === one.id) await this.read(one.id);
  }

  /**
   * @param {unknown} error
   * @param {() => void} ask
   */
  #again(error, ask) {
    const { status } = /** @type {{status?: number}} */ (error);
    if (status === 0 || (status ?? 0) >= 500) setTimeout(ask, AGAIN_MS);
  }

  /** @param {Change} change */
  #notice({ id, change, submission }) {
    if (id === null || !change.startsWith("submission.")) return;
    if (!submission || submission.erased_at !== null) this.#watcher.gone(id);
    else if (change !== "submission.received" && change !== "submission.corrected") return;
    else if (admits({ ...scopeOf(this.view.filter), words: "all" }, submission)) this.#watcher.newest(submission);
  }

  /**
   * One page of the view. Of a search first what holds the words as they are typed, and after that what holds another form.
   * @param {Submission | undefined} last after which it begins
   * @param {AbortSignal} signal
   */
  async #page(last, signal) {
    const { filter } = this.view;
    /** @type {(found: string | null, before: number | undefined, limit: number) => Promise<{items: Submission[], more: boolean}>} */
    const ask = async (found, before, limit) => {
      const query = { ...foldedQuestion(filter), ...(found ? { found } : {}), limit: String(limit), ...(before === undefined ? {} : { before: String(before) }) };
      const { items, next, folded, forms } = await this.#api.submissions(query, signal);
      for (const { id } of items) this.#spoke.add(id);
      this.#found(forms);
      return { items: items.map((item) => ({ ...item, folded: folded[item.id] ?? null, form: found === "forms" })), more: next !== null };
    };
    if (!filter.q) return ask(null, last?.id, PAGE);
    if (last?.form) return ask("forms", last.id, PAGE);
    const exact = await ask("exact", last?.id, PAGE);
    if (exact.more) return exact;
    const forms = await ask("forms", undefined, PAGE);
    return { items: [...exact.items, ...forms.items], more: forms.more };
  }

  /** Words that are another form of what is searched for: they are marked wherever they stand. @param {readonly string[]} forms */
  #found(forms) {
    const before = this.forms.size;
    for (const form of forms) this.forms.add(form);
    if (this.forms.size > before) this.#mark("open");
  }

  #newList() {
    const { filter } = this.view;
    this.#spoke = new Set();
    const { waiting } = filter;
    return new SubmissionList((submission) => admits(filter, submission) && (!waiting || this.#spoke.has(submission.id)));
  }

  /** Names, figures or answers of themes changed. */
  themed() {
    this.#mark("themes", "figures");
  }

  /** @param {...Part} parts */
  #mark(...parts) {
    for (const part of parts) this.#dirty.add(part);
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      const dirty = this.#dirty;
      this.#dirty = new Set();
      this.#watcher.draw(dirty);
    });
  }
}
