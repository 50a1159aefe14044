/**
 * Where voices go by themselves: rules in an order, each a sentence, the first that fits wins. What they would do with the
 * newest thousand voices stands beside each while it is written, and before it is saved.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Themes } from "../themes/themes.js"
 * @import { Change, Me, Submission } from "../types.js"
 * @import { Rule } from "./draft.js"
 *
 * @typedef {{number: number, examples: Submission[]}} Caught
 * @typedef {{n: number, rules: Caught[], none: Caught, elsewhere: number}} Trial
 * @typedef {{rules: Rule[], lost: number[], revision: number, changed_at: number | null, by: string | null}} Saved
 */

import { Problem } from "../api.js";
import { excerpt } from "../excerpt.js";
import { make } from "../elements/node.js";
import { Place } from "../elements/place.js";
import { linkTo } from "../filter.js";
import { nameOf } from "../triage/people.js";
import { Draft } from "./draft.js";
import { Editor } from "./editor.js";
import { targetSaid, whenSaid } from "./sentence.js";

const TRY_MS = 300; // after the last change
const QUOTED = 140; // characters of an example

export class Routing extends Place {
  #api;
  #me;
  #tongue;
  #themes;
  #say;
  #draft = new Draft();
  /** @type {Set<number>} ids of rules whose desk or colleague is gone */
  #lost = new Set();
  /** @type {Trial | null} what the rules that stand here would do; null while that is not known */
  #trial = null;
  #asked = 0;
  #timer = 0;
  /** @type {number | null} the place of the rule that is open */
  #open = null;
  /** @type {Saved | null} what a colleague saved while something was written here */
  #newer = null;
  #told = make("p", { role: "alert", class: "refused", hidden: true });
  #list = make("ol", { class: "rules" });
  #none = make("div", { class: "none" });
  #begin = make("p", { class: "doings" });
  #saving = make("div", { class: "saving" });
  #moved = make("p", { class: "heard", role: "status" });

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {Themes} themes
   * @param {(said: string, back: (() => Promise<void>) | null) => void} say what was done, and the way back
   */
  constructor(root, api, me, tongue, themes, say) {
    super(root, tongue.words);
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#themes = themes;
    this.#say = say;
  }

