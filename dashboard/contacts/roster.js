/**
 * Who is rung for grave words, and when. Outside of all hours every page says that nobody reads.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Timetable } from "./types.js"
 *
 * @typedef {{id: number, name: string, timetable: Timetable}} Turn
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";
import { Week, weekLines } from "./week.js";

export class Roster {
  #api;
  #tongue;
  #may;
  #list = make("ul", { class: "turns" });
  #state = make("p", { class: "hint" });
  #told = make("p", { role: "alert", class: "told" });
  #who = make("select", { id: "roster-who" });
  #week;
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
    this.#may = may;
    const { words } = tongue;
    this.#week = new Week(words, "roster-week");
    this.#form = make("form", { class: "pointing", novalidate: true }, make("p", { class: "field" }, make("label", { for: "roster-who" }, words.get("contacts.roster_who")), this.#who), this.#week.node, make("p", { class: "doings" }, make("button", { type: "submit", class: "main" }, words.get("contacts.roster_add"))));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#put();
    });
    this.node = make("section", { class: "roster", "aria-labelledby": "roster-title" }, make("h3", { id: "roster-title" }, words.get("contacts.roster")), make("p", { class: "hint" }, words.get("contacts.roster_what")), this.#state, this.#list, this.#told, may ? make("details", {}, make("summary", {}, words.get("contacts.roster_add")), this.#form) : null);
  }

  /** @param {readonly {id: number, name: string, joined_at?: number | null}[]} members */
  async load(members) {
    const { words } = this.#tongue;
    const { items, rings, reading } = await this.#api.ask("GET", "/api/roster");
    const said = reading ? [words.get(reading.now ? "contacts.roster_now" : "contacts.roster_not")] : [words.get("contacts.roster_none")];
    if (!rings) said.push(words.get("contacts.roster_mute"));
    this.#state.textContent = said.join(" ");
    this.#list.replaceChildren(...items.map((/** @type {Turn} */ turn) => this.#turn(turn)));
    const chosen = this.#who.value;
    this.#who.replaceChildren(...members.filter(({ joined_at }) => joined_at).map(({ id, name }) => make("option", { value: id }, name)));
    if (chosen) this.#who.value = chosen;
  }

  /** @param {Turn} turn */
  #turn({ id, name, timetable }) {
    const { words } = this.#tongue;
    const line = make("li", {}, make("bdi", { class: "name" }, name), " ", ...weekLines(timetable, words));
    if (!this.#may) return line;
    const button = (/** @type {string} */ key, /** @type {() => void} */ run) => {
      const node = make("button", { type: "button", "aria-label": `${words.get(key)}: ${name}` }, words.get(key));
      node.addEventListener("click", run);
      return node;
    };
    const edit = () => {
      this.#who.value = String(id);
      this.#week.fill(timetable);
      /** @type {HTMLDetailsElement} */ (this.#form.parentElement).open = true;
      this.#who.focus();
    };
    line.append(make("p", { class: "doings" }, button("contacts.roster_edit", edit), button("contacts.roster_off", () => void this.#try(() => this.#api.ask("DELETE", `/api/roster/${id}`)))));
    return line;
  }

  async #put() {
    const { timetable } = this.#week;
    if (!timetable || !this.#who.value) {
      this.#told.textContent = this.#tongue.words.get("contacts.roster_needs");
      return;
    }
    const well = await this.#try(() => this.#api.ask("PUT", `/api/roster/${this.#who.value}`, { timetable }));
    if (well) this.#week.fill(null);
  }

  /** What changed comes back over the live connection. @param {() => Promise<unknown>} run @returns {Promise<boolean>} */
  async #try(run) {
    try {
      await run();
      this.#told.textContent = "";
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#told.textContent = Object.values(error.told.fields ?? {}).join(" ") || (error.title ? `${error.title}. ${error.detail}` : this.#tongue.words.get("trouble.no_answer"));
      return false;
    }
  }
}
