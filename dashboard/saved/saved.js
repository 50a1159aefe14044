/**
 * Saved views: filters with a name, in the column of views, each a link with how many it holds; and the way to keep the one
 * that is shown.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Filter } from "../filter.js"
 * @import { Change, Me } from "../types.js"
 *
 * @import { Alert } from "./alerting.js"
 *
 * @typedef {{id: number, name: string, filter: Record<string, string>, shared: boolean, mine: boolean, by: string, number: number, alert: Alert | null, hook: Alert | null}} SavedView
 */

import { Problem } from "../api.js";
import { make, set } from "../elements/node.js";
import { linkTo, question } from "../filter.js";
import { nameOf } from "../triage/people.js";
import { Alerting } from "./alerting.js";
import { filterOf } from "./filter.js";

const QUIET_MS = 1_000; // figures follow when nothing came for so long
const BUSY_MS = 4_000; // or at the latest after so long
const COUNTED = 10_000;

export class Saved {
  #root;
  #keeping;
  #api;
  #me;
  #tongue;
  #say;
  #failed;
  /** @type {SavedView[]} */
  #views = [];
  #mail = false;
  #alerting;
  /** @type {Filter} */
  #filter = {};
  #timer = 0;
  #staleSince = 0;
  #name = make("input", { type: "text", id: "saved-name", maxlength: 80, required: true, autocomplete: "off" });
  #shared = make("input", { type: "checkbox", id: "saved-shared" });
  #told = make("p", { class: "told", role: "alert" });

  /**
   * @param {HTMLElement} root in the column of views
   * @param {HTMLElement} keeping above the stream
   * @param {HTMLDialogElement} alerting
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {(said: string, back: (() => Promise<void>) | null) => void} say
   * @param {(error: unknown) => void} failed
   */
  constructor(root, keeping, alerting, api, me, tongue, say, failed) {
    this.#root = root;
    this.#keeping = keeping;
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#say = say;
    this.#failed = failed;
    const { words } = tongue;
    this.#alerting = new Alerting(alerting, api, me, tongue, (said) => {
      say(said, null);
      void this.load();
    });
    const form = make("form", { class: "keeping" },
      make("p", { class: "field" }, make("label", { for: "saved-name" }, words.get("saved.name")), this.#name),
      me.role === "viewer" ? null : make("p", { class: "share" }, make("label", { for: "saved-shared" }, this.#shared, words.get("saved.shared"))),
      this.#told,
      make("p", { class: "doings" }, make("button", { type: "submit", class: "main" }, words.get("saved.keep"))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#keep();
    });
    set(root, { "aria-label": words.get("saved.title") });
    keeping.replaceChildren(make("details", {}, make("summary", {}, words.get("saved.title_keep")), form));
    void this.load();
  }

  /** @param {Filter} filter the view that is shown */
  show(filter) {
    this.#filter = filter;
    // a moment (since, day) is over tomorrow, and everything needs no name
    this.#keeping.hidden = !Object.keys(filter).length || !!filter.since || !!filter.day || !!filter.from || !!filter.to;
    this.#draw();
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (!this.#views.length && !changes.some(({ change }) => change === "view.changed")) return;
    this.#staleSince ||= Date.now();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.load(), Math.max(0, Math.min(QUIET_MS, this.#staleSince + BUSY_MS - Date.now())));
  }

  async load() {
    clearTimeout(this.#timer);
    this.#staleSince = 0;
    try {
      const { items, mail } = await this.#api.ask("GET", "/api/views");
      this.#views = items;
      this.#mail = mail;
      this.#draw();
    } catch (error) {
      this.#failed(error);
    }
  }

  #draw() {
    const { words } = this.#tongue;
    const held = document.activeElement instanceof HTMLElement && this.#root.contains(document.activeElement) ? document.activeElement.dataset.does : undefined;
    const here = linkTo(this.#filter);
    const lines = this.#views.map((view) => {
      const href = linkTo(filterOf(view.filter));
      const number = words.number(view.number) + (view.number >= COUNTED ? "+" : "");
      const link = make("a", { href, "data-does": `view-${view.id}`, "aria-current": href === here ? "true" : null }, make("bdi", { class: "name" }, view.name), " ", make("span", { class: "figure" }, number));
      if (view.shared) set(link, { title: words.get("saved.by", { by: nameOf(view.by) }) });
      const may = view.mine || this.#me.role === "admin";
      const drop = may ? make("button", { type: "button", class: "drop", "data-does": `drop-${view.id}`, "aria-label": words.get("saved.drop", { name: view.name }) }, "×") : null;
      drop?.addEventListener("click", () => void this.#drop(view));
      return make("li", {}, link, this.#alerting.bell(view, this.#mail), drop);
    });
    this.#root.hidden = !lines.length;
    this.#root.replaceChildren(make("div", { class: "group" }, make("h2", {}, words.get("saved.title")), make("ul", {}, ...lines)));
    if (held) /** @type {HTMLElement | null} */ (this.#root.querySelector(`[data-does="${held}"]`))?.focus({ preventScroll: true });
  }

  async #keep() {
    const name = this.#name.value.trim();
    this.#told.textContent = "";
    try {
      await this.#api.ask("POST", "/api/views", { name, filter: question(this.#filter), shared: this.#shared.checked });
      this.#name.value = "";
      this.#shared.checked = false;
      this.#keeping.querySelector("details")?.removeAttribute("open");
      this.#keeping.querySelector("summary")?.focus();
      this.#say(this.#tongue.words.get("saved.kept", { name }), null);
      await this.load();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#told.textContent = error.title ? [`${error.title}.`, error.detail, ...Object.values(error.told.fields ?? {})].join(" ") : this.#tongue.words.get("trouble.no_answer");
    }
  }

  /** @param {SavedView} view */
  async #drop({ id, name, filter, shared }) {
    try {
      await this.#api.ask("DELETE", `/api/views/${id}`);
      await this.load();
      this.#say(this.#tongue.words.get("saved.dropped", { name }), async () => {
        await this.#api.ask("POST", "/api/views", { name, filter, shared });
        await this.load();
      });
    } catch (error) {
      this.#failed(error);
    }
  }
}
