/**
 * Tokens: what lets a program in. Shown once, for as little and as long as is needed.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Themes } from "../themes/themes.js"
 * @import { Me } from "../types.js"
 *
 * @typedef {object} Token
 * @property {number} id
 * @property {string} name
 * @property {string} role
 * @property {string | null} placement
 * @property {string | null} decision
 * @property {number} created_at
 * @property {string | null} created_by
 * @property {number | null} expires_at
 * @property {number | null} used_at
 * @property {number | null} ended_at
 */

import { make, set } from "../elements/node.js";
import { Once } from "../elements/once.js";
import { Refused } from "../elements/refused.js";
import { sure } from "../elements/sure.js";
import { ROLES } from "../members/invite.js";

const DAYS = [30, 90, 365];
const SOON_MS = 14 * 86_400_000;

export class Tokens {
  #api;
  #me;
  #tongue;
  #themes;
  #list = make("div", { class: "list" });
  #name = make("input", { type: "text", id: "token-name", maxlength: 200, autocomplete: "off", required: true, "aria-describedby": "token-name-hint" });
  #role = make("select", { id: "token-role" });
  #scope = make("select", { id: "token-scope", "aria-describedby": "token-scope-hint" });
  #days = make("select", { id: "token-days" });
  #refused;
  #once;
  node;

  /**
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {Themes} themes
   */
  constructor(api, me, tongue, themes) {
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#themes = themes;
    const { words } = tongue;
    this.#refused = new Refused(words);
    this.#once = new Once(words, "token-secret");
    this.node = make(
      "section",
      { "aria-labelledby": "tokens-title" },
      make("h3", { id: "tokens-title" }, words.get("access.tokens")),
      make("p", { class: "hint" }, words.get("access.tokens_hint")),
      this.#list,
      this.#once.node,
      this.#form(),
    );
  }

  async load() {
    await this.#refused.attempt(async () => this.#draw((await this.#api.ask("GET", "/api/tokens")).items));
    this.#scopes();
  }

  /** A token does not stay on the page. */
  forget() {
    this.#once.forget();
  }

