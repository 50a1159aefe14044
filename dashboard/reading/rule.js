/**
 * When the quiet alarm is raised: said to all, and set by those who manage. Each number says what it does.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Change } from "../types.js"
 */

import { Problem } from "../api.js";
import { make, set } from "../elements/node.js";

/** What each number may be; the collector refuses all others. */
const BOUNDS = /** @type {const} */ ({ voices: [2, 100], days: [1, 90] });

export class AlarmRule {
  #api;
  #tongue;
  #rule = make("p");
  #told = make("p", { class: "told", role: "alert" });
  #kept = make("span", { role: "status" });
  /** @type {Record<keyof typeof BOUNDS, HTMLInputElement>} */
  #fields;
  #form;
  node;

  /**
   * @param {Api} api
   * @param {Tongue} tongue
   * @param {boolean} may whether its reader manages
   */
  constructor(api, tongue, may) {
    this.#api = api;
    this.#tongue = tongue;
    const { words } = tongue;
    this.#fields = { voices: this.#field("voices"), days: this.#field("days") };
    this.#form = make(
      "form",
      { class: "setting", novalidate: true, hidden: !may },
      ...Object.values(this.#fields).map((input) => make("p", { class: "field" }, make("label", { for: input.id }, words.get(`rule.${input.name}`)), input, make("span", { class: "hint", id: `${input.id}-does` }, words.get(`rule.${input.name}_does`)))),
      this.#told,
      make("p", { class: "doings" }, make("button", { type: "submit" }, words.get("rule.keep")), this.#kept),
    );
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#send();
    });
    this.node = make(
      "section",
      { id: "alarm-rule", "aria-labelledby": "rule-title" },
      make("h3", { id: "rule-title" }, words.get("rule.title")),
      this.#rule,
      make("p", { class: "hint" }, words.get("rule.means")),
      may ? this.#form : make("p", { class: "hint" }, words.get("rule.admins")),
    );
  }

  /** Problem when the collector does not answer. */
  async load() {
    this.#show((await this.#api.ask("GET", "/api/alarms")).rule);
  }

  /** @param {readonly Change[]} changes @returns {boolean} whether it may have been set by somebody */
  concerned(changes) {
    return changes.some(({ change }) => change === "agency.changed");
  }

  /** @param {keyof typeof BOUNDS} name */
  #field(name) {
    const [min, max] = BOUNDS[name];
    const id = `rule-${name}`;
    const input = make("input", { id, name, type: "number", min, max, required: true, inputmode: "numeric", "aria-describedby": `${id}-does` });
    input.addEventListener("input", () => {
      set(input, { "aria-invalid": null });
      this.#kept.textContent = "";
    });
    return input;
  }

  /** @param {{voices: number, days: number}} rule */
  #show({ voices, days }) {
    this.#rule.textContent = this.#tongue.words.get("rule.now", { n: days, voices });
    if (this.#form.contains(document.activeElement)) return; // what somebody is writing stays
    this.#fields.voices.value = String(voices);
    this.#fields.days.value = String(days);
  }

  async #send() {
    const { words } = this.#tongue;
    const wrong = Object.values(this.#fields).find((input) => !input.checkValidity());
    if (wrong) {
      set(wrong, { "aria-invalid": "true" });
      this.#told.textContent = words.get("rule.between", { min: wrong.min, max: wrong.max });
      return wrong.focus();
    }
    try {
      const { voices, days } = this.#fields;
      this.#show(await this.#api.ask("PUT", "/api/alarms/rule", { voices: Number(voices.value), days: Number(days.value) }));
      this.#told.textContent = "";
      this.#kept.textContent = words.get("rule.kept");
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#told.textContent = error.title ? `${error.title}. ${error.detail}` : words.get("trouble.no_answer");
    }
  }
}
