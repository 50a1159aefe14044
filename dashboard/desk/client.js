/**
 * What the decisions desk asks of the collector. Knows no DOM. A refusal arrives as a `Problem`; one that is stale
 * carries what stands there now in `told.current`.
 *
 * @import { Api } from "../api.js"
 * @import { Submission } from "../types.js"
 * @import { Asked, Prospect } from "./types.js"
 * @import { Compared, File, Lines, Passage, Section, Taking, Texts, Theme, Version, Work } from "./types.js"
 */

export class DeskClient {
  #api;

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
  }

  /** @returns {Promise<Lines>} */
  lines() {
    return this.#api.ask("GET", "/api/work");
  }

  /** @param {string} key @returns {Promise<Work>} */
  work(key) {
    return this.#api.ask("GET", `/api/decisions/${key}/work`);
  }

  /**
   * @param {string} key
   * @param {File} file
   * @param {number | null} theme that it grows out of
   * @returns {Promise<Work>}
   */
  begin(key, file, theme) {
    return this.#api.ask("POST", "/api/decisions", { key, file, ...(theme === null ? {} : { theme }) });
  }

  /**
   * Changes what is named.
   * @param {string} key
   * @param {Partial<File> & {revision: number, because?: Texts}} writing
   * @returns {Promise<Work>}
   */
  write(key, writing) {
    return this.#api.ask("PATCH", `/api/decisions/${key}`, writing);
  }

  /** @param {string} key @param {Taking} taking @returns {Promise<Work>} */
  step(key, taking) {
    return this.#api.ask("POST", `/api/decisions/${key}/steps`, taking);
  }

  /**
   * @param {string} key
   * @param {{revision: number, sections: Section[], note: Texts}} writ
   * @returns {Promise<Work>}
   */
  publish(key, writ) {
    return this.#api.ask("POST", `/api/decisions/${key}/versions`, writ);
  }

  /** @param {string} key @param {number} version @returns {Promise<Version & {sections: Section[]}>} */
  version(key, version) {
    return this.#api.ask("GET", `/api/decisions/${key}/versions/${version}`);
  }

  /**
   * @param {string} key
   * @param {number} from a version
   * @param {number} to
   * @param {string} language
   * @returns {Promise<Compared[]>}
   */
  async compare(key, from, to, language) {
    const query = new URLSearchParams({ from: String(from), to: String(to), language });
    return (await this.#api.ask("GET", `/api/decisions/${key}/compare?${query}`)).items;
  }

  /**
   * @param {string} key
   * @param {{section: string, version: number, before: Texts, after: Texts, themes: number[]}} linking
   * @returns {Promise<Passage>}
   */
  link(key, linking) {
    return this.#api.ask("POST", `/api/decisions/${key}/passages`, linking);
  }

  /** @param {number} id @param {{before: Texts, after: Texts, themes: number[]}} linking @returns {Promise<Passage>} */
  relink(id, linking) {
    return this.#api.ask("PUT", `/api/passages/${id}`, linking);
  }

  /** @param {number} id @returns {Promise<null>} */
  unlink(id) {
    return this.#api.ask("DELETE", `/api/passages/${id}`);
  }

  /** What was asked in a decision, the newest first. @param {string} key @returns {Promise<Asked[]>} */
  async asks(key) {
    return (await this.#api.ask("GET", `/api/decisions/${key}/asks`)).items;
  }

  /** Whom a question may reach that waits so many days. @param {string} key @param {number} days @returns {Promise<Prospect>} */
  prospect(key, days) {
    return this.#api.ask("GET", `/api/decisions/${key}/asks/prospect?days=${days}`);
  }

  /** @param {string} key @param {Texts} text @param {number} days @returns {Promise<Asked>} */
  ask(key, text, days) {
    return this.#api.ask("POST", `/api/decisions/${key}/asks`, { text, days });
  }

  /** Takes a question back. @param {number} id @returns {Promise<Asked>} */
  unask(id) {
    return this.#api.ask("DELETE", `/api/asks/${id}`);
  }

  /** @param {number} id @param {Texts} heard @param {number} revision @returns {Promise<Asked>} */
  heard(id, heard, revision) {
    return this.#api.ask("PUT", `/api/asks/${id}/heard`, { heard, revision });
  }

  /** The newest answers to a question. @param {number} id @returns {Promise<Submission[]>} */
  async answers(id) {
    return (await this.#api.submissions({ ask: String(id), limit: "50" })).items;
  }

  /** Of one decision, or every one. @param {string | null} key @returns {Promise<Theme[]>} */
  async themes(key) {
    const query = new URLSearchParams(key === null ? { all: "1" } : { decision: key });
    return (await this.#api.ask("GET", `/api/themes?${query}`)).items;
  }
}
