/**
 * The steps that can be taken from here, each folded until somebody wants it: what happens, what it needs, one button.
 * What is refused because somebody waits shows who, and how a named member publishes all the same.
 *
 * @import { Board } from "./board.js"
 * @import { Me } from "../types.js"
 * @import { Lines, Phase, Taking, Texts, Unanswered, Work } from "./types.js"
 * @import { Said } from "./said.js"
 *
 * @typedef {"date" | Taking["step"]} Kind
 */

import { Problem } from "../api.js";
import { glyph } from "../elements/glyph.js";
import { make } from "../elements/node.js";
import { wordsLink } from "./address.js";
import { PHASES } from "./draft.js";
import { button, Fields, goTo } from "./fields.js";
import { placeOf } from "./form.js";
import { spelled } from "./missing.js";
import { tidyTexts } from "./texts.js";

/** From which states which steps may be taken, in the order in which they come up. @type {[Kind, Work["state"][]][]} */
const STEPS = [
  ["date", ["published", "decided"]],
  ["phase", ["published", "decided"]],
  ["answered", ["published", "decided"]],
  ["decided", ["published"]],
  ["reopen", ["withdrawn", "decided"]],
  ["withdraw", ["published", "decided"]],
  ["merge", ["published", "decided"]],
];
const WITH_TEXT = /** @type {Kind[]} */ (["decided", "withdraw", "reopen"]);

/** @param {Work["state"]} state @returns {Kind[]} */
export function stepsFrom(state) {
  return STEPS.filter(([, states]) => states.includes(state)).map(([kind]) => kind);
}

/**
 * What waits, each a way to its words.
 * @param {string} key
 * @param {Unanswered} unanswered
 * @returns {{name: keyof Unanswered, n: number, href: string}[]}
 */
export function waitingLinks(key, unanswered) {
  /** @type {[keyof Unanswered, Record<string, string>][]} */
  const all = [["grave_unread", { grave: "1" }], ["unsorted", { theme: "none" }], ["themes", {}], ["waiting", { waiting: "1" }]];
  return all.filter(([name]) => unanswered[name]).map(([name, more]) => ({ name, n: unanswered[name], href: wordsLink(key, more) }));
}

export class Steps {
  #board;
  #me;
  #lines;
  #said;
  #work;
  /** @type {Map<Kind, StepForm>} */
  #forms = new Map();

  /** @param {Board} board @param {Me} me @param {Said} said @param {Work} work @param {Lines} lines */
  constructor(board, me, said, work, lines) {
    this.#board = board;
    this.#me = me;
    this.#said = said;
    this.#work = work;
    this.#lines = lines;
    this.node = make("div", { class: "steps" });
    this.update(work, lines);
  }

