/**
 * How one is told of a saved view: by mail, in a rhythm of one's own; for those who manage, also the agency's programs.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Me } from "../types.js"
 * @import { SavedView } from "./saved.js"
 *
 * @typedef {{rhythm: string | null, unanswered: boolean, language: string}} Alert
 */

import { draw, make } from "../elements/node.js";
import { Refused } from "../elements/refused.js";

const RHYTHMS = ["", "at_once", "collected", "daily", "weekly"];
const BELL = "M8 2a4 4 0 0 0-4 4c0 4-1.5 5-1.5 5h11S12 10 12 6a4 4 0 0 0-4-4zM6.6 13.2a1.5 1.5 0 0 0 2.8 0";

export class Alerting {
  #dialog;
  #api;
  #me;
  #words;
  #done;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {(said: string) => void} done something was chosen
   */
  constructor(dialog, api, me, tongue, done) {
    this.#dialog = dialog;
    this.#api = api;
    this.#me = me;
    this.#words = tongue.words;
    this.#done = done;
  }

  /** Whether who looks can be told at all: a token reads no mail. */
  get #member() {
    return this.#me.holder.startsWith("member-");
  }

  /** The bell of a view; null for those who can choose nothing. @param {SavedView} view @param {boolean} mail the operator has set it up */
  bell(view, mail) {
    if (!this.#member && this.#me.role !== "admin") return null;
    const words = this.#words;
    const told = [view.alert, this.#me.role === "admin" ? view.hook : null].filter((alert) => alert !== null);
    const key = told.length ? "alerting.on" : "alerting.off";
    const sign = draw("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", focusable: "false" }, draw("path", { d: BELL, fill: told.length ? "currentColor" : "none", stroke: "currentColor", "stroke-width": 1.5, "stroke-linejoin": "round" }));
    const button = make("button", { type: "button", class: told.length ? "bell on" : "bell", "data-does": `bell-${view.id}`, "aria-label": words.get(key, { name: view.name }), "aria-haspopup": "dialog" }, sign);
    button.addEventListener("click", () => this.#open(view, mail));
    return button;
  }

  /** @param {SavedView} view @param {boolean} mail */
  #open(view, mail) {
    const words = this.#words;
    const refused = new Refused(words);
    const parts = [];
    if (this.#member) parts.push(mail ? this.#fields("mail", view.alert) : make("p", { class: "hint" }, words.get("alerting.no_mail")));
    if (this.#me.role === "admin") parts.push(this.#fields("hook", view.hook));
    const close = make("button", { type: "button" }, words.get("alerting.close"));
    close.addEventListener("click", () => this.#dialog.close());
    const form = make(
      "form",
      { class: "alerting" },
      make("h2", { id: "alerting-title" }, words.get("alerting.title", { name: view.name })),
      make("p", { class: "hint" }, words.get("alerting.hint")),
      ...parts,
      refused.node,
      make("p", { class: "doings" }, make("button", { type: "submit", class: "main" }, words.get("alerting.save")), close),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void refused.attempt(async () => {
        for (const fields of form.querySelectorAll("fieldset")) await this.#put(view, fields);
        this.#dialog.close();
        this.#done(words.get("alerting.saved", { name: view.name }));
      });
    });
    this.#dialog.replaceChildren(form);
    this.#dialog.showModal();
    const first = form.querySelector("input:checked");
    (first instanceof HTMLElement ? first : close).focus();
  }

  /** @param {"mail" | "hook"} way @param {Alert | null} alert */
  #fields(way, alert) {
    const words = this.#words;
    const chosen = alert?.rhythm ?? "";
    return make(
      "fieldset",
      { class: "outcomes", "data-way": way },
      make("legend", {}, words.get(`alerting.${way}`)),
      ...RHYTHMS.map((rhythm) => make("label", {}, make("input", { type: "radio", name: `rhythm-${way}`, value: rhythm, checked: rhythm === chosen }), " ", words.get(`alerting.rhythm.${rhythm || "none"}`))),
      make("label", { class: "monday" }, make("input", { type: "checkbox", name: "unanswered", checked: alert?.unanswered ?? false }), " ", words.get("alerting.unanswered")),
    );
  }

  /** @param {SavedView} view @param {HTMLFieldSetElement} fields */
  async #put(view, fields) {
    const way = fields.dataset.way;
    const before = way === "hook" ? view.hook : view.alert;
    const rhythm = fields.querySelector("input[type=radio]:checked");
    const unanswered = fields.querySelector("input[name=unanswered]");
    const asking = {
      way,
      rhythm: rhythm instanceof HTMLInputElement && rhythm.value ? rhythm.value : null,
      unanswered: unanswered instanceof HTMLInputElement && unanswered.checked,
      language: this.#words.language,
    };
    if (asking.rhythm === (before?.rhythm ?? null) && asking.unanswered === (before?.unanswered ?? false)) return;
    await this.#api.ask("PUT", `/api/views/${view.id}/alert`, asking);
  }
}
