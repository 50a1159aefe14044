/**
 * Our accessibility statement: what everybody reads, and for admins the form that makes it. Nothing is published before all
 * that the law asks is there.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Texts } from "../desk/types.js"
 * @import { Me } from "../types.js"
 *
 * @typedef {{what: Texts, because: string, instead: Texts, until: string | null}} Gap
 *
 * @typedef {object} Draft
 * @property {Texts} scope
 * @property {string} conformance
 * @property {Gap[]} gaps
 * @property {Texts} measures
 * @property {string} method
 * @property {string} assessed_by
 * @property {string | null} assessed_on
 * @property {number} answer_days
 * @property {{name: Texts, url: string, phone: string}} enforcement
 *
 * @typedef {{draft: Draft, published: Draft | null, published_at: number | null, missing: string[], revision: number}} Written
 */

import { Problem } from "../api.js";
import { button, Fields } from "../desk/fields.js";
import { tidyTexts } from "../desk/texts.js";
import { make } from "../elements/node.js";
import { LANGUAGES } from "../words.js";

const CONFORMANCE = /** @type {const} */ (["full", "partial", "none"]);
const BECAUSE = /** @type {const} */ (["unfinished", "burden", "scope"]);
const METHODS = /** @type {const} */ (["self", "third_party"]);

export class Statement {
  #api;
  #me;
  #tongue;
  #fields;
  /** @type {Written | null} */
  #written = null;
  /** @type {Draft | null} what is being written */
  #draft = null;
  #changed = false;
  #told = make("p", { role: "status", class: "told", hidden: true });
  #form = make("form", { class: "file", novalidate: true });
  node = make("section", { "aria-labelledby": "statement-title", class: "statement fielded" });

  /**
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   */
  constructor(api, me, tongue) {
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#fields = new Fields(() => (this.#changed = true));
    this.#form.addEventListener("submit", (event) => event.preventDefault());
  }

