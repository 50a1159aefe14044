/**
 * Writing a decision: five things that are needed, in every language that is owed, and everything else folded away.
 *
 * @import { Language } from "../words.js"
 * @import { Draft } from "./draft.js"
 * @import { File, Lines, Phase, Planned, Promised, Stance, Texts } from "./types.js"
 * @import { Said } from "./said.js"
 */

import { make } from "../elements/node.js";
import { LANGUAGE_NAMES, LANGUAGES } from "../words.js";
import { daysAfter, OFFERED_WEEKS } from "./days.js";
import { keyOf, PHASES } from "./draft.js";
import { button, Fields, goTo } from "./fields.js";
import { GAINS } from "./offered.js";
import { refill } from "./refill.js";

const PROMISES = /** @type {const} */ (["answer", "change", "tell"]);
const STANCES = /** @type {const} */ (["unknown", "changed", "half_baked"]);
/** What is folded away: name, and how much of it is filled in. @type {[string, (file: File) => number][]} */
const MORE = [
  ["expected", (file) => file.expected.filter(({ text }) => Object.keys(text).length).length],
  ["promise", () => 0],
  ["summary", (file) => [file.summary, file.stance_note].filter((texts) => Object.keys(texts).length).length + Number(!!file.owner) + Number(!!file.stance)],
  ["fixed", (file) => file.fixed.filter(({ text }) => Object.keys(text).length).length],
  ["phases", (file) => file.phases.filter(({ opens }) => opens).length],
  ["pages", (file) => file.placements.length + file.patterns.filter((line) => line.trim()).length],
  ["subject", (file) => Object.keys(file.subject).length],
];

export class Form {
  #draft;
  #lines;
  #said;
  #changed;
  #fields;
  /** @type {Set<Language>} */
  #shown;
  #main = make("div", { class: "five" });
  #more = make("div", { class: "more-fields" });
  #chooser = make("div", { class: "languages-of" });

