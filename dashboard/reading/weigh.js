/**
 * After reading: how grave it is, and why. What is half written stays while the page around it changes, and as long as
 * its voice is open.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { One } from "../types.js"
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";

/** What it may weigh, by the number that the collector gives it; who has read it never says "not said". */
const WEIGHTS = /** @type {readonly [string, number][]} */ ([["health", 0], ["right", 1], ["no_other_way", 2], ["money", 3], ["time", 5], ["nothing", 6]]);
const TEXT = 5_000;

export class Weigh {
  #tongue;
  #send;
  /** @type {One | null} */
  #one = null;
  #door;
  #choices;
  #text = make("textarea", { id: "weigh-text", rows: 3, maxlength: TEXT, dir: "auto", required: true });
  #told = make("p", { class: "told", role: "alert" });
  #form;
  #busy = false;
  node;

  /**
   * @param {Tongue} tongue
   * @param {(one: One, weight: string, text: string) => Promise<void>} send Problem when refused
   */
  constructor(tongue, send) {
    this.#tongue = tongue;
    this.#send = send;
    const { words } = tongue;
    this.#door = make("button", { type: "button", "data-does": "weigh", "aria-keyshortcuts": "w" }, words.get("weigh.open"));
    this.#door.addEventListener("click", () => this.open());
    this.#choices = WEIGHTS.map(([name]) => make("input", { type: "radio", name: "weight", value: name, id: `weigh-${name}` }));
    const leave = make("button", { type: "button" }, words.get("weigh.leave"));
    leave.addEventListener("click", () => this.#close());
    this.#form = make(
      "form",
      { class: "compose weigh", hidden: true },
      make("fieldset", {}, make("legend", {}, words.get("weigh.title")), ...this.#choices.map((input) => make("label", { for: input.id }, input, words.get(`weigh.${input.value}`)))),
      make("p", { class: "field" }, make("label", { for: "weigh-text" }, words.get("weigh.why")), this.#text),
      make("p", { class: "hint" }, words.get("weigh.hint")),
      this.#told,
      make("p", { class: "doings" }, make("button", { type: "submit", class: "main" }, words.get("weigh.send")), leave),
    );
    this.#form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation(); // leaves the question, not the voice
      this.#close();
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#go();
    });
    this.node = make("section", { class: "weighing noprint" }, make("p", { class: "doings" }, this.#door), this.#form);
  }

  /** @param {One} one as it stands now */
  see(one) {
    this.#one = one;
  }

  open() {
    if (this.#form.hidden) for (const [place, [, weight]] of WEIGHTS.entries()) this.#choice(place).checked = weight === this.#one?.weight;
    this.#form.hidden = false;
    this.#door.hidden = true;
    this.#told.textContent = "";
    (this.#choices.find((input) => input.checked) ?? this.#choice(0)).focus();
  }

  /** @param {number} place */
  #choice(place) {
    return /** @type {HTMLInputElement} */ (this.#choices[place]);
  }

  #close() {
    this.#form.hidden = true;
    this.#door.hidden = false;
    this.#door.focus();
  }

  async #go() {
    const { words } = this.#tongue;
    const chosen = this.#choices.find((input) => input.checked);
    if (!chosen) {
      this.#told.textContent = words.get("weigh.needs");
      return this.#choice(0).focus();
    }
    if (this.#busy || !this.#one) return;
    this.#busy = true;
    try {
      await this.#send(this.#one, chosen.value, this.#text.value.trim());
      this.#text.value = "";
      this.#close();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#told.textContent = error.status === 412 ? words.get("weigh.stale") : error.title ? `${error.title}. ${error.detail}` : words.get("trouble.no_answer");
    } finally {
      this.#busy = false;
    }
  }
}
