/**
 * How everybody comes in: by which providers, and whether the agency asks a second factor of everybody with a password. Those who manage say so.
 *
 * @import { Api } from "../api.js"
 * @import { Words } from "../words.js"
 *
 * @typedef {{name: string, issuer: string, domains: string[], role: string | null, office: string}} WayIn
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";
import { Refused } from "../elements/refused.js";

export class Required {
  #api;
  #words;
  #refused;
  #box = make("input", { type: "checkbox", id: "factor-required", "aria-describedby": "factor-required-hint" });
  #ways = make("ul", { class: "ways-in" });
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
      this.#ways,
      make("p", {}, make("label", { class: "tick" }, this.#box, " ", words.get("access.require"))),
      make("p", { class: "hint", id: "factor-required-hint" }, words.get("access.require_hint")),
    );
  }

  async load() {
    await this.#refused.attempt(async () => {
      const [factor, ways] = await Promise.all([this.#api.ask("GET", "/api/second-factor"), this.#api.ask("GET", "/api/providers")]);
      this.#box.checked = factor.required;
      this.#ways.replaceChildren(...(ways.items.length ? ways.items.map((/** @type {WayIn} */ way) => this.#way(way)) : [make("li", { class: "hint" }, this.#words.get("access.no_provider"))]));
    });
  }

  /** @param {WayIn} way */
  #way({ name, issuer, domains, role, office }) {
    const words = this.#words;
    const who = !domains.length
      ? words.get("access.by_invitation")
      : words.get(role ? "access.by_domain" : "access.by_domain_invited", { domains: domains.join(", "), role: words.get(`role.${role}`), office });
    return make("li", {}, make("strong", {}, name), " ", make("bdi", { class: "since" }, new URL(issuer).host), make("p", {}, who));
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
