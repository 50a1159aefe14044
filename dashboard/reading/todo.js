/**
 * What to do next, a line each with its reason, above what nobody has read.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Todo } from "./types.js"
 */

import { glyph } from "../elements/glyph.js";
import { make } from "../elements/node.js";
import { excerpt } from "../excerpt.js";
import { linkTo } from "../filter.js";

const SHOWN = 6;
const WIDE = 110; // characters of a line

export class TodoList {
  #api;
  #tongue;
  #opens;
  #list = make("ol", { class: "todo" });
  #more = make("p", { class: "hint" });
  node;

  /**
   * @param {Api} api
   * @param {Tongue} tongue
   * @param {(id: number) => void} opens
   */
  constructor(api, tongue, opens) {
    this.#api = api;
    this.#tongue = tongue;
    this.#opens = opens;
    const { words } = tongue;
    this.node = make("section", { class: "doing-next", hidden: true }, make("h3", {}, words.get("todo.title"), " ", make("kbd", { "aria-hidden": "true" }, "n")), this.#list, this.#more);
  }

  async load() {
    /** @type {{items: Todo[]}} */
    const { items } = await this.#api.ask("GET", `/api/next?limit=${SHOWN + 1}`);
    const held = document.activeElement instanceof HTMLElement && this.#list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    this.node.hidden = items.length === 0;
    this.#list.replaceChildren(...items.slice(0, SHOWN).map((todo) => this.#item(todo)));
    this.#more.textContent = items.length > SHOWN ? this.#tongue.words.get("todo.more") : "";
    if (held) /** @type {HTMLElement | null} */ (this.#list.querySelector(`[data-id="${held}"]`))?.focus();
  }

  /** @param {Todo} todo */
  #item({ submission, why, since, due, late }) {
    const { words, when } = this.#tongue;
    const { id, text, language } = submission;
    const shown = excerpt(text ?? "", language, WIDE);
    const link = make("a", { href: linkTo({}, { open: id }), "data-id": id, dir: "auto", lang: language ?? "" }, shown.whole ? shown.text : `${shown.text} …`);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#opens(id);
    });
    const clock = due ? ` · ${words.get(late ? "todo.late" : "todo.due", { day: when.ofDay(due) })}` : "";
    return make("li", { class: why }, make("p", { class: "why" }, why === "grave" && glyph("grave"), make("strong", {}, words.get(why === "late" ? "todo.why_late" : `todo.${why}`)), ` · ${when.said(since)}`, late ? make("strong", {}, clock) : clock), link);
  }
}
