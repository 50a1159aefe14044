/**
 * The audit log, for those who manage: who did and read what, day by day. No citizen's words stand in it.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 *
 * @typedef {object} Entry
 * @property {number} id
 * @property {number} at
 * @property {string} who
 * @property {string} act
 * @property {number | null} subject_id
 * @property {string | null} detail
 * @property {number | null} number
 * @property {string | null} decision
 */

import { make, set } from "../elements/node.js";
import { Place } from "../elements/place.js";
import { Refused } from "../elements/refused.js";
import { linkTo } from "../filter.js";
import { runs, voices } from "./runs.js";

const KINDS = /** @type {const} */ (["", "read", "did", "signed"]);
const DAYS = [90, 180, 365, 730, 1825, 3650];
const LATER_MS = 300;

export class Audit extends Place {
  #api;
  #tongue;
  #refused;
  #later = 0;
  #asked = 0;
  /** @type {Entry[]} */
  #items = [];
  /** @type {number | null} */
  #next = null;
  #q = make("input", { type: "text", id: "audit-q", maxlength: 100, autocomplete: "off" });
  #kind = make("select", { id: "audit-kind" });
  #from = make("input", { type: "date", id: "audit-from" });
  #to = make("input", { type: "date", id: "audit-to" });
  #submission = make("input", { type: "text", id: "audit-submission", inputmode: "numeric", maxlength: 16, autocomplete: "off" });
  #list = make("div", { class: "list", "aria-live": "off" });
  #said = make("p", { role: "status", class: "heard" });
  #more = make("button", { type: "button", hidden: true });
  #exports = make("p", { class: "exports" });
  #days = make("select", { id: "audit-days", "aria-describedby": "audit-days-hint" });

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Tongue} tongue
   */
  constructor(root, api, tongue) {
    super(root, tongue.words);
    this.#api = api;
    this.#tongue = tongue;
    this.#refused = new Refused(tongue.words);
  }

  build() {
    const { words } = this.#tongue;
    this.#kind.append(...KINDS.map((kind) => make("option", { value: kind }, words.get(`audit.kind.${kind || "all"}`))));
    this.#days.append(...DAYS.map((n) => make("option", { value: n }, words.get("access.days", { n }))));
    this.#days.addEventListener("change", () => void this.#keep());
    this.#more.textContent = words.get("audit.more");
    this.#more.addEventListener("click", () => void this.load(true));
    const field = (/** @type {string} */ name, /** @type {HTMLElement} */ input) => make("p", { class: "field" }, make("label", { for: input.id }, words.get(`audit.${name}`)), input);
    const form = make(
      "form",
      { class: "seeking", role: "search", "aria-labelledby": "audit-title" },
      field("q", this.#q),
      field("kind", this.#kind),
      field("from", this.#from),
      field("to", this.#to),
      field("submission", this.#submission),
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => {
      clearTimeout(this.#later);
      this.#later = window.setTimeout(() => void this.load(), LATER_MS);
    });
    this.root.append(
      make("h2", { id: "audit-title" }, words.get("audit.title")),
      make("p", { class: "hint" }, words.get("audit.hint")),
      form,
      this.#refused.node,
      this.#said,
      this.#list,
      make("p", { class: "tail" }, this.#more),
      this.#exports,
      make("section", { class: "kept" }, make("p", { class: "field" }, make("label", { for: "audit-days" }, words.get("audit.days")), this.#days), make("p", { class: "hint", id: "audit-days-hint" }, words.get("audit.days_hint"))),
    );
  }

  enter() {
    void this.load();
  }

  /** What others do meanwhile waits for the next look: a log that moves under the eyes cannot be read. */
  apply() {}

  /** @returns {Record<string, string>} what is asked for */
  #sought() {
    const asked = { q: this.#q.value.trim(), kind: this.#kind.value, from: this.#from.value, to: this.#to.value, submission: this.#submission.value.trim() };
    return Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
  }

  /** @param {boolean} [more] the next page, below what is there */
  async load(more = false) {
    const asked = ++this.#asked;
    const sought = this.#sought();
    await this.#refused.attempt(async () => {
      const query = new URLSearchParams({ ...sought, ...(more && this.#next ? { before: String(this.#next) } : {}) });
      const page = await this.#api.ask("GET", `/api/audit?${query}`);
      if (asked !== this.#asked) return;
      this.#items = more ? [...this.#items, ...page.items] : page.items;
      this.#next = page.next;
      this.#draw(sought, page.days);
    });
  }

  /** @param {Record<string, string>} sought @param {number} days */
  #draw(sought, days) {
    const { words } = this.#tongue;
    this.#said.textContent = words.get("audit.found", { n: this.#items.length });
    this.#more.hidden = this.#next === null;
    if (!DAYS.includes(days) && !this.#days.querySelector(`[value="${days}"]`)) this.#days.append(make("option", { value: days }, words.get("access.days", { n: days })));
    this.#days.value = String(days);
    const query = new URLSearchParams(sought);
    const link = (/** @type {string} */ kind) => make("a", { href: `/api/audit.${kind}?${query}`, download: true }, words.get(`audit.${kind}`));
    this.#exports.replaceChildren(words.get("audit.take"), " ", link("csv"), " · ", link("jsonl"));
    this.#exports.hidden = !this.#items.length;
    if (!this.#items.length) return this.#list.replaceChildren(make("p", { class: "lead" }, words.get(Object.keys(sought).length ? "audit.nothing" : "audit.none")));
    /** @type {Map<string, Entry[]>} */
    const byDay = new Map();
    for (const entry of this.#items) {
      const day = this.#tongue.when.day(entry.at);
      byDay.set(day, [...(byDay.get(day) ?? []), entry]);
    }
    this.#list.replaceChildren(
      ...[...byDay].map(([day, entries]) => make("section", {}, make("h3", {}, day), make("ol", { class: "entries" }, ...runs(entries).map((run) => (run.length > 1 ? this.#run(run) : this.#row(/** @type {Entry} */ (run[0]))))))),
    );
  }

  /** Several of the same on end, newest first: opened, they stand one by one. @param {Entry[]} run */
  #run(run) {
    const { when, words } = this.#tongue;
    const [first, last] = [/** @type {Entry} */ (run[0]), /** @type {Entry} */ (run.at(-1))];
    const read = voices(run);
    const did = this.#did({ ...first, subject_id: null, decision: null, number: first.act === "words.opened" ? null : read });
    const times = make("time", { datetime: new Date(last.at).toISOString() }, when.time(last.at) === when.time(first.at) ? when.time(first.at) : `${when.time(last.at)}–${when.time(first.at)}`);
    return make(
      "li",
      { class: "run" },
      make(
        "details",
        {},
        make("summary", {}, times, make("span", {}, make("bdi", { class: "who" }, first.who), " ", did, " ", make("span", { class: "times" }, words.get("audit.times", { n: run.length })))),
        make("ol", { class: "entries" }, ...run.map((entry) => this.#row(entry))),
      ),
    );
  }

  /** @param {Entry} entry */
  #row(entry) {
    const { when } = this.#tongue;
    const time = make("time", { datetime: new Date(entry.at).toISOString(), title: when.whole(entry.at) }, when.time(entry.at));
    return make("li", {}, time, make("p", {}, make("bdi", { class: "who" }, entry.who), " ", this.#did(entry)), make("code", {}, entry.detail ? `${entry.act} · ${entry.detail}` : entry.act));
  }

  /** What it was, with a link to what it was done to. @param {Entry} entry */
  #did({ act, subject_id: subject, number, decision }) {
    const { words, says } = this.#tongue;
    const [noun, verb] = act.split(".");
    const known = ["words", "signed", "audit", "submission"].includes(noun ?? "") ? act : (noun ?? "");
    const key = `audit.act.${known}`;
    const said = number !== null && act !== "words.opened" ? words.get(`audit.number.${verb}`, { n: number }) : words.get(key);
    if (decision) return make("a", { href: `#desk=${decision}` }, words.get("audit.of", { did: said, name: says.decision(decision) }));
    const voice = subject !== null && (noun === "words" || noun === "submission");
    return voice ? make("a", { href: linkTo({}, { open: subject }) }, said) : make("span", {}, said === key ? act : said);
  }

  async #keep() {
    const { words } = this.#tongue;
    const done = await this.#refused.attempt(() => this.#api.ask("PUT", "/api/audit/days", { audit_days: Number(this.#days.value) }));
    if (done) this.#said.textContent = words.get("audit.kept");
    await this.load();
    set(this.#days, { "aria-invalid": done ? null : "true" });
  }
}
