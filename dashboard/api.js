/**
 * What the dashboard asks of the collector. Knows no DOM. A refusal arrives as a `Problem`, in the reader's language.
 *
 * @import { Counts, Me, One, Page, Submission } from "./types.js"
 */

const PATIENCE_MS = 15_000;

/** A refusal (RFC 9457). `status` 0: no answer came at all, and then there is no title either. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {string} title
   * @param {string} detail
   * @param {string} code the last part of its `type`
   * @param {Record<string, any>} told the whole problem document
   */
  constructor(status, title, detail, code, told = {}) {
    super(title || code);
    this.name = "Problem";
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.code = code;
    this.told = told;
  }
}

/** The requests of a signed-in member; the session cookie travels by itself. */
export class Api {
  #fetch;
  #language;

  /**
   * @param {typeof globalThis.fetch} fetch
   * @param {string} language for the words of refusals
   */
  constructor(fetch, language) {
    this.#fetch = fetch;
    this.#language = language;
  }

  /** @returns {Promise<Me>} */
  me() {
    return this.ask("GET", "/api/me");
  }

  /**
   * Newest first.
   * @param {Record<string, string>} query filters of the list, with `before`, `after` (ids) and `limit`
   * @param {AbortSignal} [signal]
   * @returns {Promise<Page>}
   */
  submissions(query, signal) {
    return this.ask("GET", `/api/submissions?${new URLSearchParams(query)}`, undefined, signal);
  }

  /**
   * @param {number} id
   * @param {AbortSignal} [signal]
   * @returns {Promise<One>}
   */
  submission(id, signal) {
    return this.ask("GET", `/api/submissions/${id}`, undefined, signal);
  }

  /**
   * Sets what is named. Problem 412 when somebody changed the submission since `revision`.
   * @param {{id: number, revision: number}} seen
   * @param {{status?: string, kind?: string | null, contact_point?: string | null, aside?: string | null, member?: number | null}} wanted
   * @returns {Promise<Submission>}
   */
  triage({ id, revision }, wanted) {
    return this.ask("PATCH", `/api/submissions/${id}`, { ...wanted, revision });
  }

  /**
   * @param {Record<string, string>} query any of placement, language, channel, from, to
   * @param {AbortSignal} [signal]
   * @returns {Promise<Counts>}
   */
  counts(query, signal) {
    return this.ask("GET", `/api/counts?${new URLSearchParams(query)}`, undefined, signal);
  }

  /** @returns {Promise<null>} */
  signOut() {
    return this.ask("DELETE", "/api/session");
  }

  /**
   * Any operation of the collector.
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>} what the operation of that path answers; null for 204
   */
  async ask(method, path, body, signal) {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    /** @type {Response} */
    let response;
    try {
      response = await this.#fetch(path, {
        method,
        headers: { "accept-language": this.#language, ...(body ? { "content-type": "application/json" } : {}) },
        body: body ? JSON.stringify(body) : null,
        credentials: "same-origin",
        signal: signal ? AbortSignal.any([signal, patience]) : patience,
      });
      if (response.ok) return response.status === 204 ? null : await response.json();
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Problem(0, "", "", "no_answer");
    }
    throw await refusal(response);
  }
}

/**
 * @param {Response} response one that is not ok
 * @returns {Promise<Problem>}
 */
async function refusal(response) {
  const told = await response.json().catch(() => ({}));
  const [title, detail, type] = [told?.title, told?.detail, told?.type].map((part) => (typeof part === "string" ? part : ""));
  return new Problem(response.status, title ?? "", detail ?? "", (type ?? "").split("/").pop() || String(response.status), told ?? {});
}
