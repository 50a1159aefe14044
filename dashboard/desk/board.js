/**
 * What the desk knows: the list, the decisions that were opened, what is being written and not saved. It asks again when
 * the log says that something happened, and never touches what somebody types. Knows no DOM.
 *
 * @import { Address } from "./address.js"
 * @import { DeskClient } from "./client.js"
 * @import { Change, Submission } from "../types.js"
 * @import { Asked, File, Lines, Taking, Texts, Theme, Work } from "./types.js"
 *
 * @typedef {object} Watcher
 * @property {() => void} draw something is known now that was not
 * @property {(error: unknown) => void} failed
 */

import { Problem } from "../api.js";
import { Draft, emptyFile, keyOf, tidy } from "./draft.js";
import { pathOf } from "./order.js";
import { Writing } from "./writing.js";

const SOON_MS = 150; // an act is on the screen at once
const LATER_MS = 3_000; // voices may come by the hundred
const AGAIN_MS = 4_000;
const NEW = ""; // the draft of a decision that has no key yet

export class Board {
  #client;
  #watcher;
  #timer = 0;
  #due = Infinity;
  #busy = 0;
  #stale = false;
  /** @type {Lines | null} */
  lines = null;
  /** @type {Map<string, Work>} */
  works = new Map();
  /** @type {Map<string, Theme[]>} */
  themes = new Map();
  /** @type {Map<string, Draft>} */
  drafts = new Map();
  /** @type {Map<string, Writing>} texts that are being written */
  writings = new Map();
  /** @type {Map<string, Asked[]>} what was asked in each decision */
  asks = new Map();
  /** @type {Map<string, Submission[]>} the newest answers to the newest question of each */
  answers = new Map();
  /** @type {Map<string, {text: Texts, days: number}>} questions that are being written */
  askings = new Map();
  /** @type {Map<number, {key: string, text: Texts}>} what was heard to a question, being written */
  tellings = new Map();
  /** @type {Theme | null} what a new decision grows out of */
  source = null;
  /** @type {Address | null} */
  address = null;

  /** @param {DeskClient} client @param {Watcher} watcher */
  constructor(client, watcher) {
    this.#client = client;
    this.#watcher = watcher;
  }

  /** @param {Address | null} address */
  show(address) {
    this.address = address;
    if (address) void this.#load();
  }

  /** The work on the decision that is open, once it is known. */
  get work() {
    return (this.address?.key && this.works.get(this.address.key)) || null;
  }

  /** What is being written about the decision that is open, or about a new one. @returns {Draft | null} */
  get draft() {
    const { address } = this;
    if (!address || !this.lines) return null;
    const key = address.part === "new" ? NEW : address.key;
    if (key === null) return null;
    const known = this.drafts.get(key);
    if (known) return known;
    const { work } = this;
    if (key !== NEW && !work) return null;
    if (key === NEW && address.theme !== null && !this.source) return null;
    const draft = key === NEW ? new Draft(null, this.#beginning(address)) : new Draft(work);
    this.drafts.set(key, draft);
    return draft;
  }

  /** The text that is being written for the decision that is open. */
  get writing() {
    const { work } = this;
    if (!work) return null;
    const known = this.writings.get(work.key) ?? new Writing(work);
    this.writings.set(work.key, known);
    return known;
  }

  /** Keys of decisions with something that is not saved; an empty one for a new decision. */
  get unsaved() {
    const keys = new Set([...this.drafts].filter(([, draft]) => draft.dirty).map(([key]) => key));
    for (const [key, writing] of this.writings) if (writing.dirty) keys.add(key);
    for (const key of this.unasked) keys.add(key);
    return [...keys];
  }

  /** Keys of decisions in which a question, or what was heard to one, is written and not sent. */
  get unasked() {
    const written = (/** @type {Texts} */ text) => Object.values(text).some((said) => said.trim());
    return [...[...this.askings].filter(([, { text }]) => written(text)).map(([key]) => key), ...[...this.tellings.values()].filter(({ text }) => written(text)).map(({ key }) => key)];
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    for (const { change, submission, act } of changes) {
      if (act || submission?.ask || change.startsWith("decision.")) this.#soon(SOON_MS);
      else if (change.startsWith("submission.") && (!submission || submission.decision)) this.#soon(LATER_MS);
    }
  }

  refresh() {
    this.#soon(SOON_MS);
  }

  /**
   * Begins a new decision, under a key made of its title unless one was chosen.
   * @param {Draft} draft
   * @returns {Promise<Work>}
   */
  async begin(draft) {
    const wanted = draft.key || keyOf(draft.file.title) || "decision";
    for (let number = 1; ; number += 1) {
      const key = number === 1 ? wanted : `${wanted}-${number}`;
      try {
        const sent = structuredClone(tidy(draft.file));
        const work = await this.#whole(() => this.#client.begin(key, sent, this.source?.id ?? null));
        this.#keep(work);
        this.drafts.delete(NEW);
        this.drafts.set(key, draft);
        draft.saved(work, Date.now(), sent);
        this.source = null;
        return work;
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== "exists" || draft.key || number > 20) throw error;
      }
    }
  }

