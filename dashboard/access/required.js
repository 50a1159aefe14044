/**
 * Whether the agency asks a second factor of everybody with a password. Those who manage say so.
 *
 * @import { Api } from "../api.js"
 * @import { Words } from "../words.js"
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";
import { Refused } from "../elements/refused.js";

export class Required {
  #api;
  #words;
  #refused;
  #box = make("input", { type: "checkbox", id: "factor-required", "aria-describedby": "factor-required-hint" });
  node;

  /** @param {Api} api @param {Words} words */
  constructor(api, words) {
    this.#api = api;
    this.#words = words;
    this.#refused = new Refused(words);
    this.#box.addEventListener("change", () => void this.#say());
    this.node = make(
      "section",
      { "aria-labelledby": "required-title" },
      make("h3", { id: "required-title" }, words.get("access.everybody")),
      this.#refused.node,
      make("p", {}, make("label", { class: "tick" }, this.#box, " ", words.get("access.require"))),
      make("p", { class: "hint", id: "factor-required-hint" }, words.get("access.require_hint")),
    );
  }

  async load() {
    await this.#refused.attempt(async () => {
      this.#box.checked = (await this.#api.ask("GET", "/api/second-factor")).required;
    });
  }

  async #say() {
    const required = this.#box.checked;
    await this.#refused.attempt(async () => {
      try {
        await this.#api.ask("PUT", "/api/second-factor", { required });
      } catch (error) {
        this.#box.checked = !required;
        if (!(error instanceof Problem) || error.code !== "wrong_state") throw error;
        throw new Problem(error.status, "", "", error.code, { fields: { required: this.#words.get("access.require_own") } });
      }
    });
  }
}
