/**
 * What stands on our pages right now: one sentence above the question, set in ten seconds, taken away with one press.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Change, Me, Notice, Placement } from "../types.js"
 */

import { picked } from "../desk/texts.js";
import { make } from "../elements/node.js";
import { Problem } from "../api.js";
import { TextFields } from "../elements/text_fields.js";
import { endOf, ENDS } from "./until.js";

const CHARACTERS = 300;
const LOOK_MS = 15_000; // how often it is looked whether one has ended

export class Notices {
  #line;
  #dialog;
  #api;
  #me;
  #tongue;
  #say;
  #failed;

  /**
   * @param {HTMLElement} line where it is said what stands now
   * @param {HTMLDialogElement} dialog
   * @param {Api} api
   * @param {Me} me its placements are kept right here
   * @param {Tongue} tongue
   * @param {(said: string, back: () => Promise<void>) => void} say what was done, and the way back
   * @param {(error: unknown) => void} failed
   */
  constructor(line, dialog, api, me, tongue, say, failed) {
    this.#line = line;
    this.#dialog = dialog;
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#say = say;
    this.#failed = failed;
    this.#draw();
    setInterval(() => this.#draw(), LOOK_MS);
  }

  get #may() {
    return this.#me.role !== "viewer" && this.#me.placements.length > 0;
  }

  /** The door, or null for those who may not. @returns {HTMLButtonElement | null} */
  door() {
    if (!this.#may) return null;
    const button = make("button", { type: "button", class: "plain" }, this.#tongue.words.get("notice.door"));
    button.addEventListener("click", () => this.open());
    return button;
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (changes.some(({ change }) => change === "placement.changed")) void this.#load();
  }

  /** @param {string | null} [key] of a placement; none: the one whose voices are looked at */
  open(key = null) {
    const { words, says } = this.#tongue;
    const { placements } = this.#me;
    const asked = key ?? new URLSearchParams(location.hash.slice(1)).get("placement");
    const first = placements.find(({ key }) => key === asked) ?? placements[0];
    if (!first) return;
    const choice = make("select", { id: "notice-placement" }, ...placements.map(({ key }) => make("option", { value: key, selected: key === first.key }, says.placement(key))));
    const texts = make("div");
    const told = make("p", { role: "alert", class: "told" });
    /** @type {TextFields} */
    let fields;
    const choose = () => {
      const placement = placements.find(({ key }) => key === choice.value) ?? first;
      fields = new TextFields({ name: "notice", label: words.get("notice.text"), languages: placement.languages, words, lines: 3, limit: CHARACTERS });
      fields.write(standing(placement, Date.now())?.text ?? {});
      texts.replaceChildren(fields.node);
    };
    choice.addEventListener("change", choose);
    choose();
    const ends = make("fieldset", { class: "outcomes" }, make("legend", {}, words.get("notice.until")));
    for (const end of ENDS) {
      const radio = make("input", { type: "radio", name: "notice-until", value: end, id: `notice-${end}`, checked: end === "hours" });
      ends.append(make("label", { for: radio.id }, radio, " ", words.get(`notice.until.${end}`)));
    }
    const close = make("button", { type: "button" }, words.get("notice.not"));
    close.addEventListener("click", () => this.#dialog.close());
    const form = make(
      "form",
      { class: "answering" },
      make("h2", { id: "notice-title" }, words.get("notice.title")),
      make("p", { class: "hint" }, words.get("notice.hint")),
      placements.length > 1 ? make("p", { class: "field" }, make("label", { for: "notice-placement" }, words.get("by.placement")), choice) : null,
      texts,
      ends,
      told,
      make("p", { class: "doings" }, make("button", { type: "submit", class: "main" }, words.get("notice.set")), close),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = fields.read();
      if (!Object.keys(text).length) {
        told.textContent = words.get("notice.needs");
        return /** @type {HTMLElement | null} */ (texts.querySelector("textarea"))?.focus();
      }
      const chosen = form.querySelector("input[name=notice-until]:checked");
      const end = ENDS.find((name) => chosen instanceof HTMLInputElement && name === chosen.value) ?? "open";
      void this.#set(choice.value, { text, until: endOf(end, Date.now()) }, told);
    });
    this.#dialog.replaceChildren(form);
    this.#dialog.showModal();
    /** @type {HTMLElement | null} */ (texts.querySelector("textarea"))?.focus();
  }

  /**
   * @param {string} key
   * @param {Notice} notice
   * @param {HTMLElement} told
   */
  async #set(key, notice, told) {
    const before = this.#standing(key);
    try {
      await this.#put(key, notice);
      this.#dialog.close();
      this.#say(this.#tongue.words.get("notice.stands", { placement: this.#tongue.says.placement(key) }), () => this.#again(key, before));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      told.textContent = error.title ? [`${error.title}.`, error.detail, ...Object.values(error.told.fields ?? {})].join(" ") : this.#tongue.words.get("trouble.no_answer");
    }
  }

  /** @param {string} key */
  async #take(key) {
    const before = this.#standing(key);
    try {
      await this.#put(key, null);
      this.#say(this.#tongue.words.get("notice.taken", { placement: this.#tongue.says.placement(key) }), () => this.#again(key, before));
    } catch (error) {
      this.#failed(error);
    }
  }

  /** @param {string} key @param {Notice | null} notice */
  async #again(key, notice) {
    await this.#put(key, notice).catch(this.#failed);
  }

  /** @param {string} key @param {Notice | null} notice */
  async #put(key, notice) {
    await this.#api.ask("PUT", `/api/placements/${encodeURIComponent(key)}/notice`, notice ?? { text: {}, until: null });
    await this.#load();
  }

  /** @param {string} key */
  #standing(key) {
    const placement = this.#me.placements.find((one) => one.key === key);
    return placement ? standing(placement, Date.now()) : null;
  }

  async #load() {
    try {
      this.#me.placements = (await this.#api.me()).placements;
      this.#draw();
    } catch (error) {
      this.#failed(error);
    }
  }

  #draw() {
    const { words, when } = this.#tongue;
    const now = Date.now();
    const found = this.#me.placements.map((placement) => ({ placement, notice: standing(placement, now) })).filter(({ notice }) => notice);
    const state = JSON.stringify(found.map(({ placement, notice }) => [placement.key, notice]));
    this.#line.hidden = !found.length;
    if (this.#line.dataset.state === state) return;
    this.#line.dataset.state = state;
    this.#line.replaceChildren(
      ...found.map(({ placement, notice }) => {
        const said = picked(notice?.text ?? {}, words.language);
        const until = notice?.until ? words.get("notice.now_until", { placement: this.#tongue.says.placement(placement.key), day: when.until(notice.until) }) : words.get("notice.now", { placement: this.#tongue.says.placement(placement.key) });
        const take = make("button", { type: "button", class: "plain" }, words.get("notice.take"));
        take.addEventListener("click", () => void this.#take(placement.key));
        return make("p", {}, make("span", { class: "where" }, until), " ", make("q", { lang: said.lang, dir: "auto" }, said.text), " ", this.#may ? take : null);
      }),
    );
  }
}

/**
 * The notice that stands on a placement at a moment, null when none does.
 * @param {Placement} placement
 * @param {number} now Unix milliseconds
 */
export function standing({ notice }, now) {
  return notice && (notice.until === null || notice.until > now) ? notice : null;
}
