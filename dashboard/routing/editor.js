/**
 * One rule while somebody writes it: its conditions, each with what it may be, and where it goes. Every change counts at
 * once, and is tried.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { Field, Rule } from "./draft.js"
 *
 * @typedef {{value: string, said: string}} Choice
 */

import { make } from "../elements/node.js";
import { FIELDS } from "./draft.js";
import { valueSaid, VALUES } from "./sentence.js";

export class Editor {
  #rule;
  #tongue;
  #offers;
  #changed;
  #conditions = make("div", { class: "conditions" });
  node;

  /**
   * @param {Rule} rule is written in place
   * @param {Tongue} tongue
   * @param {{placement: Choice[], decision: Choice[], theme: Choice[], points: Choice[], members: Choice[]}} offers
   * @param {() => void} changed
   * @param {() => void} done
   */
  constructor(rule, tongue, offers, changed, done) {
    this.#rule = rule;
    this.#tongue = tongue;
    this.#offers = offers;
    this.#changed = changed;
    const { words } = tongue;
    const point = this.#select("routing-point", words.get("routing.nowhere"), offers.points, rule.contact_point);
    const member = this.#select("routing-member", words.get("assign.nobody"), offers.members, rule.member === null ? null : String(rule.member));
    const settle = () => {
      rule.contact_point = point.value || null;
      rule.member = member.value ? Number(member.value) : null;
      changed();
    };
    for (const select of [point, member]) select.addEventListener("change", settle);
    const close = make("button", { type: "button", "data-does": "done" }, words.get("routing.done"));
    close.addEventListener("click", done);
    const field = (/** @type {string} */ label, /** @type {HTMLSelectElement} */ select) => make("p", { class: "field" }, make("label", { for: select.id }, words.get(label)), select);
    this.node = make(
      "div",
      { class: "ruling" },
      this.#conditions,
      make("fieldset", { class: "to" }, make("legend", {}, words.get("routing.to")), make("div", { class: "pair" }, field("routing.point", point), field("routing.member", member))),
      make("p", { class: "doings" }, close),
    );
    this.#draw();
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.node.querySelector("input, select"))?.focus();
  }

  #draw() {
    const { words } = this.#tongue;
    const rows = this.#rule.conditions.map((condition, place) => {
      const off = make("button", { type: "button", class: "plain", "aria-label": `${words.get("routing.without")}: ${words.get(`routing.field.${condition.field}`)}` }, words.get("routing.without"));
      off.addEventListener("click", () => {
        this.#rule.conditions.splice(place, 1);
        this.#draw();
        this.#add?.focus();
        this.#changed();
      });
      const box = make("fieldset", { class: "condition", "data-field": condition.field }, make("legend", {}, words.get(`routing.field.${condition.field}`)));
      box.append(make("div", { class: "ticks" }, ...this.#choices(condition.field).map(({ value, said }) => this.#tick(condition.values, value, said))), off);
      return box;
    });
    this.#conditions.replaceChildren(...rows, ...this.#adding());
  }

  /** @returns {HTMLSelectElement | null} */
  get #add() {
    return this.#conditions.querySelector("#routing-add");
  }

  #adding() {
    const { words } = this.#tongue;
    const free = FIELDS.filter((field) => !this.#rule.conditions.some((one) => one.field === field) && this.#choices(field).length);
    if (!free.length) return [];
    const select = make("select", { id: "routing-add" }, make("option", { value: "" }, words.get("routing.choose")), ...free.map((field) => make("option", { value: field }, words.get(`routing.field.${field}`))));
    select.addEventListener("change", () => {
      const field = /** @type {Field} */ (select.value);
      this.#rule.conditions.push({ field, values: [] });
      this.#draw();
      /** @type {HTMLElement | null} */ (this.#conditions.querySelector(`[data-field="${field}"] input`))?.focus();
      this.#changed();
    });
    return [make("p", { class: "field adding" }, make("label", { for: select.id }, words.get(this.#rule.conditions.length ? "routing.and" : "routing.first")), select)];
  }

  /** @param {string[]} values @param {string} value @param {string} said */
  #tick(values, value, said) {
    const input = make("input", { type: "checkbox", value, checked: values.includes(value) });
    input.addEventListener("change", () => {
      if (input.checked) values.push(value);
      else values.splice(values.indexOf(value), 1);
      this.#changed();
    });
    return make("label", { class: "tick" }, input, make("bdi", {}, said));
  }

  /** @param {Field} field @returns {Choice[]} */
  #choices(field) {
    if (field === "placement" || field === "decision" || field === "theme") return this.#offers[field];
    return (VALUES[field] ?? []).map((value) => ({ value, said: valueSaid(field, value, this.#tongue) }));
  }

  /** @param {string} id @param {string} none @param {Choice[]} choices @param {string | null} chosen */
  #select(id, none, choices, chosen) {
    return make("select", { id }, make("option", { value: "" }, none), ...choices.map(({ value, said }) => make("option", { value, selected: value === chosen }, said)));
  }
}
