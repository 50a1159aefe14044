/**
 * Read first: what weighs most lies on top, whole, like letters. One reads, says what it is by one key, goes on.
 *
 * @import { Acts } from "../acts.js"
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Kind } from "../kinds.js"
 * @import { Page } from "../page.js"
 * @import { Status } from "../status.js"
 * @import { Change, Me } from "../types.js"
 * @import { Lane, Order } from "./types.js"
 */

import { Problem } from "../api.js";
import { kept, make, part } from "../elements/node.js";
import { Place } from "../elements/place.js";
import { Bursts } from "./bursts.js";
import { Letters } from "./letters.js";
import { measure } from "./measure.js";
import { AlarmRule } from "./rule.js";
import { Table } from "./table.js";
import { TodoList } from "./todo.js";

const PAGE = 30;
const MOST = 500; // letters asked for at once
const AGAIN_MS = 1_000; // how the lane is kept is asked again when it has been quiet so long
const ANNOUNCE_MS = 10_000; // what is new is said aloud at most so often

export class Reading extends Place {
  #api;
  #me;
  #tongue;
  #acts;
  #opens;
  #weighs;
  #triage;
  #todo;
  #letters = new Letters();
  #bursts;
  #rule;
  #table;
  #stale = false;
  #timer = 0;
  #announcedAt = -Infinity;
  #told = make("p", { role: "alert", class: "refused", hidden: true });
  #fresh = make("button", { type: "button", class: "fresh", hidden: true, "aria-keyshortcuts": "." });
  #measured = make("p", { class: "measured" });
  #more = make("button", { type: "button", hidden: true });
  #end = make("span");
  /** What stands above all letters. */
  head = make("div");

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {Acts} acts
   * @param {(id: number) => void} opens reads one with all that belongs to it
   * @param {() => void} weighs asks how grave that one is
   * @param {Page["triage"]} triage
   */
  constructor(root, api, me, tongue, acts, opens, weighs, triage) {
    super(root, tongue.words);
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#acts = acts;
    this.#opens = opens;
    this.#weighs = weighs;
    this.#triage = triage;
    this.#todo = new TodoList(api, tongue, opens);
    const acting = { read: (/** @type {number} */ id) => void this.#read(id), kind: (/** @type {number} */ id, /** @type {Kind} */ kind) => this.#say(id, kind) };
    this.#bursts = new Bursts(api, tongue);
    this.#rule = new AlarmRule(api, tongue, me.role === "admin");
    this.#table = new Table(this.#letters, tongue, this.#may ? acting : null, opens);
    this.#fresh.addEventListener("click", () => void this.letIn());
    this.#more.addEventListener("click", () => void this.#older());
  }

  get #may() {
    return this.#me.role !== "viewer";
  }

