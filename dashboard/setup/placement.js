/**
 * One placement: what it asks and where it may stand, as people see it, what to put into a page, and where it is really met.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Placed } from "./types.js"
 */

import { Problem } from "../api.js";
import { picked } from "../desk/texts.js";
import { make, set } from "../elements/node.js";
import { Refused } from "../elements/refused.js";
import { LANGUAGES } from "../words.js";
import { SETUP, setupLink } from "./address.js";
import { changed, save } from "./changing.js";
import { Lines, setting, Ticks } from "./fields.js";
import { showMet } from "./met.js";
import { Preview } from "./preview.js";
import { ways } from "./ways.js";

/** What a new one begins with. */
const FRESH = { key: "", name: "", question: "outcome", origins: [], languages: LANGUAGES, gateway: false, clips: {} };
const QUESTIONS = /** @type {const} */ (["outcome", "found", "effect", "reason"]);

export class PlacementPage {
  #api;
  #tongue;
  #notice;
  #title = make("h2", { id: "placement-title", tabindex: -1 });
  #key = make("input", { type: "text", id: "placement-key", maxlength: 63, autocomplete: "off", autocapitalize: "none", spellcheck: false, dir: "ltr" });
  #name = make("input", { type: "text", id: "placement-name", maxlength: 200, autocomplete: "off" });
  #question = make("select", { id: "placement-question" });
  #languages;
  #origins = make("textarea", { id: "placement-origins", rows: 3, dir: "ltr", spellcheck: false });
  #gateway = make("input", { type: "checkbox", id: "placement-gateway", "aria-describedby": "placement-gateway-does" });
  #clips;
  #keyed;
  #signed;
  #refused;
  #told = make("span", { role: "status" });
  #button = make("button", { type: "submit", class: "main" });
  #preview;
  #standing = make("section", { class: "notice-now", "aria-labelledby": "setup-notice" });
  #ways = make("div");
  #met = make("div", { "aria-busy": "true" });
  #later;
  /** @type {Placed | null} null: it is still to be made */
  #was = null;
  node;