  /**
   * @param {Draft} draft
   * @param {Lines} lines
   * @param {Said} said
   * @param {() => void} changed somebody typed
   */
  constructor(draft, lines, said, changed) {
    this.#draft = draft;
    this.#lines = lines;
    this.#said = said;
    this.#changed = changed;
    this.#fields = new Fields(() => {
      this.#summaries();
      changed();
    });
    this.#shown = new Set(lines.required_languages);
    for (const texts of [draft.file.title, draft.file.open, draft.file.gain]) for (const code of LANGUAGES) if (texts[code]) this.#shown.add(code);
    this.node = make("form", { class: "file", novalidate: true }, this.#chooser, this.#main, this.#more);
    this.node.addEventListener("submit", (event) => event.preventDefault());
    this.#build();
  }

  /** The languages in which it is written here, side by side, in our order. */
  get languages() {
    return LANGUAGES.filter((code) => this.#shown.has(code));
  }

  /** Shows what is written by now. */
  update() {
    this.#lists();
    this.#fields.sync();
    this.#summaries();
  }

  get #file() {
    return this.#draft.file;
  }

  get #isPublic() {
    return !!this.#draft.work && this.#draft.work.state !== "draft";
  }

  #build() {
    this.#languages();
    this.#five();
    this.#folded();
    this.update();
  }

  #languages() {
    const { words } = this.#said;
    const { required_languages, warned_languages } = this.#lines;
    const boxes = LANGUAGES.filter((code) => !required_languages.includes(code)).map((code) => {
      const box = make("input", { type: "checkbox", id: `language-${code}`, checked: this.#shown.has(code) });
      box.addEventListener("change", () => {
        if (box.checked) this.#shown.add(code);
        else this.#shown.delete(code);
        const open = [...this.#more.querySelectorAll("details[open]")].map(({ id }) => id);
        this.#build();
        for (const id of open) document.getElementById(id)?.setAttribute("open", "");
        document.getElementById(`language-${code}`)?.focus();
      });
      const why = words.get(warned_languages.includes(code) ? "desk.language.warned" : "desk.language.optional");
      return make("label", { class: "pick" }, box, make("span", {}, make("span", { lang: code }, LANGUAGE_NAMES[code]), ` (${why})`));
    });
    this.#chooser.replaceChildren(make("fieldset", {}, make("legend", {}, words.get("desk.language.also")), ...boxes));
  }

  /** @param {"title" | "open" | "gain" | "summary" | "stance_note" | "subject"} name @param {{rows?: number, limit?: number, more?: (Node | null)[], required?: boolean}} [options] */
  #texts(name, { rows = 3, limit = 20_000, more = [], required = false } = {}) {
    const { words } = this.#said;
    return this.#fields.texts({
      id: `f-${name}`,
      label: words.get(`desk.field.${name}`),
      hint: words.has(`desk.hint.${name}`) ? words.get(`desk.hint.${name}`) : "",
      get: () => this.#file[name],
      languages: this.languages,
      required: required ? this.#lines.required_languages : [],
      rows, limit, more,
    });
  }

  #five() {
    const { words } = this.#said;
    const until = this.#fields.one({
      id: "f-until",
      label: words.get("desk.field.until"),
      hint: words.get("desk.hint.until"),
      control: make("input", { type: "date", "aria-required": "true" }),
      get: () => this.#file.until ?? "",
      put: (value) => (this.#file.until = value || null),
      more: [make("p", { class: "offers" }, ...OFFERED_WEEKS.map((weeks) => {
        const day = daysAfter(this.#said.today, weeks * 7);
        return button(words.get("desk.in_weeks", { n: weeks, day: this.#said.short(day) }), () => {
          this.#file.until = day;
          this.#touched();
        }, { class: "offer" });
      }))],
    });
    const points = make("select", { "aria-required": "true" }, make("option", { value: "" }, words.get("desk.choose")), ...this.#lines.contact_points.map(({ key, name }) => make("option", { value: key }, name)));
    const contact = this.#fields.one({
      id: "f-contact_point",
      label: words.get("desk.field.contact_point"),
      hint: words.get(this.#lines.contact_points.length ? "desk.hint.contact_point" : "desk.hint.no_contact_point"),
      control: points,
      get: () => this.#file.contact_point ?? "",
      put: (value) => (this.#file.contact_point = value || null),
    });
    const offer = make("p", { class: "offers" }, button(words.get("desk.offer_gain"), () => {
      for (const code of this.languages) if (!this.#file.gain[code]?.trim()) this.#file.gain[code] = GAINS[this.#file.promise][code];
      this.#touched();
    }, { class: "offer", id: "offer-gain" }));
    this.#main.replaceChildren(
      this.#texts("title", { rows: 1, limit: 300, required: true }),
      this.#texts("open", { rows: 4, required: true }),
      make("div", { class: "two-fields" }, until, contact),
      this.#texts("gain", { rows: 3, more: [offer], required: true }),
    );
  }

  #folded() {
    const { words } = this.#said;
    const bodies = /** @type {Record<string, (Node | null)[]>} */ ({
      expected: [make("p", { class: "hint" }, words.get(this.#isPublic ? "desk.hint.expected_public" : "desk.hint.expected")), make("div", { id: "list-expected" })],
      promise: [this.#fields.choice({
        id: "f-promise",
        label: words.get("desk.field.promise"),
        hint: words.get("desk.hint.promise"),
        options: PROMISES.map((name) => [name, words.get(`desk.promise.${name}`)]),
        get: () => this.#file.promise,
        put: (value) => (this.#file.promise = /** @type {Promised} */ (value)),
      })],
      summary: [
        this.#texts("summary", { rows: 4 }),
        this.#fields.one({ id: "f-owner", label: words.get("desk.field.owner"), hint: words.get("desk.hint.owner"), control: make("input", { type: "text", maxlength: 300, autocomplete: "off" }), get: () => this.#file.owner, put: (value) => (this.#file.owner = value) }),
        this.#fields.choice({
          id: "f-stance",
          label: words.get("desk.field.stance"),
          hint: words.get("desk.hint.stance"),
          options: [["", words.get("desk.stance.none")], ...STANCES.map((name) => /** @type {[string, string]} */ ([name, words.get(`desk.stance.${name}`)]))],
          get: () => this.#file.stance ?? "",
          put: (value) => (this.#file.stance = /** @type {Stance} */ (value) || null),
        }),
        this.#texts("stance_note", { rows: 1, limit: 300 }),
      ],
      fixed: [make("p", { class: "hint" }, words.get("desk.hint.fixed")), make("div", { id: "list-fixed" })],
      phases: [make("p", { class: "hint", id: "f-phases" }, words.get("desk.hint.phases")), this.#phases()],
      pages: this.#pages(),
      subject: [this.#texts("subject", { rows: 1, limit: 300 }), this.#key()],
    });
    this.#more.replaceChildren(
      make("h3", {}, words.get("desk.optional")),
      make("p", { class: "hint" }, words.get("desk.optional_hint")),
      ...MORE.map(([name]) => make("details", { id: `more-${name}` }, make("summary", {}, make("span", { id: `sum-${name}` })), make("div", { class: "folded" }, .../** @type {(Node | null)[]} */ (bodies[name])))),
    );
  }

  #key() {
    const { words } = this.#said;
    if (this.#draft.work) return null;
    return this.#fields.one({
      id: "f-key",
      label: words.get("desk.field.key"),
      hint: words.get("desk.hint.key"),
      control: make("input", { type: "text", maxlength: 63, autocomplete: "off", spellcheck: "false" }),
      get: () => this.#draft.key || keyOf(this.#file.title),
      put: (value) => (this.#draft.key = value.toLowerCase().replace(/[^a-z0-9-]+/g, "-").replace(/^-+/, "")),
    });
  }

  #pages() {
    const { words } = this.#said;
    const { placements } = this.#lines;
    return [
      placements.length ? this.#fields.several({
        id: "f-placements",
        label: words.get("desk.field.placements"),
        hint: words.get("desk.hint.placements"),
        options: placements.map(({ key, name }) => [key, name]),
        get: () => this.#file.placements,
        put: (values) => (this.#file.placements = values),
      }) : null,
      this.#fields.one({
        id: "f-patterns",
        label: words.get("desk.field.patterns"),
        hint: words.get("desk.hint.patterns"),
        control: make("textarea", { rows: 2, spellcheck: "false" }),
        get: () => this.#file.patterns.join("\n"),
        put: (value) => (this.#file.patterns = value.split("\n")),
      }),
    ];
  }

  /** Six phases, each with its days: nothing to add, nothing to order. */
  #phases() {
    const { words } = this.#said;
    return make("div", { class: "phases" }, ...PHASES.map((phase) => {
      const day = (/** @type {"opens" | "closes"} */ name) => {
        const control = make("input", { type: "date", id: `f-phase-${phase}-${name}` });
        this.#fields.bind(control, () => this.#planned(phase)?.[name] ?? "", (value) => this.#plan(phase, { [name]: value || (name === "opens" ? "" : null) }));
        return make("div", { class: "one-field" }, make("label", { for: control.id }, words.get(`desk.field.${name}`)), control);
      };
      const question = this.#fields.texts({
        id: `f-phase-${phase}`,
        label: words.get("desk.field.question"),
        get: () => {
          const planned = this.#planned(phase) ?? this.#plan(phase, {});
          return planned.question;
        },
        languages: this.languages, rows: 1, limit: 300,
      });
      return make("fieldset", { class: "phase" }, make("legend", {}, words.get(`desk.phase.${phase}`)), make("div", { class: "days" }, day("opens"), day("closes")),
        make("details", {}, make("summary", {}, words.get("desk.phase_question")), question));
    }));
  }

  /** @param {Phase} phase */
  #planned(phase) {
    return this.#file.phases.find((planned) => planned.phase === phase);
  }

  /** @param {Phase} phase @param {Partial<Planned>} with_ @returns {Planned} */
  #plan(phase, with_) {
    const known = this.#planned(phase);
    if (known) return Object.assign(known, with_);
    const planned = { phase, opens: "", closes: null, question: {}, ...with_ };
    this.#file.phases.push(planned);
    return planned;
  }

  /** Lists of which the length changes: what is fixed, what is expected. */
  #lists() {
    const { words } = this.#said;
    const languages = this.languages;
    const fixed = this.node.querySelector("#list-fixed");
    const expected = this.node.querySelector("#list-expected");
    if (fixed instanceof HTMLElement) {
      refill(fixed, [languages, this.#file.fixed.length], () => [
        ...this.#file.fixed.map((_, place) => make("div", { class: "entry", id: `f-fixed-${place}` },
          this.#fields.texts({ id: `f-fixed-text-${place}`, label: words.get("desk.field.fixed"), get: () => this.#file.fixed[place]?.text ?? {}, languages, rows: 2 }),
          this.#fields.texts({ id: `f-fixed-because-${place}`, label: words.get("desk.field.because"), get: () => this.#file.fixed[place]?.because ?? {}, languages, rows: 2 }),
          button(words.get("desk.remove"), () => this.#resize("fixed", () => this.#file.fixed.splice(place, 1)), { class: "plain", label: words.get("desk.remove_fixed", { n: place + 1 }) }))),
        button(words.get("desk.add_fixed"), () => this.#resize("fixed", () => this.#file.fixed.push({ text: {}, because: {} })), { id: "add-fixed" }),
      ]);
    }
    if (!(expected instanceof HTMLElement)) return;
    if (this.#isPublic) {
      refill(expected, this.#file.expected, () => [this.#file.expected.length ? make("ul", { class: "told" }, ...this.#file.expected.map(({ text }) => make("li", {}, this.#said.text(text)))) : make("p", {}, words.get("desk.expected_none"))]);
      return;
    }
    refill(expected, [languages, this.#file.expected.map(({ key }) => key)], () => [
      ...this.#file.expected.map(({ key }, place) => make("div", { class: "entry", id: `f-expected-${place}` },
        this.#fields.texts({ id: `f-expected-text-${place}`, label: words.get("desk.field.expected", { n: place + 1 }), get: () => this.#file.expected[place]?.text ?? {}, languages, rows: 1, limit: 300 }),
        button(words.get("desk.remove"), () => this.#resize("expected", () => (this.#file.expected = this.#file.expected.filter((row) => row.key !== key))), { class: "plain", label: words.get("desk.remove_expected", { n: place + 1 }) }))),
      button(words.get("desk.add_expected"), () => this.#resize("expected", () => this.#file.expected.push({ key: this.#freeKey(), text: {} })), { id: "add-expected" }),
    ]);
  }

  #freeKey() {
    let number = 1;
    while (this.#file.expected.some(({ key }) => key === `e${number}`)) number += 1;
    return `e${number}`;
  }

  /** @param {"fixed" | "expected"} name @param {() => void} change */
  #resize(name, change) {
    const before = this.#file[name].length;
    change();
    this.#touched();
    const grown = this.#file[name].length > before;
    goTo(grown ? `f-${name}-${before}` : `add-${name}`);
  }

  #touched() {
    this.update();
    this.#changed();
  }

  #summaries() {
    const { words } = this.#said;
    for (const [name, count] of MORE) {
      const n = count(this.#file);
      const node = this.node.querySelector(`#sum-${name}`);
      const said = name === "promise" ? `${words.get("desk.more.promise")}: ${words.get(`desk.promise.${this.#file.promise}`)}` : `${words.get(`desk.more.${name}`)}${n ? ` · ${words.number(n)}` : ""}`;
      if (node && node.textContent !== said) node.textContent = said;
    }
  }
}

/**
 * What stands under the name of something missing, and where to write it.
 * @param {string} name `until`, `title.fr`
 * @param {Said} said
 * @returns {{text: string, id: string}}
 */
export function placeOf(name, { words }) {
  const [field = "", language] = name.split(".");
  const code = /** @type {Language | undefined} */ (language);
  const ids = /** @type {Record<string, string>} */ ({ fixed: "more-fixed", phases: "more-phases", expected: "more-expected", patterns: "f-patterns", placements: "f-placements", because: "f-because" });
  const text = words.get(words.has(`desk.short.${field}`) ? `desk.short.${field}` : `desk.field.${field}`);
  return { text: code ? words.get("desk.missing_in", { what: text, language: words.languageName(code) }) : text, id: ids[field] ? `${ids[field]}${field === "because" && code ? `-${code}` : ""}` : `f-${field}${code ? `-${code}` : ""}` };
}
