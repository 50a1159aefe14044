/**
 * Beside the voice that is open: a theme that voices like it suggest, which one press accepts and nothing accepts by itself; and
 * the voices that are most like it, each with the words that both share.
 *
 * @import { Similarity, One } from "../types.js"
 * @import { Tongue } from "../elements/article.js"
 *
 * @typedef {object} Leading
 * @property {(id: number) => Promise<Similarity | null>} load null when it cannot be had
 * @property {(id: number) => string} address where another is read
 * @property {(theme: number) => void} accept sorts it into the theme that is suggested
 */

import { make, set } from "../elements/node.js";
import { excerpt } from "../excerpt.js";
import { linkTo } from "../filter.js";

const SHOWN = 160; // characters of each

export class Beside {
  #tongue;
  #doing;
  #one;
  /** @type {Similarity | null} */
  #found = null;
  suggestion = make("div", { class: "suggestion noprint" });
  node = make("section", { class: "beside noprint", "aria-busy": "true" });
  /** Whether its reader may sort it. */
  #may = false;

  /**
   * @param {One} one
   * @param {Tongue} tongue
   * @param {Leading} doing
   */
  constructor(one, tongue, doing) {
    this.#tongue = tongue;
    this.#doing = doing;
    this.#one = one;
    void this.#load();
  }

  /**
   * How it stands now: what it is sorted into is no longer suggested.
   * @param {One} one
   * @param {boolean} may
   */
  see(one, may) {
    this.#one = one;
    this.#may = may;
    this.#suggest();
  }

  /** @returns {number | null} the theme that is suggested now */
  get suggested() {
    const theme = this.#found?.suggestion?.theme ?? null;
    return this.#may && theme !== null && !this.#one.themes.includes(theme) ? theme : null;
  }

  /** Takes the suggestion, when there is one. */
  accept() {
    if (this.suggested !== null) this.#doing.accept(this.suggested);
  }

  async #load() {
    this.#found = await this.#doing.load(this.#one.id);
    set(this.node, { "aria-busy": null });
    this.#suggest();
    this.#list();
  }

  #suggest() {
    const { words, says } = this.#tongue;
    const suggestion = this.#found?.suggestion;
    const theme = this.suggested;
    this.suggestion.hidden = theme === null;
    if (!suggestion || theme === null) return this.suggestion.replaceChildren();
    const { nearly_same: same, voices, of, shared } = suggestion;
    const reason = same ? words.get("suggestion.same", { n: same }) : words.get("suggestion.voices", { n: voices, of });
    const why = make("span", {}, reason);
    if (shared.length) why.append(" ", this.#both(shared));
    const button = make("button", { type: "button", "data-does": "suggested", "aria-keyshortcuts": "y" }, words.get("suggestion.accept"), make("kbd", { "aria-hidden": "true" }, "y"));
    button.addEventListener("click", () => this.accept());
    this.suggestion.replaceChildren(
      make("p", {}, words.get("suggestion.title"), " ", make("a", { href: linkTo({ theme: String(theme) }) }, make("bdi", {}, says.theme(theme)))),
      make("p", { class: "hint" }, why),
      make("p", { class: "doings" }, button),
    );
  }

  #list() {
    const { words, when, says } = this.#tongue;
    if (!this.#found?.items.length) return this.node.replaceChildren();
    const items = this.#found.items.map(({ submission, shared }) => {
      const { text, whole } = excerpt(submission.text ?? "", submission.language, SHOWN);
      const link = make("a", { href: this.#doing.address(submission.id), dir: "auto", lang: submission.language ?? "" }, whole ? text : `${text} …`);
      const why = make("p", { class: "hint" }, this.#both(shared), " · ", make("time", { datetime: when.machine(submission.received_at) }, when.said(submission.received_at)));
      for (const theme of submission.themes) why.append(" · ", make("bdi", {}, says.theme(theme)));
      return make("li", {}, link, why);
    });
    this.node.replaceChildren(make("h3", {}, words.get("similar.title")), make("ul", { class: "others" }, ...items));
  }

  /** @param {readonly string[]} shared */
  #both(shared) {
    const node = make("span", { class: "both" }, this.#tongue.words.get("similar.both"), " ");
    shared.forEach((word, place) => node.append(place ? ", " : "", make("bdi", {}, word)));
    return node;
  }
}