  enter() {
    const { here } = this.#table;
    if (here) this.#table.focus(here.voice.id); // back to the letter one came from
    if (!this.#letters.loaded || this.#stale) void this.load();
    else {
      void this.#try(() => this.#todo.load()); // it changes only when one comes, so that it moves nothing that is being read
      void this.#measure();
    }
  }


  build() {
    const { words } = this.#tongue;
    this.#more.textContent = words.get("reading.more");
    this.root.append(
      ...kept([
        this.head,
        make("h2", { id: "reading-title" }, words.get("reading.title")),
        make("details", { class: "how" }, make("summary", {}, words.get("reading.how")), make("p", { class: "hint" }, words.get("reading.order"))),
        this.#may && !this.#me.member && make("p", { class: "hint" }, words.get("reading.unnamed")),
        this.#told,
        this.#todo.node,
        this.#bursts.node,
        make("p", { class: "newcomers" }, this.#fresh),
        make("section", { class: "lane" }, make("h3", { id: "lane-title" }, words.get("lane.title")), this.#measured, this.#table.reserved),
        make("h3", {}, words.get("reading.then")),
        this.#table.others,
        make("p", { class: "tail" }, this.#more, this.#end),
        this.#rule.node,
      ]),
    );
  }

  /** The names of themes and decisions came: every letter says them, where it stands. */
  themed() {
    for (const { voice } of this.#letters.all) this.#table.redraw(voice.id);
  }

  /** The collector may hold what never came here: everything is asked again. */
  refresh() {
    this.#stale = true;
    if (this.shown) void this.load();
  }

  /** From the beginning. */
  async load() {
    await this.#try(async () => {
      const limit = Math.min(MOST, Math.max(PAGE, this.#letters.all.length));
      const [lane, order] = await Promise.all([this.#lane(), this.#order({ limit: String(limit) }), this.#bursts.load(), this.#rule.load(), this.#todo.load()]);
      this.#stale = false;
      this.#letters.fill(lane.items, order);
      this.#measured.textContent = measure(lane, this.#tongue.words).join(" ");
      this.#draw();
    });
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (!this.#letters.loaded) return;
    if (this.shown && this.#rule.concerned(changes)) void this.#try(() => this.#rule.load());
    const { changed, gone } = this.#letters.apply(changes);
    for (const id of changed) this.#table.redraw(id);
    for (const id of gone) if (this.#table.remove(id)) this.root.focus({ preventScroll: true });
    this.#drawFresh();
    if (!this.shown || !changes.some(({ change }) => change.startsWith("submission."))) return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#measure(), AGAIN_MS);
  }

  /** What waits is let in, on top of the rest; what was read leaves. */
  async letIn() {
    const before = new Set(this.#letters.all.map(({ voice }) => voice.id));
    await this.load();
    const first = this.#letters.all.find(({ voice }) => !before.has(voice.id)) ?? this.#letters.all[0];
    this.#table.focus(first?.voice.id ?? null);
  }

  /** @param {number} step to the next letter (1) or the one before (-1) */
  go(step) {
    const { here } = this.#table;
    this.#table.focus(here && !this.#table.focused ? here.voice.id : this.#table.neighbour(step));
  }

  open() {
    const { here } = this.#table;
    if (here) this.#opens(here.voice.id);
  }

  /** The one that the keyboard stands on has been read: on to the next. */
  read() {
    const { here } = this.#table;
    if (here) void this.#read(here.voice.id);
  }

  /** Opens it, and asks how grave it is. */
  weigh() {
    const { here } = this.#table;
    if (!here) return;
    this.#opens(here.voice.id);
    this.#weighs();
  }

  /** Sorts it into themes. */
  sort() {
    const { here } = this.#table;
    if (here) this.#triage.sort(here.voice);
  }

  /** Says whose it is. */
  assign() {
    const { here } = this.#table;
    if (here) void this.#triage.assign(here.voice);
  }

  /** Sets its status; then on to the next. @param {Status} status */
  async set(status) {
    const { here } = this.#table;
    if (!here || !this.#may) return;
    const { id } = here.voice;
    const next = this.#table.neighbour(1);
    await this.#triage.mark(here.voice, status);
    if (this.shown && status !== "new" && this.#letters.find(id)?.voice.status === status && this.#table.here?.voice.id === id) this.#table.focus(next);
  }

  claim() {
    const { here } = this.#table;
    if (here) this.#triage.claim(here.voice);
  }

  /** Opens it, and what is written to its author. @param {"question" | "note"} kind @returns {boolean} whether a field comes */
  write(kind) {
    const { here } = this.#table;
    if (!here || !this.#may) return false;
    this.#triage.write(kind);
    this.#opens(here.voice.id);
    return true;
  }

  /** @param {Kind} kind */
  kind(kind) {
    const { here } = this.#table;
    if (here) this.#say(here.voice.id, kind);
  }

  /** @param {number} id @param {Kind} kind */
  #say(id, kind) {
    const letter = this.#letters.find(id);
    if (letter && this.#may) void this.#acts.kind(letter.voice, kind);
  }

  /** @param {number} id */
  async #read(id) {
    const letter = this.#letters.find(id);
    if (!letter || !this.#may || (letter.voice.status !== "new" && !letter.open)) return;
    const next = this.#table.neighbour(1);
    await this.#acts.mark([letter.voice], { status: "read" }, letter.open);
    if (this.shown && this.#table.here?.voice.id === id) this.#table.focus(next);
  }

  #draw() {
    this.#table.draw();
    this.#more.hidden = this.#letters.next === null;
    this.#end.hidden = this.#letters.next !== null;
    this.#end.textContent = this.#tongue.words.get(this.#letters.all.length ? "reading.end" : "reading.empty");
    this.#drawFresh();
  }

  /** What is new waits in one line: nothing that arrives moves what is being read. */
  #drawFresh() {
    const { words } = this.#tongue;
    const { grave, others } = this.#letters.waiting;
    const said = [...(grave ? [words.get("reading.fresh_grave", { n: grave })] : []), ...(others ? [words.get("reading.fresh", { n: others })] : [])].join(", ");
    this.#fresh.hidden = !said;
    this.#fresh.classList.toggle("grave", grave > 0);
    if (this.#fresh.textContent !== said) this.#fresh.textContent = said;
    if (!grave || !this.shown || performance.now() - this.#announcedAt < ANNOUNCE_MS) return;
    this.#announcedAt = performance.now();
    part("announce", HTMLElement).textContent = words.get("reading.announce", { n: grave });
  }

  /** How the lane is kept now, and why each lies where it lies. */
  async #measure() {
    await this.#try(async () => {
      const [lane, order] = await Promise.all([this.#lane(), this.#order({ limit: String(PAGE) }), this.#bursts.load()]);
      this.#measured.textContent = measure(lane, this.#tongue.words).join(" ");
      for (const id of this.#letters.refresh(lane.items, order.items)) this.#table.redraw(id);
    });
  }

  async #older() {
    const from = this.#letters.next;
    if (!from) return;
    await this.#try(async () => {
      const before = this.#letters.all.length;
      this.#letters.append(await this.#order({ limit: String(PAGE), from }));
      this.#draw();
      this.#table.focus(this.#letters.all[before]?.voice.id ?? null);
    });
  }

  /** @returns {Promise<Lane>} */
  #lane() {
    return this.#api.ask("GET", "/api/reading/lane");
  }

  /** @param {Record<string, string>} query @returns {Promise<Order>} */
  #order(query) {
    return this.#api.ask("GET", `/api/reading?${new URLSearchParams(query)}`);
  }

  /** @param {() => Promise<unknown>} run */
  async #try(run) {
    try {
      await run();
      this.#told.hidden = true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#told.textContent = error.title ? `${error.title}. ${error.detail}` : this.#tongue.words.get("trouble.no_answer");
      this.#told.hidden = false;
    }
  }
}
