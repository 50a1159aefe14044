/**
 * Writing a response: what follows from it, why, in every required language beside each other, a day, an office that
 * signs. What is half written stays until it is sent or given up, whatever else changes on the page; when a colleague
 * wrote meanwhile, both texts stand there and nothing is lost.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { Me } from "../types.js"
 * @import { Themes } from "./themes.js"
 * @import { Answering, Response, ResponseOutcome, Theme } from "./types.js"
 */

import { Problem } from "../api.js";
import { make, set } from "../elements/node.js";
import { TextFields } from "../elements/text_fields.js";
import { shown } from "./shown.js";

export const OUTCOMES = /** @type {const} */ (["changed", "will_change", "not_changed", "rule", "handed", "not_known"]);
const DATED = /** @type {readonly string[]} */ (["will_change", "not_known"]);
const REASON = 10_000;

export class Answer {
  #tongue;
  #themes;
  #theme;
  #me;
  #done;
  /** @type {number | null} the response that is written on; null: a new one */
  #id;
  #revision;
  #public;
  /** @type {ResponseOutcome | null} */
  #outcome = null;
  #reason;
  #learnt;
  #day;
  #office;
  #to;
  #others;
  #told;
  #conflict;
  #buttons;
  node;
  /** Whether something was written here that nobody has sent. */
  dirty = false;

  /**
   * @param {Theme} theme
   * @param {Response | null} response the draft or the published one that is written on
   * @param {Me} me
   * @param {Themes} themes
   * @param {Tongue} tongue
   * @param {() => void} done it was sent, or given up
   */
  constructor(theme, response, me, themes, tongue, done) {
    this.#theme = theme;
    this.#tongue = tongue;
    this.#themes = themes;
    this.#me = me;
    this.#done = done;
    this.#id = response?.id ?? null;
    this.#revision = response?.revision ?? null;
    this.#public = response?.published_at != null;
    const { words } = tongue;
    const languages = { languages: me.required_languages, more: me.warned_languages, words, limit: REASON };
    this.#reason = new TextFields({ ...languages, name: "reason", label: words.get("answer.reason"), lines: 7 });
    this.#learnt = new TextFields({ ...languages, name: "learnt", label: words.get("answer.learnt"), lines: 3, languages: me.required_languages });
    this.#day = make("input", { type: "date", id: "answer-day" });
    this.#office = make("input", { type: "text", id: "answer-office", maxlength: 300, value: me.member?.office ?? "" });
    this.#to = make("input", { type: "text", id: "answer-to", maxlength: 300 });
    this.#others = make("fieldset", { class: "others" });
    this.#told = make("div", { class: "told", role: "alert" });
    this.#conflict = make("section", { class: "conflict", hidden: true, "aria-label": words.get("conflict.title") });
    this.#buttons = make("p", { class: "doings" });
    this.node = this.#form();
    this.#offerThemes(response?.themes ?? [theme.id]);
    if (response) this.#fill(response);
    else this.#choose(null);
    this.dirty = false;
    this.node.addEventListener("input", () => (this.dirty = true));
  }

  focus() {
    this.node.querySelector("input")?.focus();
  }