  /** A form that somebody writes in stays as it is, whatever happens around it. @param {Work} work @param {Lines} lines */
  update(work, lines) {
    this.#work = work;
    this.#lines = lines;
    const kinds = stepsFrom(work.state).filter((kind) => kind !== "merge" || others(lines, work).length);
    const kept = new Map();
    for (const kind of kinds) {
      const known = this.#forms.get(kind);
      kept.set(kind, known ?? new StepForm(kind, this.#board, this.#me, this.#said, work, lines));
      kept.get(kind).update(work, lines);
    }
    const changed = kinds.length !== this.#forms.size || kinds.some((kind) => !this.#forms.has(kind));
    this.#forms = kept;
    if (changed) this.node.replaceChildren(...[...kept.values()].map(({ node }) => node));
  }
}

/** Other decisions that are public. @param {Lines} lines @param {Work} work */
function others(lines, work) {
  return lines.decisions.filter(({ key, state }) => key !== work.key && (state === "published" || state === "decided"));
}

class StepForm {
  #kind;
  #board;
  #me;
  #said;
  #work;
  #lines;
  #fields = new Fields(() => {});
  /** @type {Texts} */
  #text = {};
  /** @type {Texts} */
  #reason = {};
  /** @type {Texts} */
  #sentence = {};
  #day = "";
  /** @type {Phase} */
  #phase = "deciding";
  #into = "";
  #refused = make("div", {});
  #body = make("div", { class: "folded" });
  #built = "";
  #busy = false;

  /** @param {Kind} kind @param {Board} board @param {Me} me @param {Said} said @param {Work} work @param {Lines} lines */
  constructor(kind, board, me, said, work, lines) {
    this.#kind = kind;
    this.#board = board;
    this.#me = me;
    this.#said = said;
    this.#work = work;
    this.#lines = lines;
    this.node = make("details", { class: `step step-${kind}`, id: `step-${kind}` }, make("summary", {}, said.words.get(`desk.do.${kind}`)), this.#body);
  }

  /** @param {Work} work @param {Lines} lines */
  update(work, lines) {
    this.#work = work;
    this.#lines = lines;
    const shape = JSON.stringify([work.state, work.phase, work.file.until, work.file.phases.map(({ phase }) => phase), this.#kind === "merge" ? others(lines, work).map(({ key }) => key) : null]);
    if (shape === this.#built || this.#typed) return;
    this.#built = shape;
    this.#phase = this.#kind === "answered" ? work.phase : PHASES[Math.min(PHASES.indexOf(work.phase) + 1, PHASES.length - 1)] ?? "deciding";
    this.#day = work.file.until ?? "";
    this.#build();
  }

  get #typed() {
    return Object.keys(tidyTexts(this.#text)).length > 0 || Object.keys(tidyTexts(this.#reason)).length > 0;
  }

  get #languages() {
    return this.#lines.required_languages;
  }

  #build() {
    const { words } = this.#said;
    const kind = this.#kind;
    const id = `s-${kind}`;
    const explain = make("p", { class: "hint" }, words.get(`desk.explain.${kind}`));
    const go = button(words.get(`desk.go.${kind}`), () => void this.#take(false), { class: "first", id: `${id}-go` });
    /** @type {(Node | null)[]} */
    const fields = [];
    if (kind === "date") {
      fields.push(this.#fields.one({ id: `${id}-day`, label: words.get("desk.field.new_until"), control: make("input", { type: "date" }), get: () => this.#day, put: (value) => (this.#day = value) }));
      fields.push(this.#fields.texts({ id: `${id}-text`, label: words.get("desk.field.moved"), hint: words.get("desk.hint.moved"), get: () => this.#text, languages: this.#languages, required: this.#languages, rows: 2, limit: 300 }));
    }
    if (kind === "phase" || kind === "answered") {
      const select = make("select", {}, ...PHASES.map((phase) => make("option", { value: phase }, words.get(`desk.phase.${phase}`))));
      fields.push(this.#fields.one({ id: `${id}-phase`, label: words.get(`desk.field.${kind}`), control: select, get: () => this.#phase, put: (value) => (this.#phase = /** @type {Phase} */ (value)) }));
    }
    if (kind === "merge") {
      const select = make("select", {}, make("option", { value: "" }, words.get("desk.choose")), ...others(this.#lines, this.#work).map(({ key, title }) => make("option", { value: key }, this.#said.plain(title, key))));
      fields.push(this.#fields.one({ id: `${id}-into`, label: words.get("desk.field.into"), control: select, get: () => this.#into, put: (value) => (this.#into = value) }));
    }
    if (WITH_TEXT.includes(kind)) {
      fields.push(this.#fields.texts({ id: `${id}-text`, label: words.get(`desk.field.${kind}`), get: () => this.#text, languages: this.#languages, required: this.#languages, rows: 4 }));
    }
    this.#refused.replaceChildren();
    this.#body.replaceChildren(explain, ...fields.filter((node) => node !== null), this.#refused, go);
  }

  /** @param {boolean} anyway */
  async #take(anyway) {
    if (this.#busy) return;
    this.#busy = true;
    const work = this.#work;
    const text = tidyTexts(this.#text);
    try {
      if (this.#kind === "date") await this.#board.move(work.key, this.#day, text, work.revision);
      else {
        const step = this.#kind;
        await this.#board.step(work.key, {
          step,
          ...(step === "phase" || step === "answered" ? { phase: this.#phase } : {}),
          ...(WITH_TEXT.includes(step) ? { text } : {}),
          ...(step === "merge" ? { into: this.#into } : {}),
          ...(anyway ? { anyway: { reason: tidyTexts(this.#reason), sentence: tidyTexts(this.#sentence) } } : {}),
        }, work.revision);
      }
      this.#text = {};
      this.#reason = {};
      this.#sentence = {};
      this.#built = "";
      this.node.open = false;
      this.update(this.#work, this.#lines);
    } catch (error) {
      this.#refuse(error);
    } finally {
      this.#busy = false;
    }
  }

  /** @param {unknown} error */
  #refuse(error) {
    const { words } = this.#said;
    if (!(error instanceof Problem)) throw error;
    const { unanswered, text_unchanged, fields } = error.told;
    if (error.code === "unanswered" && unanswered) this.#unanswered(unanswered, !!text_unchanged);
    else {
      const said = error.code === "stale" ? words.get("desk.step_stale") : error.title ? `${error.title}. ${error.detail}` : words.get("trouble.no_answer");
      const names = spelled(Object.keys(fields ?? {}), this.#languages);
      const links = names.map((name) => {
        const { text } = placeOf(name, this.#said);
        const [field, language] = name.split(".");
        const id = field === "text" || field === "because" ? `s-${this.#kind}-text${language ? `-${language}` : ""}` : field === "reason" || field === "sentence" ? `s-${this.#kind}-${field}-${language}` : field === "into" ? `s-${this.#kind}-into` : `s-${this.#kind}-day`;
        const link = make("a", { href: `#${id}` }, text);
        link.addEventListener("click", (event) => {
          event.preventDefault();
          goTo(id);
        });
        return make("li", {}, link);
      });
      const node = make("div", { class: "refused", role: "alert" }, make("p", {}, said), links.length ? make("ul", { class: "todo" }, ...links) : null);
      if (error.code === "incomplete" && this.#refused.querySelector(".waiting")) this.#refused.prepend(node);
      else this.#refused.replaceChildren(node);
    }
  }

  /** @param {Unanswered} unanswered @param {boolean} unchanged the text was promised to change, and did not */
  #unanswered(unanswered, unchanged) {
    const { words } = this.#said;
    const id = `s-${this.#kind}`;
    const rows = waitingLinks(this.#work.key, unanswered).map(({ name, n, href }) => make("li", {}, make("a", { href }, words.get(`desk.waiting.${name}`, { n }))));
    const head = make("div", { role: "alert" }, make("p", { class: "lead" }, glyph("grave"), words.get("desk.refused.unanswered")), make("ul", { class: "waiting" }, ...rows, unchanged ? make("li", {}, words.get("desk.refused.text_unchanged")) : null));
    if (!this.#me.member) {
      this.#refused.replaceChildren(make("div", { class: "refused" }, head, make("p", { class: "hint" }, words.get("desk.refused.token"))));
      return;
    }
    const reason = this.#fields.texts({ id: `${id}-reason`, label: words.get("desk.field.reason"), hint: words.get("desk.hint.reason"), get: () => this.#reason, languages: this.#languages, required: this.#languages, rows: 3 });
    const sentence = this.#fields.texts({ id: `${id}-sentence`, label: words.get("desk.field.sentence"), hint: words.get("desk.hint.sentence"), get: () => this.#sentence, languages: this.#languages, rows: 1, limit: 300 });
    const go = button(words.get("desk.go.anyway"), () => void this.#take(true), { class: "grave", id: `${id}-anyway` });
    this.#refused.replaceChildren(make("div", { class: "refused" }, head,
      make("details", { class: "anyway" }, make("summary", {}, words.get("desk.anyway")), make("div", { class: "folded" }, make("p", { class: "hint" }, words.get("desk.anyway_hint", { name: this.#me.member.name })), reason, sentence, go))));
  }
}
