/**
 * Writing a contact point. Whoever saves it has looked at it, so it counts as checked today.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Me } from "../types.js"
 * @import { TeamPoint, Task, Terms } from "./types.js"
 */

import { Problem } from "../api.js";
import { make, set } from "../elements/node.js";
import { LANGUAGE_NAMES, LANGUAGES } from "../words.js";
import { TASKS, WAYS } from "./types.js";
import { Week } from "./week.js";

const LINES = /** @type {const} */ (["name", ...WAYS, "hours"]);
/** The Federal Ombudsman, to be checked by whoever adds it. */
export const OMBUDSMAN = { name: "Federale Ombudsman · Médiateur fédéral", chat: "https://www.federaalombudsman.be", counter: "Leuvenseweg 48, 1000 Brussel", task: "ombudsman" };

export class PointForm {
  #api;
  #tongue;
  #me;
  #done;
  /** @type {TeamPoint | null} what is being changed; null for a new one */
  #was = null;
  /** @type {Record<string, Terms>} */
  #presets = {};
  /** @type {Map<string, HTMLInputElement>} */
  #lines = new Map();
  /** @type {Map<string, HTMLTextAreaElement>} */
  #subjects = new Map();
  /** @type {Map<string, HTMLInputElement>} */
  #languages = new Map();
  /** @type {Map<string, HTMLInputElement>} */
  #placements = new Map();
  #task = make("select", { id: "point-task" });
  #owner = make("select", { id: "point-owner" });
  #postcodes = make("input", { type: "text", id: "point-postcodes", autocomplete: "off", "aria-describedby": "point-postcodes-hint" });
  #confirms = make("input", { type: "number", id: "point-confirms", min: 1, max: 90, inputmode: "numeric" });
  #answers = make("input", { type: "number", id: "point-answers", min: 1, max: 365, inputmode: "numeric" });
  #callsBack = make("input", { type: "checkbox", id: "point-calls-back" });
  #title = make("h3", { id: "point-title", tabindex: -1 });
  #told = make("p", { role: "alert", class: "told" });
  #week;
  node;