  #form() {
    const { words } = this.#tongue;
    const outcomes = make("fieldset", { class: "outcomes" }, make("legend", {}, words.get("answer.outcome")));
    for (const outcome of OUTCOMES) {
      const radio = make("input", { type: "radio", name: "outcome", value: outcome, id: `outcome-${outcome}` });
      radio.addEventListener("change", () => this.#choose(outcome));
      outcomes.append(make("label", { for: radio.id }, radio, " ", words.get(`outcome_choice.${outcome}`)));
    }
    const labelled = (/** @type {string} */ key, /** @type {HTMLInputElement} */ field) => make("p", { class: "field" }, make("label", { for: field.id }, words.get(key)), field);
    const form = make(
      "form",
      { class: "answering noprint", novalidate: true },
      make("h3", {}, words.get(this.#public ? "answer.change_title" : "answer.title")),
      this.#public ? make("p", { class: "hint" }, words.get("answer.public")) : null,
      this.#conflict,
      outcomes,
      make("div", { class: "pair" }, labelled("answer.day", this.#day), labelled("answer.to", this.#to)),
      this.#reason.node,
      make("details", { class: "learnt" }, make("summary", {}, words.get("response.did_not_know")), make("p", { class: "hint" }, words.get("answer.learnt_hint")), this.#learnt.node),
      labelled("answer.office", this.#office),
      this.#others,
      this.#told,
      this.#buttons,
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    this.#offer();
    return form;
  }

  /** The ways out. A published one is only changed in public. */
  #offer() {
    const { words } = this.#tongue;
    const button = (/** @type {string} */ key, /** @type {string | null} */ kind, /** @type {() => void} */ run) => {
      const node = make("button", { type: "button", class: kind }, words.get(key));
      node.addEventListener("click", run);
      return node;
    };
    this.#buttons.replaceChildren(
      button(this.#public ? "answer.change" : "answer.publish", "main", () => this.#ask()),
      ...(this.#public ? [] : [button("answer.draft", null, () => void this.#send(false))]),
      button("answer.leave", null, () => this.#leave()),
    );
  }

  /** Before it stands in public, who will see it is said. */
  #ask() {
    const { words } = this.#tongue;
    if (!this.#complete()) return;
    const themes = this.#chosen();
    const voices = themes.reduce((sum, id) => sum + (this.#themes.one(id)?.voices ?? 0), 0);
    const yes = make("button", { type: "button", class: "main" }, words.get("answer.sure"));
    yes.addEventListener("click", () => void this.#send(true));
    const no = make("button", { type: "button" }, words.get("answer.not_yet"));
    no.addEventListener("click", () => {
      this.#offer();
      this.#buttons.querySelector("button")?.focus();
    });
    const said = [words.get("answer.reach", { n: voices }), ...(themes.length > 1 ? [words.get("response.several", { n: themes.length })] : [])];
    this.#buttons.replaceChildren(make("span", { class: "reach" }, said.join(" ")), yes, no);
    yes.focus();
  }

  #leave() {
    this.dirty = false;
    this.#done();
  }

  /** Whether it can be published; what is missing is said at its field. */
  #complete() {
    const { words } = this.#tongue;
    /** @type {[boolean, HTMLElement | null, string][]} */
    const checks = [
      [this.#outcome === null, this.node.querySelector("input[name=outcome]"), "answer.needs_outcome"],
      [DATED.includes(this.#outcome ?? "") && !this.#day.value, this.#day, "answer.needs_day"],
      [this.#outcome === "handed" && !this.#to.value.trim(), this.#to, "answer.needs_to"],
      [!this.#office.value.trim(), this.#office, "answer.needs_office"],
      [!this.#chosen().length, this.#others.querySelector("input"), "answer.needs_theme"],
    ];
    const wrong = checks.find(([missing]) => missing);
    this.#told.textContent = wrong ? words.get(wrong[2]) : "";
    if (wrong) {
      wrong[1]?.focus();
      return false;
    }
    return this.#reason.check() && (!Object.keys(this.#learnt.read()).length || this.#learnt.check());
  }

  /** @param {boolean} publish */
  async #send(publish) {
    const { words } = this.#tongue;
    if (this.#outcome === null) {
      this.#told.textContent = words.get("answer.needs_outcome");
      return;
    }
    /** @type {Answering} */
    const answering = {
      themes: this.#chosen(),
      outcome: this.#outcome,
      reason: this.#reason.read(),
      did_not_know: this.#learnt.read(),
      by_day: DATED.includes(this.#outcome) ? this.#day.value || null : null,
      handed_to: this.#outcome === "handed" ? this.#to.value.trim() : "",
      office: this.#office.value.trim(),
      publish,
    };
    try {
      if (this.#id === null && (await this.#somebodyBegan())) return;
      const revision = this.#revision;
      await this.#themes.answer(this.#id, revision === null ? answering : { ...answering, revision });
      this.dirty = false;
      this.#done();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#offer();
      const current = error.status === 412 ? error.told.current : null;
      if (current) this.#collide(current);
      else this.#told.textContent = error.title ? [`${error.title}.`, error.detail, ...Object.values(error.told.fields ?? {})].join(" ") : words.get("trouble.no_answer");
    }
  }

  /** A colleague may have begun a response to this theme while this one was written: then it is seen first. */
  async #somebodyBegan() {
    await this.#themes.load();
    const now = this.#themes.one(this.#theme.id);
    const theirs = now?.draft ?? now?.response;
    if (!theirs) return false;
    this.#offer();
    this.#collide(theirs);
    return true;
  }

  /**
   * Somebody else wrote meanwhile: both stand there, and a person decides.
   * @param {Response} theirs
   */
  #collide(theirs) {
    const { words } = this.#tongue;
    const button = (/** @type {string} */ key, /** @type {() => void} */ run) => {
      const node = make("button", { type: "button" }, words.get(key));
      node.addEventListener("click", () => {
        run();
        this.#conflict.hidden = true;
        this.focus();
      });
      return node;
    };
    const on = () => {
      this.#id = theirs.id;
      this.#revision = theirs.revision;
      this.#public = theirs.published_at !== null;
      this.#offer();
    };
    const take = () => {
      on();
      this.#fill(theirs);
    };
    this.#conflict.replaceChildren(
      make("h4", {}, words.get("conflict.by", { by: theirs.by ?? "" })),
      make("p", { class: "hint" }, words.get("conflict.what")),
      shown(theirs, this.#tongue),
      make("p", { class: "doings" }, button("conflict.mine", on), button("conflict.theirs", take)),
    );
    this.#conflict.hidden = false;
    set(this.#conflict, { tabindex: -1 });
    this.#conflict.focus();
    this.#conflict.scrollIntoView({ block: "nearest" });
  }

  /** @param {Response} response */
  #fill(response) {
    const radio = this.node.querySelector(`#outcome-${response.outcome}`);
    if (radio instanceof HTMLInputElement) radio.checked = true;
    this.#reason.write(response.reason);
    this.#learnt.write(response.did_not_know);
    if (Object.keys(response.did_not_know).length) this.node.querySelector(".learnt")?.setAttribute("open", "");
    this.#day.value = response.by_day ?? "";
    this.#office.value = response.office || (this.#me.member?.office ?? "");
    this.#to.value = response.handed_to;
    this.#offerThemes(response.themes);
    this.#choose(response.outcome);
  }

  /** @param {ResponseOutcome | null} outcome */
  #choose(outcome) {
    const { words } = this.#tongue;
    this.#outcome = outcome;
    const dated = DATED.includes(outcome ?? "");
    const [day, to] = [this.#day.parentElement, this.#to.parentElement];
    if (day) day.hidden = !dated;
    if (to) to.hidden = outcome !== "handed";
    const label = day?.querySelector("label");
    if (label && dated) label.textContent = words.get(outcome === "not_known" ? "answer.day_again" : "answer.day");
  }

  /** The other themes that this one text can answer. @param {readonly number[]} chosen */
  #offerThemes(chosen) {
    const { words, says } = this.#tongue;
    const siblings = this.#themes.of(this.#theme.decision, "").filter((theme) => chosen.includes(theme.id) || (!theme.response && !theme.draft));
    this.#others.hidden = siblings.length < 2;
    const boxes = siblings.map(({ id, voices }) => {
      const box = make("input", { type: "checkbox", value: id, checked: chosen.includes(id), disabled: id === this.#theme.id || (this.#public && chosen.includes(id)) });
      box.addEventListener("change", () => this.#count());
      return make("label", {}, box, " ", make("bdi", {}, says.theme(id)), " ", make("span", { class: "hint" }, words.get("theme.voices", { n: voices })));
    });
    this.#others.replaceChildren(make("legend", {}, words.get("answer.themes")), ...boxes, make("p", { class: "hint several" }));
    this.#count();
  }

  #count() {
    const line = this.#others.querySelector(".several");
    const { length } = this.#chosen();
    if (line) line.textContent = length > 1 ? this.#tongue.words.get("response.several", { n: length }) : "";
  }

  /** @returns {number[]} */
  #chosen() {
    const boxes = [...this.#others.querySelectorAll("input")];
    const ids = boxes.filter((box) => box.checked).map((box) => Number(box.value));
    return ids.includes(this.#theme.id) ? ids : [this.#theme.id, ...ids];
  }
}
