/**
 * What is said again and again in a view: mined when somebody asks for it, since nobody needs it at each press. Each phrase is a
 * link to the words behind it.
 *
 * @import { Api } from "../api.js"
 * @import { Filter } from "../filter.js"
 * @import { Tongue } from "./article.js"
 *
 * @typedef {{text: string, voices: number, others: number, more: number | null}} Phrase
 * @typedef {{language: string, voices: number, others: number, phrases: Phrase[]}} Spoken
 */

import { linkTo, question, scopeOf } from "../filter.js";
import { heard, make, set } from "./node.js";

export class Phrases {
  #root;
  #api;
  #tongue;
  #failed;
  /** @type {Filter} */
  #filter = {};
  #details;
  #list = make("div");
  /** Which view is mined, or being mined. */
  #mined = "";

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Tongue} tongue
   * @param {(error: unknown) => void} failed
   */
  constructor(root, api, tongue, failed) {
    this.#root = root;
    this.#api = api;
    this.#tongue = tongue;
    this.#failed = failed;
    this.#details = make("details", {}, make("summary", {}, tongue.words.get("phrases.title")), this.#list);
    this.#details.addEventListener("toggle", () => void this.#mine());
    root.replaceChildren(this.#details);
  }

  /** @param {Filter} filter */
  show(filter) {
    this.#filter = filter;
    void this.#mine();
  }

  async #mine() {
    const view = linkTo(this.#filter);
    if (!this.#details.open || this.#mined === view) return;
    this.#mined = view;
    set(this.#root, { "aria-busy": "true" });
    try {
      const { items, looked_at: looked } = await this.#api.ask("GET", `/api/phrases?${new URLSearchParams(question(this.#filter))}`);
      if (this.#mined === view) this.#draw(items, looked);
    } catch (error) {
      if (this.#mined !== view) return;
      this.#mined = "";
      this.#failed(error);
    } finally {
      if (this.#mined === view || !this.#mined) set(this.#root, { "aria-busy": null });
    }
  }

  /**
   * @param {Spoken[]} items
   * @param {number} looked
   */
  #draw(items, looked) {
    const { words } = this.#tongue;
    if (!items.length) return this.#list.replaceChildren(make("p", { class: "hint" }, words.get("phrases.none")));
    this.#list.replaceChildren(make("p", { class: "hint" }, words.get("phrases.what", { n: looked })), ...items.flatMap((spoken) => this.#spoken(spoken)));
  }

  /** @param {Spoken} spoken */
  #spoken({ language, voices, phrases }) {
    const { words } = this.#tongue;
    const name = language ? words.languageName(language) : words.get("phrases.no_language");
    const rows = phrases.map(({ text, voices: n, more }) => make(
      "li",
      {},
      make("a", { href: linkTo({ ...scopeOf(this.#filter), q: `"${text}"` }), lang: language, dir: "auto" }, text),
      make("span", { class: "context" }, words.get("phrases.voices", { n }), more === null ? null : ` · ${words.get("phrases.more", { times: words.number(more) })}`),
    ));
    const id = `phrases-${language || "none"}`;
    return [make("h3", { id }, name, " ", make("span", { class: "context" }, heard(", "), words.get("phrases.voices", { n: voices }))), make("ol", { class: "phrases", "aria-labelledby": id }, ...rows)];
  }
}