  /** What stands there now; what somebody is writing here stays as it is. */
  async load() {
    if (this.#changed) return;
    try {
      this.#written = await this.#api.ask("GET", "/api/statement");
      this.#build();
    } catch (error) {
      this.#say(error);
    }
  }

  get #languages() {
    const owed = [...this.#me.required_languages, ...this.#me.warned_languages];
    return LANGUAGES.filter((code) => owed.includes(code) || Object.values(this.#draft?.scope ?? {}).length === LANGUAGES.length);
  }

  #build() {
    const { words, when } = this.#tongue;
    const written = this.#written;
    if (!written) return;
    this.#draft = structuredClone(written.draft);
    this.#changed = false;
    const stands = written.published_at ? words.get("barriers.published", { day: when.day(written.published_at) }) : words.get("barriers.unpublished");
    const admin = this.#me.role === "admin";
    this.node.replaceChildren(
      make("h2", { id: "statement-title" }, words.get("barriers.statement")),
      make("p", { class: "lead" }, stands),
      ...(admin ? [make("details", {}, make("summary", {}, words.get("barriers.write")), this.#form)] : [make("p", { class: "hint" }, words.get("barriers.admins"))]),
      this.#told,
    );
    if (admin) this.#draw();
  }

  #draw() {
    const draft = this.#draft;
    if (!draft) return;
    const { words } = this.#tongue;
    const languages = this.#languages;
    const required = this.#me.required_languages;
    const get = (/** @type {string} */ name) => words.get(`barriers.field.${name}`);
    const options = (/** @type {readonly string[]} */ values, /** @type {string} */ group) => values.map((value) => /** @type {[string, string]} */ ([value, words.get(`barriers.${group}.${value}`)]));
    const texts = (/** @type {"scope" | "measures"} */ name, /** @type {number} */ rows) =>
      this.#fields.texts({ id: `a11y-${name}`, label: get(name), hint: words.get(`barriers.hint.${name}`), get: () => draft[name], languages, required: name === "scope" ? required : [], rows, limit: rows === 1 ? 300 : 20_000 });
    const line = (/** @type {string} */ name, /** @type {string} */ type, /** @type {() => string} */ read, /** @type {(value: string) => void} */ put) =>
      this.#fields.one({ id: `a11y-${name}`, label: get(name), control: make("input", { type, autocomplete: "off" }), get: read, put });
    this.#form.replaceChildren(
      texts("scope", 1),
      this.#fields.choice({ id: "a11y-conformance", label: get("conformance"), options: options(CONFORMANCE, "conformance"), get: () => draft.conformance, put: (value) => (draft.conformance = value) }),
      make("h3", {}, words.get("barriers.gaps")),
      ...draft.gaps.map((gap, place) => this.#gap(gap, place)),
      button(words.get("barriers.gap_more"), () => {
        draft.gaps.push({ what: {}, because: "unfinished", instead: {}, until: null });
        this.#changed = true;
        this.#draw();
        document.getElementById(`a11y-gap-${draft.gaps.length - 1}-what-${languages[0]}`)?.focus();
      }),
      texts("measures", 3),
      this.#fields.choice({ id: "a11y-method", label: get("method"), options: options(METHODS, "method"), get: () => draft.method, put: (value) => (draft.method = value) }),
      line("assessed_by", "text", () => draft.assessed_by, (value) => (draft.assessed_by = value)),
      line("assessed_on", "date", () => draft.assessed_on ?? "", (value) => (draft.assessed_on = value || null)),
      line("answer_days", "number", () => String(draft.answer_days), (value) => (draft.answer_days = Number(value) || draft.answer_days)),
      this.#fields.texts({ id: "a11y-enforcement", label: get("enforcement"), hint: words.get("barriers.hint.enforcement"), get: () => draft.enforcement.name, languages, required, rows: 1, limit: 300 }),
      line("enforcement_url", "url", () => draft.enforcement.url, (value) => (draft.enforcement.url = value)),
      line("enforcement_phone", "tel", () => draft.enforcement.phone, (value) => (draft.enforcement.phone = value)),
      make(
        "p",
        { class: "doings" },
        button(words.get("barriers.publish"), () => void this.#save(true), { class: "first" }),
        button(words.get("barriers.keep"), () => void this.#save(false)),
      ),
    );
  }

  /** @param {Gap} gap @param {number} place */
  #gap(gap, place) {
    const { words } = this.#tongue;
    const languages = this.#languages;
    const id = `a11y-gap-${place}`;
    const choices = BECAUSE.map((value) => make("option", { value }, words.get(`barriers.because.${value}`)));
    return make(
      "div",
      { class: "gap" },
      this.#fields.texts({ id: `${id}-what`, label: words.get("barriers.field.what", { n: place + 1 }), get: () => gap.what, languages, required: this.#me.required_languages, rows: 2 }),
      this.#fields.one({ id: `${id}-because`, label: words.get("barriers.field.because"), control: make("select", {}, ...choices), get: () => gap.because, put: (value) => (gap.because = value) }),
      this.#fields.texts({ id: `${id}-instead`, label: words.get("barriers.field.instead"), get: () => gap.instead, languages, rows: 2 }),
      this.#fields.one({ id: `${id}-until`, label: words.get("barriers.field.until"), control: make("input", { type: "date" }), get: () => gap.until ?? "", put: (value) => (gap.until = value || null) }),
      button(words.get("barriers.gap_less"), () => {
        this.#draft?.gaps.splice(place, 1);
        this.#changed = true;
        this.#draw();
      }, { label: words.get("barriers.gap_less_of", { n: place + 1 }) }),
    );
  }

  /** @param {boolean} publish */
  async #save(publish) {
    const draft = this.#draft;
    if (!draft || !this.#written) return;
    const { words } = this.#tongue;
    const statement = {
      ...draft,
      scope: tidyTexts(draft.scope),
      measures: tidyTexts(draft.measures),
      gaps: draft.gaps.map((gap) => ({ ...gap, what: tidyTexts(gap.what), instead: tidyTexts(gap.instead) })),
      enforcement: { ...draft.enforcement, name: tidyTexts(draft.enforcement.name) },
    };
    try {
      this.#written = await this.#api.ask("PUT", "/api/statement", { revision: this.#written.revision, statement, publish });
      this.#changed = false;
      const open = !!this.node.querySelector("details[open]");
      this.#build();
      if (open) this.node.querySelector("details")?.setAttribute("open", "");
      this.#tell(words.get(publish ? "barriers.is_public" : "barriers.kept"));
    } catch (error) {
      this.#say(error);
    }
  }

  /** @param {unknown} error */
  #say(error) {
    if (!(error instanceof Problem)) throw error;
    const { words } = this.#tongue;
    if (error.code === "incomplete") return this.#tell(`${words.get("barriers.missing")} ${this.#named(error.told.missing ?? [])}`);
    if (error.code === "stale") {
      this.#written = error.told.current ?? this.#written; // what is written here stays; the next press goes on from theirs
      return this.#tell(words.get("barriers.stale"));
    }
    this.#tell(error.title ? [`${error.title}.`, error.detail, ...Object.values(error.told.fields ?? {})].join(" ") : words.get("trouble.no_answer"));
  }

  /** What is missing, as people say it. @param {string[]} missing fields, with a language */
  #named(missing) {
    const { words } = this.#tongue;
    const said = missing.map((name) => {
      const parts = name.split(".");
      const language = LANGUAGES.find((code) => code === parts.at(-1));
      const [field, place] = parts;
      const label = field === "gaps" && place ? words.get("barriers.field.what", { n: Number(place) + 1 }) : words.get(`barriers.field.${field}`);
      return language ? `${label} (${words.languageName(language)})` : label;
    });
    return `${[...new Set(said)].join(", ")}.`;
  }

  /** @param {string} said */
  #tell(said) {
    this.#told.textContent = said;
    this.#told.hidden = false;
  }
}
