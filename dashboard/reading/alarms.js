/**
 * The quiet alarm: a calm line that stands until a person with a name has seen it and said what is done. It stands where
 * the team is: above the stream, and above what is read first.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Change, Me } from "../types.js"
 *
 * @typedef {object} Alarm
 * @property {number} id
 * @property {"placement" | "decision" | "theme"} about
 * @property {string} subject  a key, or the id of a theme
 * @property {number[]} voices
 * @property {number} days
 * @property {number} raised_at
 */

import { Problem } from "../api.js";
import { glyph } from "../elements/glyph.js";
import { make } from "../elements/node.js";
import { linkTo } from "../filter.js";

const TEXT = 1_000;

export class Alarms {
  #api;
  #me;
  #tongue;
  #failed;
  #list = make("ul");
  #told = make("p", { class: "told", role: "alert" });
  /** @type {number | null} which one is answered */
  #answered = null;
  node = make("section", { id: "alarms", hidden: true }, this.#list);

  /**
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {(error: unknown) => void} failed
   */
  constructor(api, me, tongue, failed) {
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#failed = failed;
    this.node.setAttribute("aria-label", tongue.words.get("alarm.title"));
  }

  async load() {
    try {
      const { items } = await this.#api.ask("GET", "/api/alarms");
      this.#draw(items);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (changes.some(({ change }) => change.startsWith("alarm."))) void this.load();
  }

  /** @param {Alarm[]} alarms */
  #draw(alarms) {
    const held = this.#list.contains(document.activeElement);
    const kept = new Map([...this.#list.children].map((item) => [item instanceof HTMLElement ? item.dataset.id : "", item]));
    this.#list.replaceChildren(...alarms.map((alarm) => kept.get(String(alarm.id)) ?? this.#item(alarm)));
    this.node.hidden = alarms.length === 0;
    if (held && !this.#list.contains(document.activeElement)) (this.#list.querySelector("a") ?? document.querySelector("main section:not([hidden])"))?.focus();
  }

  /** @param {Alarm} alarm */
  #item(alarm) {
    const { words, says, when } = this.#tongue;
    const { id, about, subject, voices, days, raised_at } = alarm;
    const item = make("li", { "data-id": id });
    const link = make("a", { href: linkTo({ [about]: subject, grave: "1" }) }, make("bdi", {}, says.value(about, subject)));
    const said = words.get("alarm.said", { n: voices.length, days });
    item.append(make("p", {}, glyph("grave"), make("strong", {}, said), " ", link, make("span", { class: "hint" }, ` · ${when.said(raised_at)}`)));
    if (this.#me.role === "viewer") return item;
    if (!this.#me.member) {
      item.append(make("p", { class: "hint" }, words.get("alarm.unnamed")));
      return item;
    }
    const door = make("button", { type: "button", "aria-describedby": `alarm-${id}` }, words.get("alarm.see"));
    link.id = `alarm-${id}`;
    door.addEventListener("click", () => this.#answer(alarm, item, door));
    item.append(door);
    return item;
  }

  /** @param {Alarm} alarm @param {HTMLElement} item @param {HTMLElement} door */
  #answer({ id }, item, door) {
    const { words } = this.#tongue;
    this.#answered = id;
    const text = make("textarea", { id: `done-${id}`, rows: 2, maxlength: TEXT, required: true, dir: "auto" });
    const leave = make("button", { type: "button" }, words.get("alarm.leave"));
    const form = make("form", { class: "compose" }, make("p", { class: "field" }, make("label", { for: text.id }, words.get("alarm.done")), text), this.#told, make("p", { class: "doings" }, make("button", { type: "submit", class: "main" }, words.get("alarm.send")), leave));
    this.#told.textContent = "";
    leave.addEventListener("click", () => {
      form.replaceWith(door);
      door.focus();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#send(id, text.value.trim());
    });
    door.replaceWith(form);
    text.focus();
  }

  /** @param {number} id @param {string} done */
  async #send(id, done) {
    try {
      await this.#api.ask("POST", `/api/alarms/${id}/seen`, { done });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code !== "wrong_state" && this.#answered === id) {
        this.#told.textContent = error.title ? `${error.title}. ${error.detail}` : this.#tongue.words.get("trouble.no_answer");
        return;
      }
    }
    await this.load();
  }
}
