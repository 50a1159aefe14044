/**
 * The set-up, for those who manage: every setting there is, what it does, and where it is.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Change } from "../types.js"
 * @import { Placed, Settings, State } from "./types.js"
 */

import { make, part, set } from "../elements/node.js";
import { Refused } from "../elements/refused.js";
import { NEW, SETUP, setupLink } from "./address.js";
import { AgencyForm } from "./agency.js";
import { clocks, elsewhere } from "./elsewhere.js";
import { PlacementPage } from "./placement.js";

const STATES = /** @type {const} */ (["blocked", "refused", "closed", "unlisted", "silent", "works"]); // what needs somebody first

export class Setup {
  #root;
  #api;
  #tongue;
  #refused;
  #agency;
  #page;
  #list = make("div", { class: "list", "aria-busy": "true" });
  #rest = make("div");
  #whole = make("div", { class: "whole" });
  /** @type {{key: string | null} | null} the placement that is looked at, or all; null: somewhere else */
  #address = null;
  #asked = 0;

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Tongue} tongue
   * @param {(key: string) => void} notice opens where the sentence above the question of a placement is set
   */
  constructor(root, api, tongue, notice) {
    const { words } = tongue;
    this.#root = root;
    this.#api = api;
    this.#tongue = tongue;
    this.#refused = new Refused(words);
    this.#agency = new AgencyForm(api, words, (settings) => this.#around(settings));
    this.#page = new PlacementPage(api, tongue, notice);
    this.#whole.append(
      make("h2", { id: "setup-title" }, words.get("setup.title")),
      make("p", { class: "hint" }, words.get("setup.hint")),
      make(
        "section",
        { "aria-labelledby": "setup-placements" },
        make("h3", { id: "setup-placements" }, words.get("setup.placements")),
        make("p", { class: "hint" }, words.get("setup.placements_does")),
        this.#list,
        make("p", { class: "doings" }, make("a", { href: setupLink(NEW) }, words.get("setup.new"))),
      ),
      this.#agency.node,
      this.#rest,
    );
    root.append(this.#refused.node, this.#whole, this.#page.node);
  }

  /** @param {{key: string | null} | null} address null: somewhere else */
  show(address) {
    const moved = JSON.stringify(address) !== JSON.stringify(this.#address);
    this.#root.hidden = !address;
    this.#address = address;
    if (!address || !moved) return;
    part("unfold", HTMLElement).textContent = this.#tongue.words.get("place.unfold");
    const all = address.key === null;
    this.#whole.hidden = !all;
    this.#page.node.hidden = all;
    set(this.#root, { "aria-labelledby": all ? "setup-title" : "placement-title" });
    if (!all) this.#page.begin(address.key === NEW);
    // whoever pressed a link is led here; a page that has just loaded says its own name
    if (document.activeElement !== document.body) this.#root.focus({ preventScroll: true });
    this.#root.scrollTop = 0;
    void this.load();
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (this.#address && changes.some(({ change }) => change === "placement.changed" || change === "agency.changed" || change === "contact_point.changed")) void this.load();
  }

  async load() {
    const asked = ++this.#asked;
    const key = this.#address?.key ?? null;
    if (key === NEW) return;
    await this.#refused.attempt(async () => {
      const [placements, settings] = await Promise.all([this.#api.ask("GET", "/api/placements"), key === null ? this.#api.ask("GET", "/api/agency") : null]);
      if (asked !== this.#asked) return;
      /** @type {Placed[]} */
      const items = placements.items;
      if (key === null) {
        this.#draw(items);
        this.#agency.show(settings);
        this.#around(settings);
      } else {
        const placed = items.find((one) => one.key === key);
        if (placed) this.#page.show(placed);
        else location.hash = SETUP; // an address of none of ours
      }
    });
  }

  /** @param {Settings} settings */
  #around(settings) {
    this.#rest.replaceChildren(clocks(settings, this.#tongue.words), elsewhere(settings, this.#tongue.words));
  }

  /** @param {Placed[]} items */
  #draw(items) {
    const { words } = this.#tongue;
    set(this.#list, { "aria-busy": "false" });
    if (!items.length) return this.#list.replaceChildren(make("p", { class: "lead" }, words.get("setup.none")));
    const heads = ["name", "question", "languages", "met"].map((name) => make("th", { scope: "col" }, words.get(`setup.${name}`)));
    this.#list.replaceChildren(
      make("table", { class: "members", "aria-labelledby": "setup-placements" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...items.map((one) => this.#row(one)))),
    );
  }

  /** @param {Placed} placed */
  #row({ key, name, question, languages, live, states }) {
    const { words } = this.#tongue;
    const found = STATES.filter((state) => states[state]).map((state) => make("span", { class: `state ${state}` }, words.get(`setup.on.${state}`, { n: states[/** @type {State} */ (state)] ?? 0 })));
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, make("a", { href: setupLink(key) }, make("bdi", {}, name)), name === key ? null : make("code", { class: "by" }, key)),
      make("td", {}, words.get(`setup.question.${question}`)),
      make("td", {}, words.list(languages.map((code) => words.languageName(code)))),
      make("td", { class: "states" }, ...(live ? (found.length ? found : [words.get("setup.on.nowhere")]) : [words.get("setup.on.not_live")])),
    );
  }
}
