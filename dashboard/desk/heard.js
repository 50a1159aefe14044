/**
 * What was heard to a question that is over, and what is done with it: folded until somebody writes it.
 *
 * @import { Board } from "./board.js"
 * @import { Asked, Lines } from "./types.js"
 * @import { Said } from "./said.js"
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";
import { button, Fields } from "./fields.js";
import { tidyTexts } from "./texts.js";

export class HeardForm {
  #board;
  #ask;
  #said;
  #languages;
  #fields;
  #telling;
  #told = make("p", { class: "refused", role: "alert", hidden: true });
  #summary = make("summary", {});
  #busy = false;

  /** @param {Board} board @param {string} key of the decision @param {Asked} ask @param {Lines} lines @param {Said} said @param {() => void} changed */
  constructor(board, key, ask, lines, said, changed) {
    this.#board = board;
    this.#ask = ask;
    this.#said = said;
    this.#languages = lines.required_languages;
    const telling = board.tellings.get(ask.id) ?? { key, text: {} };
    board.tellings.set(ask.id, telling);
    this.#telling = telling;
    this.#fields = new Fields(() => {
      this.#told.hidden = true;
      changed();
    });
    const { words } = said;
    const send = button(words.get("desk.ask.heard_do"), () => void this.#tell(), { class: "first", id: `heard-send-${ask.id}` });
    this.node = make("details", { class: "step", id: `heard-${ask.id}` }, this.#summary, make("div", { class: "folded" },
      this.#fields.texts({ id: `f-heard-${ask.id}`, label: words.get("desk.ask.heard"), hint: words.get("desk.ask.heard_hint"), get: () => telling.text, languages: this.#languages, required: this.#languages, rows: 4 }),
      this.#told, send));
    this.update(ask);
  }

  /** @param {Asked} ask */
  update(ask) {
    this.#ask = ask;
    this.#summary.textContent = this.#said.words.get(ask.heard_at === null ? "desk.ask.heard_say" : "desk.ask.heard_again");
  }

  async #tell() {
    const { words } = this.#said;
    const text = tidyTexts(this.#telling.text);
    const missing = this.#languages.find((code) => !text[code]);
    if (this.#busy) return;
    if (missing) {
      this.#told.hidden = false;
      this.#told.textContent = words.get("desk.ask.missing", { language: words.languageName(missing) });
      document.getElementById(`f-heard-${this.#ask.id}-${missing}`)?.focus();
      return;
    }
    this.#busy = true;
    try {
      await this.#board.linked(() => this.#board.client.heard(this.#ask.id, text, this.#ask.revision));
      this.#telling.text = {};
      this.#fields.sync();
      this.node.open = false;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#told.hidden = false;
      this.#told.textContent = error.title ? `${error.title}. ${error.detail}` : words.get("desk.no_answer");
    } finally {
      this.#busy = false;
    }
  }
}