  /**
   * Stores what is written. When somebody else was first, both works are brought together in the draft, and nothing is
   * stored yet.
   * @param {string} key
   * @param {Draft} draft
   * @param {Partial<File> & {because?: import("./types.js").Texts}} changes
   * @returns {Promise<boolean>} whether it is stored
   */
  async write(key, draft, changes) {
    const sent = structuredClone(draft.file);
    try {
      const work = await this.#whole(() => this.#client.write(key, { ...changes, revision: draft.work?.revision ?? 1 }));
      this.#keep(work);
      draft.saved(work, Date.now(), sent);
      return true;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "stale" || !error.told.current) throw error;
      this.#keep(error.told.current);
      draft.meets(error.told.current);
      this.#watcher.draw();
      return false;
    }
  }

  /**
   * Takes a step from what is known now.
   * @param {string} key
   * @param {Omit<Taking, "revision">} taking
   * @param {number} revision the one that was looked at
   */
  async step(key, taking, revision) {
    return this.#taken(key, () => this.#client.step(key, { ...taking, revision }));
  }

  /** Moves the last day. @param {string} key @param {string} until @param {import("./types.js").Texts} because @param {number} revision */
  async move(key, until, because, revision) {
    return this.#taken(key, () => this.#client.write(key, { until, because, revision }));
  }

  /** Publishes a version of the text. @param {string} key @param {{sections: import("./types.js").Section[], note: import("./types.js").Texts}} writ @param {number} revision */
  async publish(key, writ, revision) {
    return this.#taken(key, () => this.#client.publish(key, { ...writ, revision }));
  }

  /** Whatever the answer of `ask` is, the decision is asked for again. @template T @param {() => Promise<T>} ask */
  async linked(ask) {
    const found = await this.#whole(ask);
    await this.#load();
    return found;
  }

  get client() {
    return this.#client;
  }

  /** @param {string} key @param {() => Promise<Work>} ask */
  async #taken(key, ask) {
    try {
      const work = await this.#whole(ask);
      this.#keep(work);
      this.#soon(0);
      return work;
    } catch (error) {
      if (error instanceof Problem && error.told.current) this.#keep(error.told.current);
      this.#watcher.draw();
      throw error;
    }
  }

  /** What comes in while something of ours is on its way is ours. @template T @param {() => Promise<T>} ask @returns {Promise<T>} */
  async #whole(ask) {
    this.#busy += 1;
    try {
      return await ask();
    } finally {
      this.#busy -= 1;
      if (!this.#busy && this.#stale) this.#soon(SOON_MS);
    }
  }

  /** @param {Work} work */
  #keep(work) {
    const before = this.works.get(work.key);
    if (before && before.revision > work.revision) return;
    this.works.set(work.key, work);
    const draft = this.drafts.get(work.key);
    if (draft && !draft.dirty && !draft.clashes.length && draft.work !== work) {
      draft.saved(work, null);
    }
    const writing = this.writings.get(work.key);
    if (writing && !writing.dirty) this.writings.set(work.key, new Writing(work));
  }

  /** @param {number} ms */
  #soon(ms) {
    if (this.#busy) {
      this.#stale = true;
      return;
    }
    const due = performance.now() + ms;
    if (due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = Number(setTimeout(() => {
      this.#due = Infinity;
      void this.#load();
    }, ms));
  }

  async #load() {
    this.#stale = false;
    const { address } = this;
    if (!address && this.lines === null) return;
    try {
      const [lines, work, themes, asks] = await Promise.all([
        this.#client.lines(),
        address?.key ? this.#client.work(address.key) : null,
        address?.key ? this.#client.themes(address.key) : address?.part === "new" && address.theme !== null && !this.source ? this.#client.themes(null) : null,
        address?.key && address.part === "ask" ? this.#client.asks(address.key) : null,
      ]);
      const answers = asks?.[0] ? await this.#client.answers(asks[0].id) : [];
      if (this.#busy) {
        this.#stale = true;
        return;
      }
      this.lines = lines;
      if (work) this.#keep(work);
      if (address?.key && asks) {
        this.asks.set(address.key, asks);
        this.answers.set(address.key, answers);
      }
      if (address?.key && themes) this.themes.set(address.key, themes);
      else if (themes && address) this.source = themes.find((theme) => theme.id === address.theme && theme.decision === null) ?? null;
      if (address?.theme && !this.source) this.address = { ...address, theme: null }; // it is gone, or belongs somewhere by now
      this.#watcher.draw();
    } catch (error) {
      this.#watcher.failed(error);
      const { status } = /** @type {{status?: number}} */ (error);
      if (status === 0 || (status ?? 0) >= 500) setTimeout(() => void this.#load(), AGAIN_MS);
    }
  }

  /** What a new one begins with: its theme, its page, and the one who answers when there is only one. @param {Address} address */
  #beginning(address) {
    const file = emptyFile();
    const points = this.lines?.contact_points ?? [];
    const path = address.page ? pathOf(address.page) : null;
    return {
      ...file,
      title: { ...this.source?.name },
      contact_point: points.length === 1 ? points[0]?.key ?? null : null,
      patterns: path ? [path] : [],
    };
  }
}
