/**
 * What stands beside the form: whether it is saved, what is still missing (each a way to where it is written), and the
 * buttons, which say what they do.
 *
 * @import { Draft } from "./draft.js"
 * @import { Lines } from "./types.js"
 * @import { Said } from "./said.js"
 *
 * @typedef {object} Doings
 * @property {() => void} save
 * @property {() => void} publish
 * @property {() => void} discard
 * @property {() => void} both shows what a colleague changed meanwhile
 *
 * @typedef {object} Standing
 * @property {boolean} busy
 * @property {boolean} newer somebody else changed it meanwhile
 * @property {string} trouble what was refused, in words
 * @property {string[]} refused names of fields that were refused
 */

import { glyph } from "../elements/glyph.js";
import { make } from "../elements/node.js";
import { keyOf } from "./draft.js";
import { button, Fields, goTo } from "./fields.js";
import { placeOf } from "./form.js";
import { missingOf, spelled, wrongOf } from "./missing.js";
import { refill } from "./refill.js";

export class Panel {
  #draft;
  #lines;
  #said;
  #doings;
  #fields;
  #why = make("div", {});
  #told = make("div", { class: "told-now" });
  #state = make("p", { class: "saving", role: "status" });
  #todo = make("div", { id: "missing", tabindex: -1 });
  #buttons = make("div", { class: "panel-doings" });

  /** @param {Draft} draft @param {Lines} lines @param {Said} said @param {Doings} doings @param {() => void} changed */
  constructor(draft, lines, said, doings, changed) {
    this.#draft = draft;
    this.#lines = lines;
    this.#said = said;
    this.#doings = doings;
    this.#fields = new Fields(changed);
    this.node = make("aside", { class: "panel", "aria-label": said.words.get("desk.panel") }, this.#state, this.#told, this.#todo, this.#why, this.#buttons);
  }

  /** Names of what is still missing or wrong. */
  get missing() {
    return [...missingOf(this.#draft.file, this.#lines.required_languages), ...wrongOf(this.#draft.file)];
  }

  /** @param {Standing} standing */
  update({ busy, newer, trouble, refused }) {
    const { words, when } = this.#said;
    const draft = this.#draft;
    const isDraft = !draft.work || draft.work.state === "draft";
    const state = busy ? words.get("desk.saving") : draft.dirty ? words.get("desk.not_saved") : draft.savedAt ? words.get("desk.saved_at", { when: when.said(draft.savedAt) }) : words.get(draft.work ? "desk.nothing_new" : "desk.nothing_written");
    if (this.#state.textContent !== state) this.#state.textContent = state;
    this.#state.classList.toggle("dirty", draft.dirty);
    refill(this.#told, [newer, trouble, refused, draft.other], () => [
      newer ? make("p", { class: "newer", role: "status" }, words.get("desk.newer"), " ", button(words.get("desk.newer_show"), this.#doings.both, { class: "plain" })) : null,
      trouble ? make("div", { class: "refused", role: "alert" }, make("p", {}, trouble), this.#links(spelled(refused, this.#lines.required_languages))) : null,
    ]);
    const { missing } = this;
    this.#todo.hidden = refused.length > 0 && missing.every((name) => refused.includes(name)); // said above, once is enough
    const warned = isDraft ? missingOf(draft.file, this.#lines.warned_languages).filter((name) => name.includes(".")) : [];
    refill(this.#todo, [missing, warned.length, isDraft, this.#said.words.language], () => [
      make("h3", {}, missing.length ? words.get("desk.missing", { n: missing.length }) : words.get(isDraft ? "desk.all_there" : "desk.complete")),
      this.#links(missing),
      warned.length && !missing.length ? make("p", { class: "hint" }, words.get("desk.warned", { language: this.#lines.warned_languages.map((code) => words.languageName(code)).join(", ") })) : null,
    ]);
    this.#becauses();
    refill(this.#buttons, [isDraft, busy, draft.dirty, !!draft.work, isDraft ? this.#promise() : null], () => this.#doing(isDraft, busy));
  }

  /** @param {readonly string[]} names */
  #links(names) {
    if (!names.length) return null;
    return make("ul", { class: "todo" }, ...names.map((name) => {
      const { text, id } = placeOf(name, this.#said);
      const link = make("a", { href: `#${id}`, id: `todo-${name}` }, glyph("open"), text);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        goTo(id);
      });
      return make("li", {}, link);
    }));
  }

  /** A public date that moves says why. */
  #becauses() {
    const { words, when } = this.#said;
    const { moved } = this.#draft;
    const day = (/** @type {string | null} */ found) => (found ? when.ofDay(found) : words.get("desk.no_day"));
    refill(this.#why, [moved, this.#lines.required_languages], () => {
      if (!moved.length) return [];
      const lines = moved.map(({ what, before, after }) => make("li", {}, `${words.get(what === "until" ? "desk.short.until" : `desk.phase.${what}`)}: ${day(before)} → ${day(after)}`));
      const field = this.#fields.texts({ id: "f-because", label: words.get("desk.field.moved"), hint: words.get("desk.hint.moved"), get: () => this.#draft.because, languages: this.#lines.required_languages, required: this.#lines.required_languages, rows: 2, limit: 300 });
      return [make("ul", { class: "moved" }, ...lines), field];
    });
    this.#fields.sync();
  }

  /** What publishing does. */
  #promise() {
    const { words, when } = this.#said;
    const { file, work, key } = this.#draft;
    const known = work?.key ?? (key || keyOf(file.title));
    const day = file.until ? when.ofDay(file.until) : "";
    const lines = [words.get(known && day ? "desk.publish_until" : "desk.publish_open", { address: `/d/${known}`, day })];
    if (!file.expected.some(({ text }) => Object.values(text).some((said) => said.trim()))) lines.push(words.get("desk.publish_expected"));
    return lines;
  }

  /** @param {boolean} isDraft @param {boolean} busy */
  #doing(isDraft, busy) {
    const { words } = this.#said;
    const draft = this.#draft;
    if (!isDraft) {
      const save = button(words.get("desk.save_public"), this.#doings.save, { class: "first", id: "save" });
      save.disabled = busy;
      return [make("p", { class: "hint" }, words.get("desk.save_public_hint")), save, this.#discarding()];
    }
    const publish = button(words.get("desk.publish"), this.#doings.publish, { class: "first", id: "publish" });
    const save = button(words.get(draft.work ? "desk.save" : "desk.keep_draft"), this.#doings.save, { id: "save" });
    publish.disabled = save.disabled = busy;
    const [what, expect] = this.#promise();
    const write = button(words.get("desk.publish_expected_do"), () => {
      goTo("more-expected");
      document.getElementById("add-expected")?.focus();
    }, { class: "plain", id: "write-expected" });
    return [
      make("p", { class: "what-happens" }, what ?? ""), publish,
      expect ? make("p", { class: "hint" }, expect, " ", write) : null,
      save, make("p", { class: "hint" }, words.get("desk.draft_hint")), this.#discarding(),
    ];
  }

  /** Two presses, since it is the only thing here that loses words. */
  #discarding() {
    const { words } = this.#said;
    if (!this.#draft.dirty) return null;
    return make("details", { class: "discard" }, make("summary", {}, words.get("desk.discard")), button(words.get("desk.discard_do"), this.#doings.discard, { id: "discard" }));
  }
}
