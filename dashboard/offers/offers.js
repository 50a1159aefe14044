/**
 * What other agencies of the installation ask us to take on, above the stream and above what is read first. No words of a
 * citizen are here: they come with our yes. And whom we can ask ourselves.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Change, Me } from "../types.js"
 * @import { AgencyName, Incoming } from "./types.js"
 */

import { Problem } from "../api.js";
import { glyph } from "../elements/glyph.js";
import { make } from "../elements/node.js";
import { linkTo } from "../filter.js";

const TEXT = 1_000;

export class Offers {
  #api;
  #me;
  #tongue;
  #known;
  #failed;
  #list = make("ul");
  #told = make("p", { class: "told", role: "alert" });
  node = make("section", { id: "offers", hidden: true }, this.#list, this.#told);
  /** @type {AgencyName[]} whom we can ask */
  agencies = [];

  /**
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {() => void} known whom we can ask is known now
   * @param {(error: unknown) => void} failed
   */
  constructor(api, me, tongue, known, failed) {
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#known = known;
    this.#failed = failed;
    this.node.setAttribute("aria-label", tongue.words.get("offers.title"));
  }

  async load() {
    try {
      const { items, agencies } = await this.#api.ask("GET", "/api/offers");
      const first = !this.agencies.length && agencies.length > 0;
      this.agencies = agencies;
      if (first) this.#known();
      this.#draw(items);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (changes.some(({ change }) => change === "offer.changed")) void this.load();
  }

  /** What is being written stays while others come and go. @param {Incoming[]} items */
  #draw(items) {
    const held = this.#list.contains(document.activeElement);
    const kept = new Map([...this.#list.children].map((item) => [item instanceof HTMLElement ? item.dataset.id : "", item]));
    this.#list.replaceChildren(...items.map((offer) => kept.get(String(offer.id)) ?? this.#item(offer)));
    this.node.hidden = items.length === 0;
    if (held && !this.#list.contains(document.activeElement)) (this.#list.querySelector("button") ?? /** @type {HTMLElement | null} */ (document.querySelector("main section:not([hidden])")))?.focus();
  }

  /** @param {Incoming} offer */
  #item(offer) {
    const { words, when } = this.#tongue;
    const { id, agency, note, language, grave, at, received_at: received } = offer;
    const name = this.#name(agency);
    const facts = [language ? words.languageName(language) : "", words.get("offers.came", { when: when.said(received) }), words.get("offers.asked", { when: when.said(at) })].filter(Boolean).join(" · ");
    const item = make("li", { "data-id": id }, make("p", {}, grave && glyph("grave"), make("strong", {}, words.get(grave ? "offers.grave" : "offers.asks", { agency: name }))));
    if (note) item.append(make("p", { class: "note", dir: "auto" }, note));
    item.append(make("p", { class: "hint" }, facts));
    if (this.#me.role === "viewer") return item;
    const doings = make("p", { class: "doings" });
    const button = (/** @type {string} */ key, /** @type {string} */ does, /** @type {() => void} */ run) => {
      const node = make("button", { type: "button", "data-does": `${does}-${id}`, "aria-label": `${words.get(key)}: ${name}` }, words.get(key));
      node.addEventListener("click", run);
      return node;
    };
    doings.append(button("offers.take", "take", () => this.#answer(offer, item, doings, true)), " ", button("offers.decline", "decline", () => this.#answer(offer, item, doings, false)));
    item.append(doings);
    return item;
  }

  /** @param {Incoming} offer @param {HTMLElement} item @param {HTMLElement} doings @param {boolean} take */
  #answer({ id }, item, doings, take) {
    const { words } = this.#tongue;
    const reason = make("textarea", { id: `offer-${id}`, rows: 2, maxlength: TEXT, required: true, dir: "auto" });
    const placement = make("select", { id: `offer-${id}` }, ...this.#me.placements.map(({ key, name }) => make("option", { value: key }, name)));
    const field = take ? placement : reason;
    const leave = make("button", { type: "button" }, words.get("offers.leave"));
    const form = make(
      "form",
      { class: "compose" },
      make("p", { class: "field" }, make("label", { for: field.id }, words.get(take ? "offers.where" : "offers.why_not")), field),
      make("p", { class: "hint" }, words.get(take ? "offers.take_hint" : "offers.decline_hint")),
      make("p", { class: "doings" }, make("button", { type: "submit", class: "main" }, words.get(take ? "offers.take" : "offers.send")), leave),
    );
    leave.addEventListener("click", () => {
      form.replaceWith(doings);
      doings.querySelector("button")?.focus();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#send(id, take ? { take, placement: placement.value } : { take, reason: reason.value.trim() }, item);
    });
    doings.replaceWith(form);
    field.focus();
  }

  /** @param {number} id @param {object} body @param {HTMLElement} item */
  async #send(id, body, item) {
    try {
      const { submission } = await this.#api.ask("POST", `/api/offers/${id}`, body);
      this.#told.textContent = "";
      item.remove();
      await this.load();
      if (submission !== null) location.hash = linkTo({}, { open: submission });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const reasons = Object.values(error.told.fields ?? {}).join(" ");
      this.#told.textContent = reasons || (error.title ? `${error.title}. ${error.detail}` : this.#tongue.words.get("trouble.no_answer"));
      if (error.status === 404) await this.load(); // withdrawn, or decided by a colleague
    }
  }

  /** @param {AgencyName} agency */
  #name({ name, names }) {
    return names?.[this.#tongue.words.language] ?? name;
  }
}
