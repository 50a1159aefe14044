/**
 * The pages about who is heard: the radar, rules that do not fit, who is missing. They show what stands now, and are asked again when it was quiet for a
 * moment after a change, never under somebody's hand.
 *
 * @import { Api } from "../api.js"
 * @import { Change } from "../types.js"
 * @import { Themes } from "../themes/themes.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { HearingAddress, HearingPart } from "./address.js"
 */

import { Problem } from "../api.js";
import { make, part, set } from "../elements/node.js";
import { hearingLink, PARTS } from "./address.js";
import { RulesView } from "./rules.js";
import { SilenceView } from "./silence.js";
import { RadarView } from "./view.js";

/**
 * @typedef {object} HearingView  One of the pages.
 * @property {(address: HearingAddress) => string} path what it asks the collector
 * @property {HTMLElement} node
 * @property {(data: any, address: HearingAddress) => void} draw
 */

const QUIET_MS = 1_500;
const BUSY_MS = 15_000; // when it never gets quiet
const MOVING = /^(submission|theme|response|decision)\./;

export class Hearing {
  #root;
  #api;
  #tongue;
  #signIn;
  /** @type {Record<HearingPart, HearingView>} */
  #views;
  /** @type {HearingAddress | null} */
  #address = null;
  /** @type {unknown} what was answered for it */
  #data = null;
  #title = make("h2", { id: "hearing-title" });
  #tabs = make("nav", { class: "parts" });
  #trouble = make("p", { class: "refused", role: "alert", hidden: true });
  #body = make("div", { class: "hearing-body" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #staleSince = 0;
  #asked = 0;

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Tongue} tongue
   * @param {Themes} themes
   * @param {() => void} signIn
   */
  constructor(root, api, tongue, themes, signIn) {
    this.#root = root;
    this.#api = api;
    this.#tongue = tongue;
    this.#signIn = signIn;
    const radar = new RadarView(tongue, themes);
    this.#views = { radar, rules: new RulesView(tongue, themes), silence: new SilenceView(api, tongue) };
    root.append(make("header", { class: "hearing-head" }, this.#title, this.#tabs), this.#trouble, this.#body);
    set(this.#tabs, { "aria-label": tongue.words.get("hearing.parts") });
  }

  get shown() {
    return this.#address !== null;
  }

  /** @param {HearingAddress | null} address null: somewhere else */
  show(address) {
    const before = this.#address;
    this.#address = address;
    this.#data = null;
    this.#root.hidden = !address;
    if (!address) return clearTimeout(this.#timer);
    const { words } = this.#tongue;
    part("unfold", HTMLElement).textContent = words.get("place.unfold");
    this.#title.textContent = words.get(`hearing.${address.part}`);
    this.#tabs.replaceChildren(
      ...PARTS.map((name) => make("a", { href: hearingLink(name, address.decision), "aria-current": name === address.part ? "page" : null }, words.get(`hearing.${name}`))),
    );
    if (before?.part !== address.part) {
      this.#body.replaceChildren(this.#views[address.part].node);
      this.#root.scrollTop = 0;
      // whoever pressed a link is led here; a page that has just loaded says its own name
      if (document.activeElement !== document.body) this.#root.focus({ preventScroll: true });
    }
    void this.load();
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (this.shown && changes.some(({ change }) => MOVING.test(change))) this.refresh();
  }

  /** Asks again once it is quiet. */
  refresh() {
    if (!this.shown) return;
    this.#staleSince ||= Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), Math.max(0, Math.min(QUIET_MS, this.#staleSince + BUSY_MS - Date.now())));
  }

  /** Names of themes and decisions are there, or others. */
  themed() {
    if (this.#address && this.#data) this.#views[this.#address.part].draw(this.#data, this.#address);
  }

  async load() {
    clearTimeout(this.#timer);
    this.#staleSince = 0;
    const address = this.#address;
    if (!address) return;
    const asked = (this.#asked += 1);
    const view = this.#views[address.part];
    try {
      const data = await this.#api.ask("GET", view.path(address));
      if (asked !== this.#asked) return;
      this.#trouble.hidden = true;
      this.#data = data;
      view.draw(data, address);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status === 401) return this.#signIn();
      if (asked !== this.#asked) return;
      this.#trouble.textContent = error.title ? `${error.title}. ${error.detail}` : this.#tongue.words.get("trouble.no_answer");
      this.#trouble.hidden = false;
    }
  }
}