  /**
   * @param {Api} api
   * @param {Tongue} tongue
   * @param {Me} me
   * @param {(key: string | null) => Promise<void>} done  what was saved; null when it was left as it was
   */
  constructor(api, tongue, me, done) {
    this.#api = api;
    this.#tongue = tongue;
    this.#me = me;
    this.#done = done;
    this.#week = new Week(tongue.words, "point-week");
    this.node = make("form", { class: "pointing", novalidate: true, hidden: true, "aria-labelledby": "point-title" }, ...this.#parts());
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#save();
    });
  }

  #parts() {
    const { words } = this.#tongue;
    const field = (/** @type {string} */ name, /** @type {HTMLElement} */ input, /** @type {string | null} */ hint = null) =>
      make("p", { class: "field" }, make("label", { for: input.id }, words.get(`contacts.${name}`)), input, hint ? make("span", { class: "hint", id: `${input.id}-hint` }, words.get(hint)) : null);
    for (const name of LINES) this.#lines.set(name, make("input", { type: "text", id: `point-${name}`, autocomplete: "off", maxlength: name === "video" || name === "chat" ? 500 : 300 }));
    for (const task of TASKS) this.#task.append(make("option", { value: task }, words.get(`contacts.task.${task}`)));
    this.#task.addEventListener("change", () => this.#terms(this.#presets[this.#task.value] ?? null));
    for (const code of LANGUAGES) {
      this.#languages.set(code, make("input", { type: "checkbox", value: code }));
      this.#subjects.set(code, make("textarea", { id: `point-subjects-${code}`, rows: 2, lang: code }));
    }
    for (const { key } of this.#me.placements) this.#placements.set(key, make("input", { type: "checkbox", value: key }));
    const cancel = make("button", { type: "button" }, words.get("contacts.leave"));
    cancel.addEventListener("click", () => {
      this.node.hidden = true;
      void this.#done(null);
    });
    const ticks = (/** @type {string} */ legend, /** @type {[HTMLInputElement, string, string?][]} */ boxes, /** @type {string | null} */ hint = null) =>
      make("fieldset", { class: "ticks" }, make("legend", {}, words.get(legend)), hint ? make("p", { class: "hint" }, words.get(hint)) : null, ...boxes.map(([box, said, lang]) => make("label", { class: "tick", lang }, box, " ", said)));
    const line = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (this.#lines.get(name));
    return [
      this.#title,
      make("div", { class: "pair" }, field("name", line("name")), field("task", this.#task), field("owner", this.#owner, "contacts.owner_hint")),
      make("h4", {}, words.get("contacts.ways")),
      make("p", { class: "hint" }, words.get("contacts.ways_hint")),
      make("div", { class: "pair" }, ...WAYS.map((way) => field(`way.${way}`, line(way)))),
      make("p", {}, make("label", { class: "tick" }, this.#callsBack, " ", words.get("contacts.calls_back"))),
      this.#week.node,
      field("hours", line("hours"), "contacts.hours_hint"),
      make("h4", {}, words.get("contacts.for")),
      ticks("contacts.languages", LANGUAGES.map((code) => [/** @type {HTMLInputElement} */ (this.#languages.get(code)), LANGUAGE_NAMES[code], code])),
      make("fieldset", { class: "ticks" }, make("legend", {}, words.get("contacts.subjects")), make("p", { class: "hint" }, words.get("contacts.subjects_hint")),
        make("div", { class: "pair" }, ...LANGUAGES.map((code) => make("p", { class: "field" }, make("label", { for: `point-subjects-${code}` }, LANGUAGE_NAMES[code]), /** @type {HTMLTextAreaElement} */ (this.#subjects.get(code)))))),
      field("postcodes", this.#postcodes, "contacts.postcodes_hint"),
      this.#placements.size > 1 ? ticks("contacts.placements", this.#me.placements.map(({ key, name }) => [/** @type {HTMLInputElement} */ (this.#placements.get(key)), name]), "contacts.placements_hint") : null,
      make("h4", {}, words.get("contacts.terms")),
      make("p", { class: "hint" }, words.get("contacts.terms_hint")),
      make("div", { class: "pair" }, field("confirms", this.#confirms), field("answers", this.#answers)),
      this.#told,
      make("p", { class: "doings" }, make("button", { type: "submit", class: "main" }, words.get("contacts.save")), cancel),
    ].filter((part) => part !== null);
  }

  /**
   * @param {TeamPoint | null} was
   * @param {readonly {id: number, name: string}[]} members
   * @param {Record<string, Terms>} presets
   * @param {Partial<typeof OMBUDSMAN>} begin what a new one begins with
   */
  open(was, members, presets, begin = {}) {
    const { words } = this.#tongue;
    this.#was = was;
    this.#presets = presets;
    const point = was?.point ?? null;
    for (const [name, input] of this.#lines) {
      input.value = String(point ? (point[/** @type {"name"} */ (name)] ?? "") : (begin[/** @type {"name"} */ (name)] ?? ""));
      set(input, { "aria-invalid": null });
    }
    this.#task.value = point?.task ?? begin.task ?? "desk";
    this.#terms(point ? point.terms : (presets[this.#task.value] ?? null));
    this.#owner.replaceChildren(make("option", { value: "" }, words.get("contacts.nobody")), ...members.map(({ id, name }) => make("option", { value: String(id) }, name)));
    this.#owner.value = String(was?.owner?.id ?? "");
    for (const [code, box] of this.#languages) box.checked = point ? point.languages.includes(code) : true;
    for (const [code, area] of this.#subjects) area.value = (point?.subjects ?? []).map((texts) => texts[/** @type {"nl"} */ (code)] ?? "").join("\n").trimEnd();
    for (const [key, box] of this.#placements) box.checked = point?.placements.includes(key) ?? false;
    this.#postcodes.value = (point?.postcodes ?? []).join(" ");
    this.#callsBack.checked = point?.calls_back ?? false;
    this.#week.fill(point?.timetable ?? null);
    this.#title.textContent = point ? words.get("contacts.changing", { name: point.name }) : words.get("contacts.new");
    this.#told.textContent = begin.name ? words.get("contacts.check_first") : "";
    this.node.hidden = false;
    this.#title.focus();
  }

  /** @param {Terms | null} terms */
  #terms(terms) {
    this.#confirms.value = String(terms?.confirms ?? "");
    this.#answers.value = String(terms?.answers ?? "");
  }

  get #said() {
    const ticked = (/** @type {Map<string, HTMLInputElement>} */ boxes) => [...boxes].filter(([, box]) => box.checked).map(([name]) => name);
    const columns = [...this.#subjects].map(([code, area]) => /** @type {const} */ ([code, area.value.split("\n").map((said) => said.trim())]));
    const rows = Math.max(...columns.map(([, said]) => said.length));
    const subjects = Array.from({ length: rows }, (_, row) => Object.fromEntries(columns.filter(([, said]) => said[row]).map(([code, said]) => [code, said[row]]))).filter((texts) => Object.keys(texts).length);
    const number = (/** @type {HTMLInputElement} */ input) => (input.value ? Number(input.value) : null);
    return {
      ...Object.fromEntries([...this.#lines].map(([name, input]) => [name, input.value.trim() || (name === "name" ? "" : null)])),
      task: /** @type {Task} */ (this.#task.value),
      owner: this.#owner.value ? Number(this.#owner.value) : null,
      languages: ticked(this.#languages),
      placements: ticked(this.#placements),
      subjects,
      postcodes: this.#postcodes.value.replace(/\s*[-–]\s*/g, "-").split(/[\s,;]+/).filter(Boolean),
      timetable: this.#week.timetable,
      terms: { confirms: number(this.#confirms), answers: number(this.#answers) },
      calls_back: this.#callsBack.checked,
    };
  }

  async #save() {
    const was = this.#was;
    for (const input of [...this.#lines.values(), this.#postcodes]) set(input, { "aria-invalid": null });
    this.#week.wrong(false);
    try {
      const kept = was
        ? await this.#api.ask("PATCH", `/api/contact-points/${was.point.key}`, { ...this.#said, revision: was.revision })
        : await this.#api.ask("POST", "/api/contact-points", this.#said);
      this.node.hidden = true;
      await this.#done(kept.point.key);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#refused(error);
    }
  }

  /** @param {Problem} problem */
  #refused({ code, title, detail, told }) {
    const { words } = this.#tongue;
    const fields = /** @type {Record<string, string>} */ (told.fields ?? {});
    const reasons = Object.entries(fields).map(([name, said]) => `${words.has(`contacts.${name}`) ? `${words.get(`contacts.${name}`)}: ` : ""}${said}`);
    this.#told.textContent = code === "wrong_state" ? words.get("contacts.last") : reasons.join(" ") || (title ? `${title}. ${detail}` : words.get("trouble.no_answer"));
    const inputs = new Map([...this.#lines, ["postcodes", this.#postcodes]]);
    const wrong = Object.keys(fields).map((name) => inputs.get(name)).find((input) => input);
    if (fields.timetable) this.#week.wrong(true);
    if (!wrong) return this.#told.scrollIntoView({ block: "nearest" });
    set(wrong, { "aria-invalid": "true" });
    wrong.focus();
  }
}
