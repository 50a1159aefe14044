/**
 * Accessibility: what people reported or asked for in another form, with the day by which it is owed an answer; and our
 * statement, which everybody reads.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Change, Me, Submission } from "../types.js"
 *
 * @typedef {{submission: Submission, due: string, late: boolean}} Waiting
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";
import { Place } from "../elements/place.js";
import { linkTo } from "../filter.js";
import { Statement } from "./statement.js";

export class Barriers extends Place {
  #api;
  #tongue;
  #list = make("div");
  #told = make("p", { role: "alert", class: "refused", hidden: true });
  #statement;

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   */
  constructor(root, api, me, tongue) {
    super(root, tongue.words);
    this.#api = api;
    this.#tongue = tongue;
    this.#statement = new Statement(api, me, tongue);
  }

  build() {
    this.root.append(this.#told, this.#list, this.#statement.node);
  }

  enter() {
    void this.load();
    void this.#statement.load();
  }


  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (!this.shown) return;
    if (changes.some(({ change, submission }) => submission?.barrier || change === "submission.erased")) void this.load();
    if (changes.some(({ change }) => change === "statement.changed")) void this.#statement.load();
  }

  async load() {
    const { words } = this.#tongue;
    try {
      this.#draw(await this.#api.ask("GET", "/api/barriers"));
      this.#told.hidden = true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#told.textContent = error.title ? `${error.title}. ${error.detail}` : words.get("trouble.no_answer");
      this.#told.hidden = false;
    }
  }

  /** @param {{items: Waiting[], late: number, url: string}} found */
  #draw({ items, late, url }) {
    const { words } = this.#tongue;
    const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.does : null;
    const said = items.length ? words.get("barriers.waiting", { n: items.length }) : words.get("barriers.nothing");
    this.#list.replaceChildren(
      make("h2", { id: "barriers-title" }, words.get("barriers.title")),
      make("p", { class: "lead" }, said, late ? make("strong", {}, ` ${words.get("barriers.late", { n: late })}`) : null),
      make("p", {}, make("a", { href: url }, words.get("barriers.public"))),
      items.length ? "" : make("p", { class: "hint" }, words.get("barriers.link")),
      ...items.map((item) => this.#item(item)),
    );
    if (held) /** @type {HTMLElement | null} */ (this.#list.querySelector(`[data-does="${held}"]`))?.focus();
  }

  /** @param {Waiting} item */
  #item({ submission, due, late }) {
    const { words, when, says } = this.#tongue;
    const { id, text, page, language, barrier, placement } = submission;
    const by = words.get(late ? "barriers.was_due" : "barriers.due", { day: when.day(Date.parse(`${due}T12:00:00`)) });
    return make(
      "article",
      { class: late ? "barrier late" : "barrier", "aria-labelledby": `barrier-${id}` },
      make("h3", { id: `barrier-${id}` }, words.get(`barriers.${barrier}`)),
      make("p", { class: "facts" }, make("strong", {}, by), ` · ${says.placement(placement)}`, page ? make("bdi", {}, ` · ${page}`) : null),
      make("blockquote", { dir: "auto", lang: language }, text ?? ""),
      make("p", {}, make("a", { class: "button", href: linkTo({}, { open: id }), "data-does": `open-${id}` }, words.get("barriers.open"))),
    );
  }
}
