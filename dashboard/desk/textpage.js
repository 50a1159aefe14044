/**
 * The text that is decided on: its sections in each language, and the button that publishes the next version.
 *
 * @import { Language } from "../words.js"
 * @import { Board } from "./board.js"
 * @import { Lines, Work } from "./types.js"
 * @import { Said } from "./said.js"
 * @import { Writing } from "./writing.js"
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";
import { LANGUAGE_NAMES, LANGUAGES } from "../words.js";
import { button, Fields, goTo } from "./fields.js";
import { refill } from "./refill.js";
import { picked } from "./texts.js";
import { sectionsIn } from "./writing.js";

export class TextPage {
  #board;
  #said;
  #lines;
  #key;
  #may;
  #changed;
  #fields;
  /** @type {Language[]} */
  #languages;
  #sections = make("div", { class: "sections" });
  #met = make("div", {});
  #pour = make("details", { class: "pour", id: "pour" });
  #foot = make("div", { class: "publish-text" });
  #status = make("p", { class: "saving", role: "status" });
  #refused = make("div", {});
  #busy = false;

  /** @param {Board} board @param {Work} work @param {Lines} lines @param {Said} said @param {boolean} may @param {() => void} changed */
  constructor(board, work, lines, said, may, changed) {
    this.#board = board;
    this.#said = said;
    this.#lines = lines;
    this.#key = work.key;
    this.#may = may && work.state !== "withdrawn" && work.state !== "merged";
    this.#changed = changed;
    this.#fields = new Fields(() => this.#touched());
    const used = new Set([...lines.required_languages, ...work.sections.flatMap(({ text }) => /** @type {Language[]} */ (Object.keys(text)))]);
    this.#languages = LANGUAGES.filter((code) => used.has(code));
    this.node = make("section", { class: "text-page", "aria-labelledby": "text-title" },
      make("h3", { id: "text-title" }, said.words.get("desk.text.title")), make("p", { class: "hint" }, said.words.get("desk.text.hint")), this.#met, this.#pour, this.#sections, this.#foot);
    this.#buildPour();
    this.update();
  }

  get #writing() {
    return /** @type {Writing} */ (this.#board.writing);
  }

  update() {
    const writing = this.#writing;
    if (!writing || this.#board.work?.key !== this.#key) return;
    const { words } = this.#said;
    refill(this.#met, writing.meetings.map(({ section, theirs }) => [section.key, theirs]), () => this.#meetings());
    this.#pour.hidden = !this.#may;
    refill(this.#sections, [writing.sections.map(({ key }) => key), this.#languages], () => [
      ...writing.sections.map((section, place) => this.#section(section.key, place, writing.sections.length)),
      this.#may ? button(words.get("desk.text.add"), () => {
        const { key } = writing.add();
        this.#touched();
        goTo(`t-${key}-title`);
      }, { id: "add-section" }) : null,
    ]);
    this.#fields.sync();
    if (!this.#may) for (const control of this.#sections.querySelectorAll("input, textarea")) control.setAttribute("readonly", "");
    this.#publishing();
  }

  /** @param {string} key @param {number} place @param {number} all */
  #section(key, place, all) {
    const { words } = this.#said;
    const own = () => this.#writing.sections.find((section) => section.key === key) ?? { key, text: {}, title: {} };
    const n = place + 1;
    const doings = this.#may ? make("div", { class: "section-doings" },
      place > 0 ? button(words.get("desk.text.up"), () => this.#shift(place, -1), { class: "plain", id: `t-${key}-up`, label: words.get("desk.text.up_n", { n }) }) : null,
      place < all - 1 ? button(words.get("desk.text.down"), () => this.#shift(place, 1), { class: "plain", id: `t-${key}-down`, label: words.get("desk.text.down_n", { n }) }) : null,
      button(words.get("desk.remove"), () => {
        this.#writing.remove(place);
        this.#touched();
        document.getElementById("add-section")?.focus();
      }, { class: "plain", label: words.get("desk.text.remove_n", { n }) })) : null;
    return make("div", { class: "section", role: "group", "aria-label": words.get("desk.text.section", { n }) },
      make("div", { class: "section-head" }, make("p", { class: "section-number" }, words.get("desk.text.section", { n })), doings),
      this.#fields.texts({ id: `t-${key}-title`, label: words.get("desk.field.section_title"), get: () => own().title, languages: this.#languages, rows: 1, limit: 300 }),
      this.#fields.texts({ id: `t-${key}-text`, label: words.get("desk.field.section_text"), get: () => own().text, languages: this.#languages, required: this.#lines.required_languages, rows: 5, limit: 100_000 }));
  }

  /** @param {number} place @param {number} step */
  #shift(place, step) {
    const key = this.#writing.sections[place]?.key;
    this.#writing.move(place, step);
    this.#touched();
    (document.getElementById(`t-${key}-${step < 0 ? "up" : "down"}`) ?? document.getElementById(`t-${key}-${step < 0 ? "down" : "up"}`))?.focus();
  }

  /** A whole text, pasted at once. */
  #buildPour() {
    const { words } = this.#said;
    const area = make("textarea", { id: "pour-text", rows: 6, "aria-describedby": "pour-hint" });
    const select = make("select", { id: "pour-language" }, ...LANGUAGES.map((code) => make("option", { value: code }, LANGUAGE_NAMES[code])));
    select.value = this.#languages[0] ?? "nl";
    const go = button(words.get("desk.text.pour_do"), () => {
      const parts = sectionsIn(area.value);
      if (!parts.length) return area.focus();
      const code = /** @type {Language} */ (select.value);
      this.#writing.pour(parts, code);
      if (!this.#languages.includes(code)) this.#languages = LANGUAGES.filter((found) => found === code || this.#languages.includes(found));
      area.value = "";
      const next = this.#languages.find((found) => !this.#writing.sections.some(({ text }) => text[found]));
      if (next) select.value = next;
      this.#touched();
      this.#status.textContent = words.get("desk.text.poured", { n: parts.length });
    }, { id: "pour-go" });
    this.#pour.replaceChildren(
      make("summary", {}, words.get("desk.text.pour")),
      make("div", { class: "folded" }, make("p", { class: "hint", id: "pour-hint" }, words.get("desk.text.pour_hint")),
        make("div", { class: "one-field" }, make("label", { for: "pour-language" }, words.get("desk.text.pour_language")), select),
        make("div", { class: "one-field" }, make("label", { for: "pour-text" }, words.get("desk.text.pour_text")), area), go));
    this.#pour.open = !this.#writing?.sections.length;
  }

  #publishing() {
    const { words } = this.#said;
    const writing = this.#writing;
    const work = this.#board.work;
    if (!this.#may || !work) return void this.#foot.replaceChildren();
    const lacks = work.state === "draft" ? [] : writing.lacks(this.#lines.required_languages);
    refill(this.#foot, [lacks, writing.dirty, work.version, this.#busy, writing.meetings.length], () => [
      this.#fields.texts({ id: "t-note", label: words.get("desk.field.note"), hint: words.get("desk.hint.note"), get: () => writing.note, languages: this.#lines.required_languages, rows: 1, limit: 300 }),
      lacks.length ? make("div", {}, make("p", { class: "hint" }, words.get("desk.text.lacks")), make("ul", { class: "todo" }, ...lacks.map((found) => this.#lack(found)))) : null,
      this.#refused,
      make("p", { class: "what-happens" }, words.get(work.state === "draft" ? "desk.text.happens_draft" : "desk.text.happens", { n: work.version + 1 })),
      button(words.get("desk.text.publish", { n: work.version + 1 }), () => void this.#publish(), { class: "first", id: "publish-text" }),
      this.#status,
    ]);
    this.#fields.sync();
    if (writing.dirty) this.#status.textContent = words.get("desk.not_saved");
  }

  /** @param {{key: string, languages: Language[]}} found */
  #lack({ key, languages }) {
    const { words } = this.#said;
    const n = this.#writing.sections.findIndex((section) => section.key === key) + 1;
    const id = `t-${key}-text-${languages[0]}`;
    const link = make("a", { href: `#${id}` }, words.get("desk.missing_in", { what: words.get("desk.text.section", { n }), language: languages.map((code) => words.languageName(code)).join(", ") }));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(id);
    });
    return make("li", {}, link);
  }

  #meetings() {
    const { words } = this.#said;
    const writing = this.#writing;
    if (!writing.meetings.length) return [];
    const versions = writing.meetings.map((meeting) => {
      const mine = picked(meeting.section.text, words.language);
      const theirs = picked(meeting.theirs?.text ?? {}, words.language);
      const choose = (/** @type {boolean} */ other) => {
        writing.choose(meeting, other);
        this.#touched();
      };
      return make("div", { class: "clash", role: "group" }, make("div", { class: "versions" },
        make("div", {}, make("p", { class: "whose" }, words.get("desk.clash.theirs")), make("p", { class: "version-words", lang: theirs.lang || null }, theirs.text || words.get("desk.clash.nothing")), button(words.get("desk.clash.take_theirs"), () => choose(true))),
        make("div", {}, make("p", { class: "whose" }, words.get("desk.clash.mine")), make("p", { class: "version-words", lang: mine.lang || null }, mine.text || words.get("desk.clash.nothing")), button(words.get("desk.clash.keep_mine"), () => choose(false)))));
    });
    return [make("section", { class: "clashes", id: "text-clashes", tabindex: -1, "aria-label": words.get("desk.clash.title") }, make("h3", {}, words.get("desk.clash.title")), make("p", {}, words.get("desk.clash.choose")), ...versions)];
  }

  async #publish() {
    const { words } = this.#said;
    const writing = this.#writing;
    const work = this.#board.work;
    if (!work || this.#busy) return;
    if (writing.meetings.length) return document.getElementById("text-clashes")?.focus();
    if (!writing.ready.sections.length) return goTo(writing.sections[0] ? `t-${writing.sections[0].key}-text` : "pour-text");
    const [lack] = work.state === "draft" ? [] : writing.lacks(this.#lines.required_languages);
    if (lack) return goTo(`t-${lack.key}-text-${lack.languages[0]}`);
    if (work.version !== writing.version) return this.#meet(work);
    this.#busy = true;
    const { ready } = writing;
    try {
      const done = await this.#board.publish(work.key, ready, work.revision);
      this.#refused.replaceChildren();
      writing.stored(done, ready);
      this.#status.textContent = words.get("desk.text.published", { n: done.version, when: this.#said.when.said(Date.now()) });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const current = /** @type {Work | undefined} */ (error.told.current);
      if (error.code === "stale" && current) this.#meet(current);
      else this.#refused.replaceChildren(make("p", { class: "refused", role: "alert" }, error.title ? `${error.title}. ${error.detail}` : words.get("trouble.no_answer")));
    } finally {
      this.#busy = false;
      this.#touched();
    }
  }

  /** Somebody else was first. @param {Work} work */
  #meet(work) {
    const { words } = this.#said;
    const other = work.version !== this.#writing.version;
    this.#writing.meets(work);
    this.#refused.replaceChildren(make("p", { class: "refused", role: "alert" }, words.get(this.#writing.meetings.length ? "desk.clash.choose" : other ? "desk.text.taken" : "desk.step_stale")));
    this.#touched();
    document.getElementById("text-clashes")?.focus();
  }

  #touched() {
    this.update();
    this.#changed();
  }
}
