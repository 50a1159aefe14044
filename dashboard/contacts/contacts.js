/**
 * Whom citizens can reach: each contact point with who keeps it right and when somebody looked at it last. Those who manage
 * write them; whoever answers says *checked today*.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Change, Me } from "../types.js"
 * @import { TeamPoint, Terms } from "./types.js"
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";
import { Place } from "../elements/place.js";
import { LANGUAGE_NAMES } from "../words.js";
import { OMBUDSMAN, PointForm } from "./form.js";
import { Roster } from "./roster.js";
import { WAYS } from "./types.js";
import { weekLines } from "./week.js";

export class Contacts extends Place {
  #api;
  #me;
  #tongue;
  #stale;
  /** @type {TeamPoint[]} */
  #points = [];
  /** @type {Record<string, Terms>} */
  #presets = {};
  #days = 0;
  /** @type {{id: number, name: string}[]} */
  #members = [];
  /** @type {string | null} which is asked about before it goes */
  #asked = null;
  #lead = make("p", { class: "lead" });
  #list = make("div", { class: "points" });
  #told = make("p", { role: "alert", class: "refused", hidden: true });
  #said = make("p", { class: "heard", role: "status" });
  #begin = make("p", { class: "doings" });
  #settings = make("div", { class: "settings" });
  #form;
  #roster;

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {(number: number) => void} stale how many nobody looked at for too long
   */
  constructor(root, api, me, tongue, stale) {
    super(root, tongue.words);
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#stale = stale;
    this.#roster = new Roster(api, tongue, me.role === "admin");
    this.#form = me.role === "admin" ? new PointForm(api, tongue, me, (key) => this.#saved(key)) : null;
  }

  build() {
    const { words } = this.#tongue;
    this.root.append(make("h2", { id: "contacts-title" }, words.get("contacts.title")), this.#lead, this.#told, this.#said, this.#begin);
    if (this.#form) this.root.append(this.#form.node);
    this.root.append(this.#list, this.#settings, this.#roster.node);
    if (!this.#form) this.root.append(make("p", { class: "hint" }, words.get("contacts.admins")));
  }

  enter() {
    void this.load();
  }


  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (this.shown && changes.some(({ change }) => change.startsWith("contact_point.") || change.startsWith("member."))) void this.load();
  }

  async load() {
    await this.#try(async () => {
      const [found, members] = await Promise.all([this.#api.ask("GET", "/api/contact-points"), this.#api.ask("GET", "/api/members")]);
      this.#points = found.items;
      this.#presets = found.presets;
      this.#days = found.stale_days;
      this.#members = members.items;
      this.#draw();
      await this.#roster.load(members.items);
    });
  }

  #draw() {
    const { words } = this.#tongue;
    const stale = this.#points.filter((one) => one.stale).length;
    this.#stale(stale);
    this.#lead.textContent = stale ? words.get("contacts.stale", { n: stale, days: this.#days }) : words.get(this.#points.length ? "contacts.fresh" : "contacts.none");
    this.#lead.classList.toggle("warns", stale > 0);
    const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.does : null;
    this.#list.replaceChildren(...this.#points.map((one) => this.#card(one)));
    if (this.#form) {
      this.#begin.replaceChildren(this.#button("contacts.add", "add", () => this.#form?.open(null, this.#members, this.#presets)));
      if (!this.#points.some(({ point }) => point.task === "ombudsman")) this.#begin.append(this.#button("contacts.add_ombudsman", "add-ombudsman", () => this.#form?.open(null, this.#members, this.#presets, OMBUDSMAN)));
      if (!this.#settings.firstChild) this.#settings.append(this.#aging());
    }
    if (held) /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-does="${held}"]`))?.focus();
  }

  /** @param {TeamPoint} one */
  #card(one) {
    const { words, when } = this.#tongue;
    const { point, owner, standing, stale } = one;
    const row = (/** @type {string} */ label, /** @type {(Node | string)[]} */ ...said) => make("div", {}, make("dt", {}, words.get(label)), make("dd", {}, ...said));
    const bdi = (/** @type {string} */ said) => make("bdi", {}, said);
    const checked = point.checked_on ? words.get("contacts.checked", { day: when.ofDay(point.checked_on) }) : words.get("contacts.never");
    const rows = WAYS.flatMap((way) => (point[way] ? [row(`contacts.way.${way}`, bdi(String(point[way])))] : []));
    if (point.timetable) rows.push(row("contacts.week", ...weekLines(point.timetable, words)));
    if (point.hours) rows.push(row("contacts.hours", bdi(point.hours)));
    rows.push(row("contacts.languages", point.languages.map((code) => LANGUAGE_NAMES[/** @type {"nl"} */ (code)]).join(", ")));
    if (point.subjects.length) rows.push(row("contacts.subjects", bdi(point.subjects.map((texts) => texts[words.language] ?? Object.values(texts)[0]).join(", "))));
    if (point.postcodes.length) rows.push(row("contacts.postcodes", point.postcodes.join(", ")));
    if (point.placements.length) rows.push(row("contacts.placements", bdi(point.placements.map((key) => this.#me.placements.find((placement) => placement.key === key)?.name ?? key).join(", "))));
    if (point.terms.confirms || point.terms.answers) rows.push(row("contacts.terms", [point.terms.confirms && words.get("contacts.term.confirms", { n: point.terms.confirms }), point.terms.answers && words.get("contacts.term.answers", { n: point.terms.answers })].filter(Boolean).join(" · ")));
    rows.push(row("contacts.owner", owner ? bdi(owner.name) : words.get("contacts.nobody")));
    const state = standing ? make("span", { class: standing.open ? "state open" : "state" }, words.get(standing.open ? "contacts.is_open" : "contacts.is_closed")) : null;
    return make(
      "article",
      { class: stale ? "point stale" : "point", "data-key": point.key, "aria-label": point.name },
      make("h3", {}, bdi(point.name), " ", make("span", { class: "soft" }, words.get(`contacts.task.${point.task}`)), state && " ", state),
      make("p", { class: "checked" }, stale ? make("strong", {}, words.get("contacts.look"), " ") : null, checked, point.calls_back ? ` · ${words.get("contacts.rings")}` : null),
      make("dl", {}, ...rows),
      make("p", { class: "doings" }, ...this.#doing(one)),
    );
  }

  /** @param {TeamPoint} one */
  #doing(one) {
    const { key, name } = one.point;
    if (this.#me.role === "viewer") return [];
    if (this.#asked === key) return [this.#button("contacts.sure", `sure-${key}`, () => void this.#withdraw(key), name, "grave"), this.#button("contacts.keep", `keep-${key}`, () => this.#ask(null, key), name)];
    const found = [this.#button("contacts.check", `check-${key}`, () => void this.#check(key, name), name)];
    if (this.#form) found.push(this.#button("contacts.change", `change-${key}`, () => this.#form?.open(one, this.#members, this.#presets), name), this.#button("contacts.withdraw", `ask-${key}`, () => this.#ask(key, key), name));
    return found;
  }

  /** @param {string} key @param {string} does @param {() => void} run @param {string} [name] @param {string} [kind] */
  #button(key, does, run, name, kind) {
    const said = this.#tongue.words.get(key);
    const node = make("button", { type: "button", "data-does": does, "aria-label": name ? `${said}: ${name}` : null, class: kind ?? null }, said);
    node.addEventListener("click", run);
    return node;
  }

  /** @param {string | null} asked @param {string} key */
  #ask(asked, key) {
    this.#asked = asked;
    this.#draw();
    /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-does="${asked ? `sure-${key}` : `ask-${key}`}"]`))?.focus();
  }

  /** @param {string} key @param {string} name */
  async #check(key, name) {
    await this.#try(async () => {
      await this.#api.ask("POST", `/api/contact-points/${key}/check`);
      this.#said.textContent = this.#tongue.words.get("contacts.is_checked", { name });
    });
    await this.load();
  }

  /** @param {string} key */
  async #withdraw(key) {
    this.#asked = null;
    if (await this.#try(() => this.#api.ask("DELETE", `/api/contact-points/${key}`))) await this.load();
    this.root.focus({ preventScroll: true });
  }

  /** @param {string | null} key */
  async #saved(key) {
    if (key) await this.load();
    const does = key ? `change-${key}` : "add";
    /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-does="${does}"]`))?.focus();
  }

  /** After how many days the team is asked to look again. */
  #aging() {
    const { words } = this.#tongue;
    const input = make("input", { type: "number", id: "stale-days", min: 1, max: 3650, value: this.#days, inputmode: "numeric" });
    const form = make("form", { class: "aging", novalidate: true }, make("p", { class: "field" }, make("label", { for: input.id }, words.get("contacts.aging")), input), make("button", { type: "submit" }, words.get("contacts.set")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#try(async () => {
        await this.#api.ask("PUT", "/api/contact-points/stale-days", { days: Number(input.value) });
        this.#said.textContent = words.get("contacts.is_set");
      }).then((well) => (well ? this.load() : undefined));
    });
    return form;
  }

  /** @param {() => Promise<unknown>} run @returns {Promise<boolean>} whether it went well */
  async #try(run) {
    try {
      await run();
      this.#told.hidden = true;
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { words } = this.#tongue;
      const reasons = Object.values(error.told.fields ?? {}).join(" ");
      this.#told.textContent = error.code === "wrong_state" ? words.get("contacts.last") : reasons || (error.title ? `${error.title}. ${error.detail}` : words.get("trouble.no_answer"));
      this.#told.hidden = false;
      this.#draw();
      return false;
    }
  }
}