  #form() {
    const { words } = this.#tongue;
    this.#role.append(...ROLES.map((role) => make("option", { value: role }, words.get(`role.${role}`))));
    this.#days.append(
      ...DAYS.map((n) => make("option", { value: n, selected: n === 90 }, words.get("access.days", { n }))),
      make("option", { value: "" }, words.get("access.no_end")),
    );
    this.#scope.addEventListener("change", () => this.#narrow());
    this.#name.addEventListener("input", () => set(this.#name, { "aria-invalid": null }));
    const field = (/** @type {string} */ name, /** @type {HTMLElement} */ input, /** @type {string | null} */ hint = null) =>
      make("p", { class: "field" }, make("label", { for: input.id }, words.get(`access.${name}`)), input, hint ? make("span", { class: "hint", id: `${input.id}-hint` }, words.get(`access.${hint}`)) : null);
    const form = make(
      "form",
      { class: "inviting", novalidate: true, "aria-labelledby": "token-make-title" },
      make("h4", { id: "token-make-title" }, words.get("access.make_title")),
      make("div", { class: "pair" }, field("name", this.#name, "name_hint"), field("role", this.#role), field("scope", this.#scope, "scope_hint"), field("until", this.#days)),
      this.#refused.node,
      make("p", { class: "doings" }, make("button", { type: "submit", class: "main" }, words.get("access.make"))),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#make();
    });
    return form;
  }

  /** What a token can be for: the whole agency, one placement, one decision. What was chosen stays chosen. */
  #scopes() {
    const { words, says } = this.#tongue;
    const chosen = this.#scope.value;
    const group = (/** @type {string} */ key, /** @type {[string, string][]} */ options) =>
      options.length ? make("optgroup", { label: words.get(key) }, ...options.map(([value, said]) => make("option", { value, selected: value === chosen }, said))) : "";
    this.#scope.replaceChildren(
      make("option", { value: "" }, words.get("access.whole")),
      group("access.placements", this.#me.placements.map(({ key, name }) => [`placement ${key}`, name])),
      group("access.decisions", this.#themes.decisions.map(({ key }) => [`decision ${key}`, says.decision(key)])),
    );
    this.#narrow();
  }

  /** What is for one thing alone does not manage. */
  #narrow() {
    const narrow = this.#scope.value !== "";
    const admin = /** @type {HTMLOptionElement} */ (this.#role.querySelector('[value="admin"]'));
    admin.disabled = narrow;
    if (narrow && this.#role.value === "admin") this.#role.value = "viewer";
  }

  async #make() {
    const { words } = this.#tongue;
    if (!this.#name.value.trim()) {
      this.#refused.say(words.get("members.needs"));
      set(this.#name, { "aria-invalid": "true" });
      return this.#name.focus();
    }
    const [kind, key] = this.#scope.value.split(" ");
    const asking = { name: this.#name.value.trim(), role: this.#role.value, valid_days: Number(this.#days.value) || null, ...(kind && key ? { [kind]: key } : {}) };
    await this.#refused.attempt(async () => {
      const { token, secret } = await this.#api.ask("POST", "/api/tokens", asking);
      this.#name.value = "";
      const line = `curl -H "Authorization: Bearer $TOKEN" ${location.origin}/api/submissions`;
      this.#once.show(words.get("access.secret", { name: token.name }), secret, words.get("access.once"), make("pre", { dir: "ltr", tabindex: 0 }, line));
      await this.load();
    });
  }

  /** @param {Token[]} items */
  #draw(items) {
    const { words } = this.#tongue;
    if (!items.length) return this.#list.replaceChildren(make("p", { class: "lead" }, words.get("access.none")));
    const heads = ["name", "role", "scope", "used", "until"].map((name) => make("th", { scope: "col" }, words.get(`access.${name}`)));
    this.#list.replaceChildren(
      make("table", { class: "members", "aria-labelledby": "tokens-title" }, make("thead", {}, make("tr", {}, ...heads, make("td"))), make("tbody", {}, ...items.map((token) => this.#row(token)))),
    );
  }

  /** @param {Token} token */
  #row({ id, name, role, placement, decision, created_by: by, used_at: used, expires_at: expires, ended_at: ended }) {
    const { words, when, says } = this.#tongue;
    const scope = placement ? says.placement(placement) : decision ? says.decision(decision) : words.get("access.whole");
    const soon = expires !== null && ended === null && expires - Date.now() < SOON_MS;
    const until = ended !== null ? words.get("access.ended", { day: when.day(ended) }) : expires === null ? words.get("access.no_end") : when.day(expires);
    const keys = { ask: "members.withdraw", sure: "members.sure", keep: "members.keep" };
    return make(
      "tr",
      { class: ended === null ? null : "ended" },
      make("th", { scope: "row" }, make("bdi", {}, name), by ? make("span", { class: "by" }, words.get("access.by", { by })) : null),
      make("td", {}, words.get(`role.${role}`)),
      make("td", {}, make("bdi", {}, scope)),
      make("td", { class: "since" }, make("span", { class: "narrowly" }, words.get("access.last_used"), " "), used === null ? words.get("access.never") : when.said(used)),
      make("td", { class: soon || ended !== null ? "since soon" : "since" }, until),
      make("td", { class: "doing" }, ended === null ? sure(words, keys, name, () => void this.#withdraw(id)) : null),
    );
  }

  /** @param {number} id */
  async #withdraw(id) {
    await this.#refused.attempt(() => this.#api.ask("DELETE", `/api/tokens/${id}`));
    await this.load();
    /** @type {HTMLElement | null} */ (this.node.closest("section[tabindex]"))?.focus({ preventScroll: true });
  }
}