  get #may() {
    return this.#me.role !== "viewer";
  }

  build() {
    const { words } = this.#tongue;
    this.root.append(make("h2", { id: "routing-title" }, words.get("routing.title")), make("p", { class: "hint" }, words.get("routing.what")), this.#told, this.#list, this.#none, this.#begin, this.#saving, this.#moved);
  }

  enter() {
    if (!this.#draft.dirty) void this.load();
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (this.shown && changes.some(({ change }) => change === "routing.changed" || change.startsWith("contact_point."))) void this.load();
  }

  async load() {
    await this.#try(async () => {
      /** @type {Saved} */
      const saved = await this.#api.ask("GET", "/api/routing");
      if (this.#draft.dirty) {
        this.#newer = saved.revision === this.#draft.revision ? null : saved;
        return this.#draw();
      }
      this.#fill(saved);
      this.#draw();
      if (this.#may) await this.#attempt();
    });
  }

  /** @param {Saved} saved */
  #fill(saved) {
    this.#draft.fill(saved);
    this.#lost = new Set(saved.lost);
    this.#newer = null;
    this.#open = null;
    this.#trial = null;
  }

  #draw() {
    const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.does : null;
    const { words } = this.#tongue;
    this.#list.replaceChildren(...this.#draft.rules.map((rule, place) => this.#row(rule, place)));
    this.#list.hidden = !this.#draft.rules.length;
    if (this.#may) this.#begin.replaceChildren(this.#button("routing.add", "add", () => this.#add()));
    else this.#begin.replaceChildren(make("span", { class: "hint" }, words.get("routing.viewer")));
    this.#drawTrial();
    if (held) /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-does="${held}"]`))?.focus();
  }

  /** @param {Rule} rule @param {number} place */
  #row(rule, place) {
    const { words } = this.#tongue;
    const name = `rule-${place}`;
    const row = make("li", { class: "rule", "aria-labelledby": name }, this.#sentence(rule, place, name), make("div", { class: "caught", "data-place": place }));
    if (this.#lost.has(rule.id)) row.append(make("p", { class: "warns" }, words.get("routing.lost")));
    if (!this.#may) return row;
    if (this.#open === place) {
      row.append(this.#editor(rule, place));
      return row;
    }
    const said = words.get("routing.rule", { n: place + 1 });
    row.append(make(
      "p",
      { class: "doings" },
      this.#button("routing.change", `change-${place}`, () => this.#show(place), said),
      place > 0 && this.#button("routing.up", `up-${place}`, () => this.#move(place, -1), said),
      place < this.#draft.rules.length - 1 && this.#button("routing.down", `down-${place}`, () => this.#move(place, 1), said),
      this.#button("routing.remove", `remove-${place}`, () => this.#remove(place), said),
    ));
    return row;
  }

  /** @param {Rule} rule @param {number} place @param {string} id */
  #sentence(rule, place, id) {
    return make("p", { class: "sentence", id }, make("bdi", {}, whenSaid(rule, place, this.#tongue)), " ", make("span", { class: "arrow", "aria-hidden": "true" }, "→"), " ", make("strong", {}, make("bdi", {}, targetSaid(rule, this.#tongue))));
  }

  /** @param {Rule} rule @param {number} place */
  #editor(rule, place) {
    const { says } = this.#tongue;
    const offers = {
      placement: this.#me.placements.map(({ key, name }) => ({ value: key, said: name })),
      decision: this.#themes.decisions.map(({ key }) => ({ value: key, said: says.decision(key) })),
      theme: this.#themes.offered(null).map(({ id }) => ({ value: String(id), said: says.theme(id) })),
      points: this.#me.contact_points.map(({ key, name }) => ({ value: key, said: name })),
      members: [...says.team].map(([id, name]) => ({ value: String(id), said: name })),
    };
    const changed = () => {
      this.#list.querySelector(`#rule-${place}`)?.replaceWith(this.#sentence(rule, place, `rule-${place}`));
      this.#changed();
    };
    const editor = new Editor(rule, this.#tongue, offers, changed, () => this.#show(null));
    queueMicrotask(() => this.#fresh && editor.focus());
    return editor.node;
  }

  /** Whether the rule that is open was opened just now. */
  #fresh = false;

  /** @param {number | null} place */
  #show(place) {
    const before = this.#open;
    this.#open = place;
    this.#fresh = place !== null;
    this.#draw();
    queueMicrotask(() => (this.#fresh = false));
    if (place === null) /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-does="change-${before}"]`))?.focus();
  }

  #add() {
    this.#show(this.#draft.add());
    this.#changed();
  }

  /** @param {number} place */
  #remove(place) {
    this.#draft.remove(place);
    this.#open = null;
    this.#draw();
    this.#changed();
    /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-does="change-${Math.min(place, this.#draft.rules.length - 1)}"], [data-does="add"]`))?.focus();
  }

  /** @param {number} place @param {number} step */
  #move(place, step) {
    const to = this.#draft.move(place, step);
    this.#open = null;
    this.#draw();
    this.#changed();
    const does = step < 0 ? "up" : "down";
    const node = this.root.querySelector(`[data-does="${does}-${to}"]`) ?? this.root.querySelector(`[data-does="${step < 0 ? "down" : "up"}-${to}"]`);
    if (node instanceof HTMLElement) node.focus();
    this.#moved.textContent = this.#tongue.words.get("routing.moved", { n: to + 1 });
  }

  /** Something is written otherwise: it is tried when it has been quiet for a moment. */
  #changed() {
    this.#trial = null;
    this.#drawTrial();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#try(() => this.#attempt()), TRY_MS);
  }

  async #attempt() {
    const asked = ++this.#asked;
    const rules = this.#draft.ready;
    /** @type {Trial} */
    const trial = await this.#api.ask("POST", "/api/routing/trial", { rules });
    if (asked !== this.#asked || JSON.stringify(rules) !== JSON.stringify(this.#draft.ready)) return;
    this.#trial = trial;
    this.#drawTrial();
  }

  /** What each rule would catch; and whether it can be saved. */
  #drawTrial() {
    if (!this.#may) return;
    const { words } = this.#tongue;
    const trial = this.#trial;
    let tried = 0;
    this.#draft.rules.forEach((rule, place) => {
      const caught = this.#draft.complete(rule) ? trial?.rules[tried++] : undefined;
      const node = this.#list.querySelector(`.caught[data-place="${place}"]`);
      const waits = this.#draft.complete(rule) ? words.get("routing.trying") : words.get("routing.incomplete");
      node?.replaceChildren(...(caught && trial ? this.#caught("routing.caught", caught, trial.n) : [make("p", { class: "soft" }, waits)]));
    });
    this.#none.replaceChildren(...(trial ? this.#caught(this.#draft.rules.length ? "routing.none" : "routing.empty", trial.none, trial.n) : []));
    this.#drawSaving();
    this.root.setAttribute("aria-busy", String(!trial));
  }

  /** @param {string} key @param {Caught} caught @param {number} of */
  #caught(key, { number, examples }, of) {
    const { words } = this.#tongue;
    const said = make("p", {}, words.get(key, { n: number, of }));
    if (!examples.length) return [said];
    const list = make("ul", { class: "others" }, ...examples.map(({ id, text, language }) => {
      const shown = excerpt(text ?? "", language, QUOTED);
      return make("li", {}, make("a", { href: linkTo({}, { open: id }), dir: "auto", lang: language ?? "" }, shown.whole ? shown.text : `${shown.text} …`));
    }));
    return [said, make("details", {}, make("summary", {}, words.get("routing.examples")), list)];
  }

  #drawSaving() {
    const { words } = this.#tongue;
    const { dirty } = this.#draft;
    if (this.#newer) {
      const by = nameOf(this.#newer.by ?? "");
      return this.#saving.replaceChildren(
        make("p", { role: "status" }, words.get("routing.newer", { by })),
        make("p", { class: "doings" }, this.#button("routing.theirs", "theirs", () => this.#theirs()), this.#button("routing.mine", "mine", () => this.#mine())),
      );
    }
    this.#saving.hidden = !dirty;
    const said = this.#trial ? words.get("routing.tried", { n: this.#trial.n, moved: words.get("routing.elsewhere", { n: this.#trial.elsewhere }) }) : words.get("routing.trying");
    const save = this.#button("routing.save", "save", () => void this.#save());
    save.className = "main";
    save.disabled = !this.#trial;
    this.#saving.replaceChildren(make("p", { role: "status" }, said), make("p", { class: "doings" }, save, this.#button("routing.drop", "drop", () => void this.#drop())), make("p", { class: "hint" }, words.get("routing.from_now")));
  }

  #theirs() {
    if (this.#newer) this.#fill(this.#newer);
    this.#draw();
    void this.#try(() => this.#attempt());
  }

  /** What is written here is kept, and is to be saved over theirs. */
  #mine() {
    if (this.#newer) this.#draft.revision = this.#newer.revision;
    this.#newer = null;
    this.#draw();
    void this.#try(() => this.#attempt());
  }

  async #drop() {
    this.#draft.fill({ rules: [], revision: 0 });
    await this.load();
    this.root.focus({ preventScroll: true });
  }

  async #save() {
    const { words } = this.#tongue;
    await this.#try(async () => {
      const before = await this.#api.ask("GET", "/api/routing");
      try {
        await this.#put(this.#draft.ready, this.#draft.revision);
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 412) throw error;
        this.#newer = before;
        return this.#drawSaving();
      }
      this.root.focus({ preventScroll: true });
      this.#say(words.get("routing.saved"), () => this.#put(before.rules, this.#draft.revision));
    });
  }

  /** @param {readonly Rule[]} rules @param {number} revision */
  async #put(rules, revision) {
    this.#fill(await this.#api.ask("PUT", "/api/routing", { rules, revision }));
    this.#draw();
    await this.#attempt();
  }

  /** @param {string} key @param {string} does @param {() => void} run @param {string} [about] */
  #button(key, does, run, about) {
    const said = this.#tongue.words.get(key);
    const node = make("button", { type: "button", "data-does": does, "aria-label": about ? `${said}: ${about}` : null }, said);
    node.addEventListener("click", run);
    return node;
  }

  /** @param {() => Promise<unknown>} run */
  async #try(run) {
    try {
      await run();
      this.#told.hidden = true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const reasons = Object.values(error.told.fields ?? {}).join(" ");
      this.#told.textContent = reasons || (error.title ? `${error.title}. ${error.detail}` : this.#tongue.words.get("trouble.no_answer"));
      this.#told.hidden = false;
    }
  }
}
