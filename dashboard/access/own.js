/**
 * One's own way in: the code of the phone, and where one is signed in.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 *
 * @typedef {{possible: boolean, required: boolean, on_at: number | null, codes_left: number}} Factor
 * @typedef {{id: number, way: string, device: string, created_at: number, seen_at: number, expires_at: number, current: boolean}} Session
 */

import { make } from "../elements/node.js";
import { Refused } from "../elements/refused.js";
import { sure } from "../elements/sure.js";

const FEW_CODES = 3;

export class Own {
  #api;
  #tongue;
  #out;
  #refused;
  #factor = make("div", { class: "factor" });
  #list = make("ul", { class: "sessions" });
  node;

  /**
   * @param {Api} api
   * @param {Tongue} tongue
   * @param {() => void} out one is signed out here
   */
  constructor(api, tongue, out) {
    this.#api = api;
    this.#tongue = tongue;
    this.#out = out;
    this.#refused = new Refused(tongue.words);
    const { words } = tongue;
    const everywhere = sure(words, { ask: "access.everywhere", sure: "access.everywhere_sure", keep: "members.keep" }, "", () => void this.#everywhere());
    this.node = make(
      "section",
      { "aria-labelledby": "own-title" },
      make("h3", { id: "own-title" }, words.get("access.own")),
      this.#refused.node,
      this.#factor,
      make("h4", {}, words.get("access.sessions")),
      make("p", { class: "hint" }, words.get("access.sessions_hint")),
      this.#list,
      make("p", {}, everywhere),
    );
  }

  async load() {
    await this.#refused.attempt(async () => {
      const [factor, sessions] = await Promise.all([this.#api.ask("GET", "/api/second-factor"), this.#api.ask("GET", "/api/sessions")]);
      this.#showFactor(factor);
      this.#showSessions(sessions.items);
    });
  }

  /** @param {Factor} factor */
  #showFactor({ possible, required, on_at: on, codes_left: left }) {
    const { words, when } = this.#tongue;
    if (!possible) return this.#factor.replaceChildren(make("p", { class: "hint" }, words.get("access.factor_none")));
    const link = make("a", { href: `/second-factor?lang=${words.language}` }, words.get(on === null ? "access.factor_set" : "access.factor_change"));
    const said = on === null ? words.get("access.factor_off") : words.get("access.factor_on", { day: when.day(on) });
    this.#factor.replaceChildren(
      make("p", {}, said, " ", link),
      on !== null && left <= FEW_CODES ? make("p", { class: "soon" }, words.get("access.codes_left", { n: left })) : "",
      required ? make("p", { class: "hint" }, words.get("access.factor_required")) : "",
    );
  }

  /** @param {Session[]} items */
  #showSessions(items) {
    const { words, when } = this.#tongue;
    this.#list.replaceChildren(
      ...items.map(({ id, way, device, created_at: created, seen_at: seen, current }) => {
        const end = make("button", { type: "button", "aria-label": `${words.get("access.end")}: ${device || words.get("access.device")}` }, words.get("access.end"));
        end.addEventListener("click", () => void this.#end(id));
        const known = words.get(`access.way.${way}`);
        return make(
          "li",
          {},
          make("p", {}, make("strong", {}, device || words.get("access.device")), current ? make("span", { class: "here" }, ` ${words.get("access.here")}`) : null),
          make("p", { class: "since" }, words.get("access.since", { day: when.said(created), way: known === `access.way.${way}` ? way : known }), " · ", words.get("access.seen", { day: when.said(seen) })),
          current ? null : end,
        );
      }),
    );
  }

  /** @param {number} id */
  async #end(id) {
    await this.#refused.attempt(() => this.#api.ask("DELETE", `/api/sessions/${id}`));
    await this.load();
    /** @type {HTMLElement | null} */ (this.node.closest("section[tabindex]"))?.focus({ preventScroll: true });
  }

  async #everywhere() {
    if (await this.#refused.attempt(() => this.#api.ask("DELETE", "/api/sessions"))) this.#out();
  }
}