  /**
   * @param {Api} api
   * @param {Tongue} tongue
   * @param {(key: string) => void} notice opens where the sentence above the question is set
   */
  constructor(api, tongue, notice) {
    const { words } = tongue;
    this.#api = api;
    this.#tongue = tongue;
    this.#notice = notice;
    this.#languages = new Ticks(words, "languages");
    this.#clips = new Lines(words, "clips", 500);
    this.#preview = new Preview(words);
    this.#refused = new Refused(words);
    this.#question.append(...QUESTIONS.map((question) => make("option", { value: question }, words.get(`setup.question.${question}`))));
    this.#keyed = setting(words, "key", this.#key);
    this.#signed = make("details", { class: "way" }, make("summary", {}, words.get("setup.clips")), this.#clips.node);
    const form = make(
      "form",
      { class: "setting-up", novalidate: true, "aria-labelledby": "placement-title" },
      this.#keyed,
      setting(words, "name", this.#name),
      setting(words, "question", this.#question),
      setting(words, "origins", this.#origins),
      this.#languages.node,
      make("div", { class: "field" }, make("label", { class: "tick" }, this.#gateway, " ", words.get("setup.gateway")), make("p", { class: "hint", id: "placement-gateway-does" }, words.get("setup.gateway_does"))),
      this.#signed,
      this.#refused.node,
      make("p", { class: "doings" }, this.#button, this.#told),
    );
    form.addEventListener("input", () => (this.#told.textContent = ""));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#save();
    });
    this.#later = make("div", { class: "beside" }, this.#preview.node, this.#standing);
    this.node = make(
      "div",
      { class: "one-placement" },
      make("p", { class: "back" }, make("a", { href: SETUP }, words.get("setup.back"))),
      this.#title,
      make("div", { class: "two" }, form, this.#later),
      this.#ways,
      this.#met,
    );
  }

  /** Somebody comes here. @param {boolean} fresh to make one */
  begin(fresh) {
    const { words } = this.#tongue;
    this.#was = null;
    this.#title.textContent = fresh ? words.get("setup.new") : "";
    this.#button.textContent = words.get(fresh ? "setup.make" : "setup.save");
    this.#keyed.hidden = !fresh;
    this.#signed.hidden = this.#later.hidden = this.#ways.hidden = this.#met.hidden = fresh;
    this.#refused.node.hidden = true;
    this.#told.textContent = "";
    this.#write(FRESH);
    set(this.node, { "aria-busy": String(!fresh) });
    set(this.#met, { "aria-busy": "true" });
  }

  /** @param {Placed} placed as it stands; what somebody is changing stays */
  show(placed) {
    const own = this.#was?.key === placed.key ? changed(/** @type {Record<string, unknown>} */ (this.#was), this.#read()) : {};
    this.#was = placed;
    this.#title.textContent = placed.name;
    this.#write({ ...placed, ...own });
    this.#around(placed);
    set(this.node, { "aria-busy": "false" });
  }

  /** Everything but the form. @param {Placed} placed */
  #around(placed) {
    this.#preview.show(placed);
    this.#ways.replaceChildren(ways(placed, this.#tongue.words));
    this.#showNotice(placed);
    void this.#load(placed);
  }

  /** @param {Pick<Placed, "key" | "name" | "question" | "origins" | "languages" | "gateway" | "clips"> | Record<string, any>} said */
  #write(said) {
    this.#key.value = said.key;
    this.#name.value = said.name;
    this.#question.value = said.question;
    this.#origins.value = said.origins.join("\n");
    this.#languages.write(said.languages);
    this.#gateway.checked = said.gateway;
    this.#clips.write(said.clips);
  }

  #read() {
    return {
      name: this.#name.value.trim(),
      question: this.#question.value,
      origins: this.#origins.value.split(/\s+/).filter(Boolean),
      languages: this.#languages.read(),
      gateway: this.#gateway.checked,
      clips: this.#clips.read(),
    };
  }

  async #save() {
    const { words } = this.#tongue;
    const was = this.#was;
    const said = this.#read();
    for (const input of [this.#key, this.#name, this.#origins]) set(input, { "aria-invalid": null });
    try {
      if (!was) {
        const { clips: _, ...fresh } = said; // they come when it is there
        const made = await this.#api.ask("POST", "/api/placements", { key: this.#key.value.trim(), ...fresh });
        location.hash = setupLink(made.key);
        return;
      }
      const { kept, left } = await save((body) => this.#api.ask("PATCH", `/api/placements/${was.key}`, body), was, said);
      this.#was = kept;
      this.#write({ ...kept, ...left });
      this.#title.textContent = kept.name;
      this.#around(kept);
      if (left) return this.#refused.say(words.get("setup.quicker"));
      this.#refused.node.hidden = true;
      this.#told.textContent = words.get("setup.saved");
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await this.#refused.attempt(() => Promise.reject(error));
      const inputs = /** @type {Record<string, HTMLElement>} */ ({ placement: this.#key, key: this.#key, name: this.#name, origin: this.#origins, origins: this.#origins });
      const wrong = error.code === "exists" ? this.#key : inputs[Object.keys(error.told.fields ?? {})[0] ?? ""];
      if (!wrong) return;
      set(wrong, { "aria-invalid": "true" });
      wrong.focus();
    }
  }

  /** The sentence above the question. @param {Placed} placed */
  #showNotice({ key, notice }) {
    const { words, when } = this.#tongue;
    const now = notice && (notice.until === null || notice.until > Date.now()) ? notice : null;
    const button = make("button", { type: "button" }, words.get("notice.door"));
    button.addEventListener("click", () => this.#notice(key));
    const said = now ? picked(now.text, words.language) : null;
    this.#standing.replaceChildren(
      make("h3", { id: "setup-notice" }, words.get("setup.notice")),
      make("p", { class: "hint" }, words.get("setup.notice_does")),
      said && now ? make("p", {}, make("q", { lang: said.lang, dir: "auto" }, said.text), " ", now.until ? make("span", { class: "since" }, when.until(now.until)) : "") : "",
      make("p", { class: "doings" }, button),
    );
  }

  /** @param {Placed} placed */
  async #load({ key }) {
    const { words } = this.#tongue;
    const heading = make("h3", { id: "setup-met" }, words.get("setup.met"));
    try {
      const met = await this.#api.ask("GET", `/api/placements/${key}/met`);
      if (this.#was?.key !== key) return;
      this.#met.replaceChildren(make("section", { "aria-labelledby": "setup-met" }, heading, ...showMet(met, this.#tongue)));
    } catch (error) {
      await this.#refused.attempt(() => Promise.reject(error));
    }
    set(this.#met, { "aria-busy": "false" });
  }
}
