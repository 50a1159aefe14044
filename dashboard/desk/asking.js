/**
 * The field in which a question is asked. Before it is sent it says whom it may reach, and how many answers to expect, and on
 * what that rests.
 *
 * @import { Board } from "./board.js"
 * @import { Lines, Prospect, Work } from "./types.js"
 * @import { Said } from "./said.js"
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";
import { daysAfter } from "./days.js";
import { button, Fields } from "./fields.js";
import { refill } from "./refill.js";
import { tidyTexts } from "./texts.js";

const OFFERED_DAYS = /** @type {const} */ ([3, 7, 14, 28]);
const QUESTION = 300; // characters

export class AskForm {
  #board;
  #key;
  #said;
  #asked;
  #languages;
  #fields;
  #asking;
  #reach = make("div", { class: "reach-told", id: "ask-reach", "aria-busy": "true" });
  #told = make("p", { class: "refused", role: "alert", hidden: true });
  #send;
  /** @type {Map<number, Prospect>} */
  #prospects = new Map();
  #busy = false;

  /** @param {Board} board @param {Work} work @param {Lines} lines @param {Said} said @param {() => void} changed @param {() => void} asked it was sent */
  constructor(board, work, lines, said, changed, asked) {
    this.#board = board;
    this.#key = work.key;
    this.#said = said;
    this.#asked = asked;
    this.#languages = lines.required_languages;
    const asking = board.askings.get(work.key) ?? { text: {}, days: 7 };
    board.askings.set(work.key, asking);
    this.#asking = asking;
    this.#fields = new Fields(() => {
      this.#told.hidden = true;
      this.update();
      changed();
    });
    const { words } = said;
    this.#send = button("", () => void this.#ask(), { class: "first", id: "ask-send" });
    this.node = make("section", { class: "block ask-form", "aria-labelledby": "ask-title" },
      make("h3", { id: "ask-title" }, words.get("desk.ask.title")),
      make("p", { class: "hint" }, words.get("desk.ask.hint")),
      this.#fields.texts({ id: "f-ask", label: words.get("desk.ask.text"), hint: words.get("desk.ask.text_hint"), get: () => asking.text, languages: this.#languages, required: this.#languages, rows: 2, limit: QUESTION }),
      this.#fields.choice({ id: "f-days", label: words.get("desk.ask.days"), options: OFFERED_DAYS.map((n) => [String(n), words.get("desk.ask.for_days", { n, day: said.when.ofDay(daysAfter(said.today, n)) })]), get: () => String(asking.days), put: (value) => {
        asking.days = Number(value);
      } }),
      this.#reach, this.#told, this.#send);
  }

  update() {
    const { days } = this.#asking;
    this.#send.textContent = this.#said.words.get("desk.ask.send", { day: this.#said.when.ofDay(daysAfter(this.#said.today, days)) });
    this.#send.disabled = this.#busy;
    void this.#look(days);
  }

  /** @param {number} days */
  async #look(days) {
    const known = this.#prospects.get(days);
    if (known) return this.#tell(known, days);
    this.#reach.setAttribute("aria-busy", "true");
    const found = await this.#board.client.prospect(this.#key, days).catch(() => null);
    if (!found) return;
    this.#prospects.set(days, found);
    if (this.#asking.days === days) this.#tell(found, days);
  }

  /** @param {Prospect} found @param {number} days */
  #tell(found, days) {
    const { words } = this.#said;
    this.#reach.setAttribute("aria-busy", "false");
    const { receipts, bells, lately, speaking, basis, low, high, answered, reached } = found;
    refill(this.#reach, [found, days], () => [
      make("h4", {}, words.get("desk.ask.reach")),
      make("ul", {}, make("li", {}, words.get("desk.ask.receipts", { n: receipts })),
        bells ? make("li", {}, words.get("desk.ask.bells", { n: bells })) : null,
        receipts ? make("li", {}, words.get("desk.ask.lately", { n: lately })) : null,
        make("li", {}, words.get("desk.ask.speaking", { n: speaking, days }))),
      make("p", { class: "expect" }, make("strong", {}, high === 0 ? words.get("desk.ask.expect_none") : words.get("desk.ask.expect", { low, high }))),
      make("p", { class: "hint" }, words.get(`desk.ask.basis.${basis}`, { answered, reached })),
    ]);
  }

  async #ask() {
    const { words } = this.#said;
    const text = tidyTexts(this.#asking.text);
    const missing = this.#languages.find((code) => !text[code]);
    if (missing) {
      this.#told.hidden = false;
      this.#told.textContent = words.get("desk.ask.missing", { language: words.languageName(missing) });
      document.getElementById(`f-ask-${missing}`)?.focus();
      return;
    }
    this.#busy = true;
    this.update();
    try {
      await this.#board.linked(() => this.#board.client.ask(this.#key, text, this.#asking.days));
      this.#asking.text = {};
      this.#prospects.clear();
      this.#fields.sync();
      this.#asked();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#told.hidden = false;
      this.#told.textContent = error.title ? `${error.title}. ${error.detail}` : words.get("desk.no_answer");
    } finally {
      this.#busy = false;
      this.#send.disabled = false;
    }
  }
}
