/**
 * Who gets a story every morning: what the collector says of it, asked for when a screen shows it and again when the log
 * says that it changed. Knows no DOM.
 *
 * @import { Api } from "../api.js"
 * @import { Language } from "../words.js"
 * @import { Change } from "../types.js"
 *
 * @typedef {{id: number, name: string, office: string}} Who
 * @typedef {Who & {joined_at: number | null}} Colleague
 *
 * @typedef {object} Morning  of one decision
 * @property {string} decision its key
 * @property {Who} owner
 * @property {Who} reader  who gets it: the owner, or who took it over
 * @property {Language} language
 * @property {"on" | "paused" | "off" | "gone"} state
 * @property {"unread" | "address" | "team" | null} off_because
 * @property {string | null} paused_until
 * @property {number} unread in a row
 * @property {number} sent
 * @property {number} read
 * @property {boolean} waits  one is drawn, and the mail server has not taken it
 * @property {number | null} last_at
 *
 * @typedef {{step: "on" | "off"} | {step: "pause", days: number} | {step: "hand_over", to: number}} MorningStep
 */

export class Mornings {
  #api;
  #draw;
  #failed;
  #wanted = false;
  /** @type {Morning[] | null} null: not known yet */
  items = null;
  /** @type {Colleague[]} who has joined */
  colleagues = [];
  /** Whether the operator has set up a mail server. */
  offered = false;

  /**
   * @param {Api} api
   * @param {() => void} draw something is known now that was not
   * @param {(error: unknown) => void} failed
   */
  constructor(api, draw, failed) {
    this.#api = api;
    this.#draw = draw;
    this.#failed = failed;
  }

  /** Asks once, for a screen that shows it. */
  want() {
    if (this.#wanted) return;
    this.#wanted = true;
    void this.load();
  }

  async load() {
    try {
      const [mornings, members] = await Promise.all([this.#api.ask("GET", "/api/mornings"), this.#api.ask("GET", "/api/members")]);
      this.colleagues = members.items.filter((/** @type {Colleague} */ { joined_at }) => joined_at !== null);
      this.#take(mornings);
    } catch (error) {
      this.#wanted = false;
      this.#failed(error);
    }
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (this.#wanted && changes.some(({ change }) => change.startsWith("morning.") || change.startsWith("member."))) void this.load();
  }

  /** @param {string} key of a decision @returns {Morning | null} null: nobody owns it */
  of(key) {
    return this.items?.find(({ decision }) => decision === key) ?? null;
  }

  /** @param {string} key @param {number | null} owner @param {Language} language */
  async own(key, owner, language) {
    this.#take(await this.#api.ask("PUT", `/api/decisions/${key}/morning`, { member: owner, language }));
  }

  /** @param {string} key @param {MorningStep} step */
  async take(key, step) {
    this.#take(await this.#api.ask("POST", `/api/decisions/${key}/morning`, step));
  }

  /** @param {{items: Morning[], offered: boolean}} told */
  #take({ items, offered }) {
    this.items = items;
    this.offered = offered;
    this.#draw();
  }
}
