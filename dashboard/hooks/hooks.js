/**
 * Programs elsewhere that are told what happens here: made, tried out, paused, sent the same once more. For those who manage.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Change } from "../types.js"
 * @import { HookAnswer } from "./hook.js"
 *
 * @typedef {"voices" | "work" | "decisions" | "alarms" | "alerts"} Topic
 *
 * @typedef {object} Hook
 * @property {number} id
 * @property {string} name
 * @property {string} url
 * @property {Topic[]} topics
 * @property {"on" | "paused"} state
 * @property {"failing" | "gone" | "team" | "restored" | null} because
 * @property {string | null} created_by
 * @property {number} cursor
 * @property {number} sent
 * @property {number | null} sent_at
 * @property {number} tries
 * @property {number | null} failing_since
 * @property {number | null} retry_at
 * @property {number | null} old_until
 */

import { make, set } from "../elements/node.js";
import { Once } from "../elements/once.js";
import { Place } from "../elements/place.js";
import { Refused } from "../elements/refused.js";
import { HookRow } from "./hook.js";

export const TOPICS = /** @type {const} */ (["voices", "work", "decisions", "alarms", "alerts"]);
const SOON_MS = 1_000; // after something happened, hooks have mostly been told
const LOOK_MS = 10_000; // and whether one failed stands in no log
const GUIDE = "https://www.standardwebhooks.com";

export class Hooks extends Place {
  #api;
  #tongue;
  #refused;
  #once;
  /** @type {Map<number, HookRow>} */
  #rows = new Map();
  #soon = 0;
  #looking = 0;
  #list = make("ul", { class: "hooks" });
  #said = make("p", { role: "status", class: "heard" });
  #name = make("input", { type: "text", id: "hook-name", maxlength: 100, autocomplete: "off", required: true, "aria-describedby": "hook-name-hint" });
  #url = make("input", { type: "text", inputmode: "url", id: "hook-url", maxlength: 500, autocomplete: "off", required: true, dir: "ltr", "aria-describedby": "hook-url-hint", placeholder: "https://" });
  #topics = make("fieldset", { class: "topics" });

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Tongue} tongue
   */
  constructor(root, api, tongue) {
    super(root, tongue.words);
    this.#api = api;
    this.#tongue = tongue;
    this.#refused = new Refused(tongue.words);
    this.#once = new Once(tongue.words, "hook-secret");
  }

  build() {
    const { words } = this.#tongue;
    this.root.append(
      make("h2", { id: "hooks-title" }, words.get("hooks.title")),
      make("p", { class: "hint" }, words.get("hooks.hint"), " ", make("a", { href: GUIDE, rel: "noreferrer", lang: "en" }, "Standard Webhooks")),
      this.#said,
      this.#list,
      this.#once.node,
      this.#form(),
    );
  }

  #form() {
    const { words } = this.#tongue;
    const field = (/** @type {string} */ name, /** @type {HTMLElement} */ input) =>
      make("p", { class: "field" }, make("label", { for: input.id }, words.get(`hooks.${name}`)), input, make("span", { class: "hint", id: `${input.id}-hint` }, words.get(`hooks.${name}_hint`)));
    this.#topics.append(make("legend", {}, words.get("hooks.topics")), ...TOPICS.map((topic) => {
      const box = make("input", { type: "checkbox", name: "topic", value: topic, checked: topic === "voices" });
      return make("label", { class: "tick" }, box, " ", make("span", {}, words.get(`hooks.topic.${topic}`), make("small", {}, words.get(`hooks.topic_hint.${topic}`))));
    }));
    const form = make(
      "form",
      { class: "inviting", novalidate: true, "aria-labelledby": "hook-make-title" },
      make("h3", { id: "hook-make-title" }, words.get("hooks.make_title")),
      make("div", { class: "pair" }, field("name", this.#name), field("url", this.#url)),
      this.#topics,
      this.#refused.node,
      make("p", { class: "doings" }, make("button", { type: "submit", class: "main" }, words.get("hooks.make"))),
    );
    for (const input of [this.#name, this.#url]) input.addEventListener("input", () => set(input, { "aria-invalid": null }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#make();
    });
    return form;
  }

  enter() {
    void this.load();
    this.#looking = window.setInterval(() => void this.load(), LOOK_MS);
  }

  /** A secret does not stay on the page. */
  leave() {
    clearInterval(this.#looking);
    clearTimeout(this.#soon);
    this.#once.forget();
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (!this.shown) return;
    if (changes.some(({ change }) => change === "hook.changed")) void this.load();
    clearTimeout(this.#soon);
    this.#soon = window.setTimeout(() => void this.load(), SOON_MS);
  }

  async load() {
    set(this.#list, { "aria-busy": "true" });
    await this.#refused.attempt(async () => this.#draw(await this.#api.ask("GET", "/api/hooks")));
    set(this.#list, { "aria-busy": "false" });
  }

  /** @param {{items: Hook[], cursor: number}} known */
  #draw({ items, cursor }) {
    const { words } = this.#tongue;
    const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.does : undefined;
    for (const id of this.#rows.keys()) if (!items.some((hook) => hook.id === id)) this.#rows.delete(id);
    const rows = items.map((hook) => {
      const row = this.#rows.get(hook.id) ?? new HookRow(this.#api, this.#tongue, { changed: () => void this.load(), secret: (shown, secret) => this.#secret(shown, secret, true), say: (said) => (this.#said.textContent = said), gone: () => this.focus() });
      this.#rows.set(hook.id, row);
      row.show(hook, cursor);
      return row.node;
    });
    this.#list.replaceChildren(...(rows.length ? rows : [make("li", { class: "lead" }, words.get("hooks.none"))]));
    if (held && !this.#list.contains(document.activeElement)) /** @type {HTMLElement | null} */ (this.#list.querySelector(`[data-does="${held}"]`))?.focus({ preventScroll: true });
  }

  async #make() {
    const { words } = this.#tongue;
    const empty = [this.#name, this.#url].find((input) => !input.value.trim());
    const topics = [...this.#topics.querySelectorAll("input")].filter((box) => box.checked).map((box) => box.value);
    if (empty || !topics.length) {
      this.#refused.say(words.get(empty ? "members.needs" : "hooks.needs_topic"));
      if (empty) set(empty, { "aria-invalid": "true" });
      return (empty ?? this.#topics.querySelector("input"))?.focus();
    }
    await this.#refused.attempt(async () => {
      const { hook, secret } = await this.#api.ask("POST", "/api/hooks", { name: this.#name.value.trim(), url: this.#url.value.trim(), topics });
      this.#name.value = this.#url.value = "";
      await this.load();
      this.#secret(hook, secret, false);
    });
  }

  /** @param {Hook} hook @param {string} secret @param {boolean} again it had one before */
  #secret(hook, secret, again) {
    const { words } = this.#tongue;
    this.#once.show(words.get("hooks.secret", { name: hook.name }), secret, words.get("hooks.once"), ...(again ? [words.get("hooks.both")] : [words.get("hooks.then_test")]));
  }
}
