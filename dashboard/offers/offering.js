/**
 * One voice and other agencies: where it came from, whom we asked to take it on, and asking. What is half written stays
 * while the page around it changes.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { One } from "../types.js"
 * @import { AgencyName, Offer } from "./types.js"
 *
 * @typedef {object} Asking
 * @property {() => readonly AgencyName[]} agencies whom one can ask
 * @property {(id: number, agency: string, note: string) => Promise<void>} ask Problem when it is refused
 * @property {(id: number) => Promise<void>} withdraw the same
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";

const TEXT = 1_000;

export class Offering {
  #tongue;
  #asking;
  #may;
  /** @type {One | null} */
  #one = null;
  #state = make("div");
  #door;
  #select = make("select", { id: "offering-agency" });
  #note = make("textarea", { id: "offering-note", rows: 3, maxlength: TEXT, dir: "auto", required: true });
  #told = make("p", { class: "told", role: "alert" });
  #form;
  node;

  /** @param {Tongue} tongue @param {Asking} asking @param {boolean} may */
  constructor(tongue, asking, may) {
    this.#tongue = tongue;
    this.#asking = asking;
    this.#may = may;
    const { words } = tongue;
    this.#door = make("button", { type: "button", "data-does": "offer" }, words.get("offers.open"));
    this.#door.addEventListener("click", () => this.#open());
    const leave = make("button", { type: "button" }, words.get("offers.leave"));
    leave.addEventListener("click", () => this.#close());
    this.#form = make(
      "form",
      { class: "compose", hidden: true },
      make("p", { class: "field" }, make("label", { for: this.#select.id }, words.get("offers.whom")), this.#select),
      make("p", { class: "field" }, make("label", { for: this.#note.id }, words.get("offers.why")), this.#note),
      make("p", { class: "hint" }, words.get("offers.hint")),
      make("p", { class: "doings" }, make("button", { type: "submit", class: "main" }, words.get("offers.ask")), leave),
    );
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const one = this.#one;
      if (one) void this.#try(() => this.#asking.ask(one.id, this.#select.value, this.#note.value.trim())).then((well) => well && this.#close());
    });
    const doing = may ? [make("p", { class: "doings" }, this.#door), this.#form, this.#told] : [];
    this.node = make("section", { class: "offering noprint" }, this.#state, ...doing);
  }

  /** @param {One} one as it stands now */
  see(one) {
    this.#one = one;
    const { words, when } = this.#tongue;
    const from = one.came_from;
    const nodes = from ? [make("p", {}, words.get("offers.from", { agency: this.#name(from.agency), when: when.said(from.said_at) })), from.note && make("p", { class: "note", dir: "auto" }, from.note)] : [];
    this.#state.replaceChildren(...nodes.filter((node) => node instanceof Node), ...(one.offers ?? []).map((offer) => this.#offer(offer)));
    const open = (one.offers ?? []).some(({ status }) => status === "open");
    const can = this.#may && !open && !!one.text && this.#others.length > 0;
    this.#door.hidden = !can || !this.#form.hidden;
    if (!can) this.#form.hidden = true;
    this.node.hidden = !can && !this.#state.firstChild;
  }

  /** Those where it is not already. */
  get #others() {
    const there = new Set([this.#one?.came_from?.agency.key, ...(this.#one?.offers ?? []).filter(({ status }) => status === "taken").map(({ agency }) => agency.key)]);
    return this.#asking.agencies().filter(({ key }) => !there.has(key));
  }

  /** @param {Offer} offer */
  #offer({ agency, status, at, decided_at, reason }) {
    const { words, when } = this.#tongue;
    const said = make("p", {}, words.get(`offers.is.${status}`, { agency: this.#name(agency) }), " ", make("time", { class: "hint", datetime: when.machine(decided_at ?? at) }, when.said(decided_at ?? at)));
    if (reason) said.append(make("span", { class: "note", dir: "auto" }, reason));
    if (status !== "open" || !this.#may) return said;
    const button = make("button", { type: "button", "data-does": "unoffer" }, words.get("offers.withdraw"));
    button.addEventListener("click", () => this.#one && void this.#try(() => this.#asking.withdraw(/** @type {One} */ (this.#one).id)));
    said.append(" ", button);
    return said;
  }

  #open() {
    this.#select.replaceChildren(...this.#others.map((agency) => make("option", { value: agency.key }, this.#name(agency))));
    this.#form.hidden = false;
    this.#door.hidden = true;
    this.#select.focus();
  }

  #close() {
    this.#form.hidden = true;
    this.#note.value = "";
    if (this.#one) this.see(this.#one);
    if (!this.#door.hidden) this.#door.focus();
  }

  /** @param {() => Promise<void>} run @returns {Promise<boolean>} whether it went well */
  async #try(run) {
    try {
      await run();
      this.#told.textContent = "";
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const reasons = Object.values(error.told.fields ?? {}).join(" ");
      this.#told.textContent = reasons || (error.title ? `${error.title}. ${error.detail}` : this.#tongue.words.get("trouble.no_answer"));
      return false;
    }
  }

  /** @param {AgencyName} agency */
  #name({ name, names }) {
    return names?.[this.#tongue.words.language] ?? name;
  }
}
