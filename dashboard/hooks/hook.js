/**
 * One hook: how it goes, what its receiver answered, and what can be done with it.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Hook } from "./hooks.js"
 *
 * @typedef {object} HookAnswer
 * @property {number} id
 * @property {number} at
 * @property {string} event
 * @property {number | null} cursor
 * @property {"taken" | "refused" | "unreachable" | "unknown" | "inside"} outcome
 * @property {number | null} status
 * @property {number} ms
 * @property {string} said
 *
 * @typedef {object} Around  what the place does for it
 * @property {() => void} changed
 * @property {(hook: Hook, secret: string) => void} secret
 * @property {(said: string) => void} say
 * @property {() => void} gone
 */

import { make } from "../elements/node.js";
import { Refused } from "../elements/refused.js";
import { sure } from "../elements/sure.js";

const SHOWN = 20;

export class HookRow {
  #api;
  #tongue;
  #around;
  #refused;
  #head = make("div", { class: "hook-head" });
  #doings = make("p", { class: "doings" });
  #tried = make("p", { class: "tried", role: "status" });
  #answers = make("div", { class: "answers" });
  #log = make("details", {});
  /** @type {Hook | null} */
  #hook = null;
  #drawn = "";
  node;

  /**
   * @param {Api} api
   * @param {Tongue} tongue
   * @param {Around} around
   */
  constructor(api, tongue, around) {
    this.#api = api;
    this.#tongue = tongue;
    this.#around = around;
    this.#refused = new Refused(tongue.words);
    this.#log.append(make("summary", {}, tongue.words.get("hooks.log")), this.#answers);
    this.#log.addEventListener("toggle", () => this.#log.open && void this.#load());
    this.node = make("li", {}, this.#head, this.#refused.node, this.#tried, this.#doings, this.#log);
  }

  /** @param {Hook} hook @param {number} cursor the newest of the log */
  show(hook, cursor) {
    const { words } = this.#tongue;
    this.#hook = hook;
    this.#head.replaceChildren(
      make("h3", {}, make("bdi", {}, hook.name)),
      make("p", { class: "where" }, make("bdi", { dir: "ltr" }, hook.url)),
      make("p", { class: hook.state === "paused" || hook.tries ? "state soon" : "state" }, this.#state(hook, cursor)),
      make("p", { class: "since" }, hook.topics.map((topic) => words.get(`hooks.topic.${topic}`)).join(" · "), hook.created_by ? ` · ${words.get("access.by", { by: hook.created_by })}` : ""),
    );
    const drawn = `${hook.id} ${hook.name} ${hook.state}`;
    if (drawn !== this.#drawn) this.#draw(hook);
    this.#drawn = drawn;
    if (this.#log.open) void this.#load();
  }

  /** How it goes, in a sentence. @param {Hook} hook @param {number} cursor */
  #state({ state, because, tries, failing_since: since, retry_at: again, sent, sent_at: at, old_until: old }, cursor) {
    const { words, when } = this.#tongue;
    if (state === "paused") return words.get(`hooks.paused.${because}`);
    if (tries && since !== null) return words.get("hooks.failing", { n: tries, since: when.said(since), again: again === null ? "" : when.time(again) });
    const said = sent && at !== null ? words.get("hooks.well", { n: sent, at: when.said(at) }) : words.get("hooks.nothing_yet");
    return old !== null && old > Date.now() && cursor ? `${said} ${words.get("hooks.two_secrets", { until: when.said(old) })}` : said;
  }

  /** @param {Hook} hook */
  #draw({ id, name, state }) {
    const { words } = this.#tongue;
    const button = (/** @type {string} */ key, /** @type {() => void} */ pressed) => {
      const made = make("button", { type: "button", "data-does": `${key}-${id}`, "aria-label": `${words.get(key)}: ${name}` }, words.get(key));
      made.addEventListener("click", pressed);
      return made;
    };
    const asked = (/** @type {string} */ ask, /** @type {string} */ yes, /** @type {() => void} */ run) => sure(words, { ask, sure: yes, keep: "members.keep" }, name, run);
    this.#doings.replaceChildren(
      button("hooks.test", () => void this.#test()),
      button(state === "on" ? "hooks.pause" : "hooks.resume", () => void this.#turn(state !== "on")),
      asked("hooks.rotate", "hooks.rotate_sure", () => void this.#rotate()),
      asked("hooks.remove", "hooks.remove_sure", () => void this.#remove()),
    );
  }

  /** @param {string} method @param {string} [rest] @param {object} [body] */
  #ask(method, rest = "", body) {
    return this.#api.ask(method, `/api/hooks/${this.#hook?.id}${rest}`, body);
  }

  async #test() {
    await this.#refused.attempt(async () => {
      this.#tried.textContent = this.#tongue.words.get("hooks.trying");
      /** @type {HookAnswer} */
      const answer = await this.#ask("POST", "/test").catch((error) => {
        this.#tried.textContent = "";
        throw error;
      });
      this.#tried.textContent = this.#outcome(answer);
      if (this.#log.open) await this.#load();
    });
  }

  /** @param {boolean} on */
  async #turn(on) {
    await this.#refused.attempt(async () => {
      const held = this.#doings.contains(document.activeElement);
      const hook = await this.#ask("PATCH", "", { on });
      this.show(hook, hook.cursor);
      if (held) /** @type {HTMLElement | null} */ (this.#doings.querySelectorAll("button")[1])?.focus({ preventScroll: true });
    });
  }

  async #rotate() {
    await this.#refused.attempt(async () => {
      const { hook, secret } = await this.#ask("POST", "/secret");
      if (this.#hook) this.#draw(this.#hook);
      this.#around.secret(hook, secret);
    });
  }

  async #remove() {
    if (!(await this.#refused.attempt(() => this.#ask("DELETE")))) return;
    this.#around.changed();
    this.#around.gone();
  }

  /** @param {number} after */
  async #replay(after) {
    if (!(await this.#refused.attempt(() => this.#ask("POST", "/replay", { after })))) return;
    this.#around.say(this.#tongue.words.get("hooks.replayed"));
    this.#around.changed();
  }

  async #load() {
    await this.#refused.attempt(async () => {
      /** @type {{items: HookAnswer[]}} */
      const { items } = await this.#ask("GET", `/answers?limit=${SHOWN}`);
      const { words } = this.#tongue;
      this.#answers.replaceChildren(items.length ? make("ol", { class: "entries" }, ...items.map((answer) => this.#answer(answer))) : make("p", { class: "hint" }, words.get("hooks.no_answers")));
    });
  }

  /** @param {HookAnswer} answer */
  #answer(answer) {
    const { words, when } = this.#tongue;
    const { at, event, cursor, outcome, said } = answer;
    const time = make("time", { datetime: new Date(at).toISOString(), title: when.whole(at) }, when.said(at));
    const again = cursor === null ? null : make("button", { type: "button", class: "plain", "aria-label": `${words.get("hooks.again")}: ${event} ${cursor}` }, words.get("hooks.again"));
    again?.addEventListener("click", () => void this.#replay(Number(cursor) - 1));
    const told = make("p", {}, make("span", { class: outcome === "taken" ? "" : "soon" }, this.#outcome(answer)), said ? make("q", { dir: "auto" }, said) : null);
    return make("li", {}, time, told, make("code", {}, cursor === null ? event : `${event} · ${cursor}`), again);
  }

  /** @param {HookAnswer} answer */
  #outcome({ outcome, status, ms }) {
    return this.#tongue.words.get(`hooks.outcome.${outcome}`, { status: status ?? 0, ms });
  }
}
