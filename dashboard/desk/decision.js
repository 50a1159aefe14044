/**
 * One decision: its head, its three parts, and what is being written about it. Built once for an address; what comes in
 * is filled in beside what somebody types.
 *
 * @import { Address } from "./address.js"
 * @import { Board } from "./board.js"
 * @import { Me } from "../types.js"
 * @import { Mornings } from "../mornings/mornings.js"
 * @import { Draft } from "./draft.js"
 * @import { Lines, Work } from "./types.js"
 * @import { Said } from "./said.js"
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";
import { MorningPanel } from "../mornings/panel.js";
import { deskLink, wordsLink } from "./address.js";
import { showClashes } from "./clash.js";
import { AskPage } from "./ask.js";
import { changesOf } from "./draft.js";
import { Form, placeOf } from "./form.js";
import { button, goTo } from "./fields.js";
import { stateOf } from "./list.js";
import { missingOf, wrongOf } from "./missing.js";
import { Panel } from "./panel.js";
import { refill } from "./refill.js";
import { showEnding, showFelt, showHeard, showHistory, showLinks, showWaiting } from "./stand.js";
import { Steps } from "./steps.js";
import { TextPage } from "./textpage.js";
import { tidyTexts } from "./texts.js";
import { Versions } from "./versions.js";

export class DecisionPage {
  #board;
  #me;
  #said;
  #mornings;
  #changed;
  /** The part that is shown. @type {Address["part"]} */
  part;
  #head = make("header", { class: "decision-head" });
  #busy = false;
  #trouble = "";
  /** @type {string[]} */
  #refused = [];
  /** @type {() => void} */
  #fill = () => {};

  /** @param {Board} board @param {Me} me @param {Said} said @param {Mornings} mornings @param {() => void} changed something is not saved any more, or is again */
  constructor(board, me, said, mornings, changed) {
    this.#board = board;
    this.#me = me;
    this.#said = said;
    this.#mornings = mornings;
    this.#changed = changed;
    const { address, work } = board;
    const part = address?.part ?? "stand";
    this.part = part === "stand" && work?.state === "draft" ? "file" : part;
    const body = this.part === "new" || this.part === "file" ? this.#filing() : this.part === "text" ? this.#text() : this.part === "ask" ? this.#asking() : this.#standing();
    this.node = make("div", { class: `decision ${this.part}` }, this.#head, body);
    this.update();
  }

  get #may() {
    return this.#me.role !== "viewer";
  }

  update() {
    this.#heading();
    this.#fill();
  }

  #heading() {
    const { words } = this.#said;
    const { work, address, source } = this.#board;
    refill(this.#head, [work && [work.file.title, work.file.until, work.state, work.phase, work.is_open, work.voices, work.with_words, work.version], this.part, source?.id ?? null], () => {
      const back = make("p", { class: "back" }, make("a", { href: deskLink(null) }, words.get("desk.back")));
      if (!work || !address?.key) {
        return [back, make("h2", { id: "desk-title" }, words.get("desk.new")),
          source ? make("p", { class: "grows" }, words.get("desk.grows", { n: source.voices }), " ", this.#said.text(source.name)) : make("p", { class: "hint lead-hint" }, words.get("desk.new_hint"))];
      }
      const tab = (/** @type {Address["part"]} */ part) => make("a", { href: deskLink(work.key, part), "aria-current": part === this.part ? "page" : null }, words.get(`desk.part.${part}`, { n: work.version }));
      const tabs = work.state === "draft" ? [tab("file"), tab("text")] : [tab("stand"), tab("file"), tab("text"), tab("ask")];
      return [back, make("h2", { id: "desk-title" }, this.#said.title(work.file.title)),
        make("p", { class: "standing" }, make("span", { class: "state" }, stateOf(work, this.#said)), " · ", this.#said.until(work.file.until, work.is_open || work.state === "draft"),
          work.voices ? " · " : null, work.voices ? make("a", { href: wordsLink(work.key) }, words.get("desk.voices", { n: work.voices, words: work.with_words })) : null),
        make("nav", { class: "parts", "aria-label": words.get("desk.parts") }, ...tabs)];
    });
  }

  #filing() {
    const { lines } = this.#board;
    const draft = this.#board.draft;
    if (!lines || !draft) throw new Error("nothing is known yet");
    if (!this.#may || draft.work?.state === "withdrawn" || draft.work?.state === "merged") return this.#reading(draft);
    const touched = () => {
      this.#trouble = "";
      this.#refused = [];
      this.#fill();
      this.#changed();
    };
    const form = new Form(draft, lines, this.#said, touched);
    const panel = new Panel(draft, lines, this.#said, { save: () => void this.#save(false), publish: () => void this.#save(true), both: () => this.#both(draft), discard: () => {
      draft.discard();
      touched();
    } }, touched);
    const clashes = make("div", {});
    this.#fill = () => {
      const { work } = this.#board;
      const later = work && draft.work && work.revision > draft.work.revision ? work : null;
      const rewritten = !!later && JSON.stringify(later.file) !== JSON.stringify(draft.base);
      const newer = rewritten && draft.dirty && !this.#busy;
      if (later && !rewritten) draft.follows(later); // a step, not a word: nothing to bring together
      form.update();
      panel.update({ busy: this.#busy, newer, trouble: this.#trouble, refused: this.#refused });
      refill(clashes, [draft.clashes, draft.taken], () => showClashes(draft, this.#said, (path, value) => {
        draft.choose(path, value);
        touched();
        const next = clashes.querySelector("button");
        if (next instanceof HTMLElement) next.focus();
        else goTo(placeOf(path, this.#said).id);
      }));
    };
    const node = make("div", { class: "desk-two" }, make("div", { class: "desk-main" }, clashes, form.node), panel.node);
    node.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      void this.#save(false);
    });
    return node;
  }

  /** For those who may not write, or when nothing can be written any more. @param {Draft} draft */
  #reading(draft) {
    const { words } = this.#said;
    const { file } = draft;
    const rows = /** @type {const} */ (["title", "open", "gain", "summary"]).filter((name) => Object.keys(file[name]).length)
      .map((name) => make("div", {}, make("dt", {}, words.get(`desk.field.${name}`)), make("dd", {}, this.#said.text(file[name]))));
    return make("div", {}, make("p", { class: "hint" }, words.get(this.#may ? "desk.closed_for_writing" : "desk.viewer")), make("dl", { class: "facts" }, ...rows));
  }

  /** What a colleague did meanwhile, beside what I did. @param {Draft} draft */
  #both(draft) {
    const { work } = this.#board;
    if (work) draft.meets(work);
    this.#fill();
    document.getElementById("clashes")?.focus();
  }

  /** @param {boolean} publish */
  async #save(publish) {
    const { words } = this.#said;
    const draft = this.#board.draft;
    if (!draft || this.#busy) return;
    if (draft.clashes.length) return document.getElementById("clashes")?.focus();
    const missing = this.#missing(draft, publish);
    if (missing.length) return this.#miss(missing);
    this.#busy = true;
    this.#trouble = "";
    this.#refused = [];
    this.#fill();
    try {
      const known = draft.work?.key ?? null;
      let stored = true;
      if (known === null) await this.#board.begin(draft);
      else if (draft.dirty) stored = await this.#board.write(known, draft, { ...changesOf(draft.base, draft.file), because: tidyTexts(draft.because) });
      const key = draft.work?.key ?? null;
      if (stored && publish && draft.work && key) {
        const work = await this.#board.step(key, { step: "publish" }, draft.work.revision);
        draft.follows(work);
      }
      this.#busy = false;
      this.#fill();
      this.#changed();
      if (!stored) document.getElementById("clashes")?.focus();
      else if (publish && key) location.hash = deskLink(key);
      else if (known === null && key) location.replace(deskLink(key, "file"));
    } catch (error) {
      this.#busy = false;
      if (!(error instanceof Problem)) throw error;
      this.#trouble = error.title ? `${error.title}. ${error.detail}` : words.get("desk.no_answer");
      this.#refused = Object.keys(error.told.fields ?? {});
      this.#fill();
      this.#changed();
      if (draft.work && this.part === "new") location.replace(deskLink(draft.work.key, "file")); // it exists now, as a draft
    }
  }

  /** @param {Draft} draft @param {boolean} publish */
  #missing(draft, publish) {
    const { lines } = this.#board;
    const isPublic = !!draft.work && draft.work.state !== "draft";
    const why = draft.moved.length ? (lines?.required_languages ?? []).filter((code) => !draft.because[code]?.trim()).map((code) => `because.${code}`) : [];
    return [...(publish || isPublic ? [...missingOf(draft.file, lines?.required_languages ?? []), ...wrongOf(draft.file)] : []), ...why];
  }

  /** @param {string[]} missing */
  #miss(missing) {
    this.#trouble = this.#said.words.get("desk.missing_first", { n: missing.length });
    this.#refused = missing;
    this.#fill();
    const link = this.node.querySelector(".refused .todo a");
    if (link instanceof HTMLElement) link.focus();
  }

  #standing() {
    const { work, lines } = this.#board;
    if (!work || !lines) throw new Error("nothing is known yet");
    const { words } = this.#said;
    const ending = make("div", { class: "ending" });
    const waiting = make("section", { class: "block waiting-block" });
    const heard = make("section", { class: "block" });
    const felt = make("section", { class: "block" });
    const history = make("section", { class: "block" });
    const links = make("section", { class: "block noprint" });
    const morning = new MorningPanel(this.#mornings, this.#me, this.#said, work.key);
    const steps = this.#may ? new Steps(this.#board, this.#me, this.#said, work, lines) : null;
    const doing = steps ? make("section", { class: "block noprint" }, make("h3", {}, words.get("desk.steps")), steps.node) : make("p", { class: "hint" }, words.get("desk.viewer"));
    this.#fill = () => {
      const { work: now, lines: all, themes } = this.#board;
      if (!now || !all) return;
      const own = themes.get(now.key) ?? [];
      refill(ending, [now.course], () => showEnding(now, this.#said));
      refill(waiting, [now.unanswered, now.voices], () => showWaiting(now, this.#said));
      refill(heard, [now.expected_heard, now.unexpected, now.with_words, own.map(({ id, name, voices }) => [id, name, voices])], () => showHeard(now, own, this.#said));
      refill(felt, [now.felt], () => showFelt(now.felt, this.#said));
      refill(history, [now.history, now.course.moved], () => showHistory(now, this.#said));
      refill(links, [now.state, now.started_by, now.merged_into], () => [...showLinks(now, this.#said), make("p", {}, button(words.get("do.print"), () => window.print(), { class: "plain" }))]);
      steps?.update(now, all);
      morning.update();
    };
    return make("div", { class: "desk-two" }, make("div", { class: "desk-main" }, ending, waiting, heard, felt, history), make("aside", { class: "panel", "aria-label": words.get("desk.steps") }, doing, morning.node, links));
  }

  #asking() {
    const { work, lines } = this.#board;
    if (!work || !lines) throw new Error("nothing is known yet");
    const page = new AskPage(this.#board, work, lines, this.#said, this.#may, this.#changed);
    this.#fill = () => page.update();
    return page.node;
  }

  #text() {
    const { work, lines } = this.#board;
    if (!work || !lines) throw new Error("nothing is known yet");
    const text = new TextPage(this.#board, work, lines, this.#said, this.#may, this.#changed);
    const versions = new Versions(this.#board, work, lines, this.#said, this.#may);
    this.#fill = () => {
      const { work: now, themes } = this.#board;
      if (!now) return;
      text.update();
      versions.update(now, themes.get(now.key) ?? []);
    };
    return make("div", { class: "text-two" }, text.node, versions.node);
  }
}
