/**
 * Sorting voices into themes: type, choose with the arrow keys, Enter. A voice belongs to any number of them.
 *
 * @import { Acts } from "../acts.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Submission } from "../types.js"
 * @import { Language } from "../words.js"
 * @import { Themes } from "./themes.js"
 * @import { Theme } from "./types.js"
 */

import { make, set, words as said } from "../elements/node.js";
import { TextFields } from "../elements/text_fields.js";
import { excerpt } from "../excerpt.js";
import { folded } from "./fold.js";

const SHOWN = 60; // themes in the list at once

export class Sorter {
  #dialog;
  #tongue;
  #themes;
  #acts;
  #required;
  #current;
  #done;
  #sorted = false;
  /** @type {number[]} */
  #ids = [];
  #field;
  #list;
  #told;
  #naming;
  /** @type {{id: number | null, node: HTMLElement}[]} what can be chosen now; null: a new theme */
  #options = [];
  #active = 0;
  /** @type {Element | null} */
  #before = null;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {Tongue} tongue
   * @param {Themes} themes
   * @param {Acts} acts
   * @param {readonly Language[]} required a name is said in each of these
   * @param {(id: number) => Submission | null} current a voice as it stands now
   * @param {() => void} done they were sorted, and the dialog is closed
   */
  constructor(dialog, tongue, themes, acts, required, current, done) {
    this.#dialog = dialog;
    this.#tongue = tongue;
    this.#themes = themes;
    this.#acts = acts;
    this.#required = required;
    this.#current = current;
    this.#done = done;
    const { words } = tongue;
    const attributes = { role: "combobox", "aria-expanded": "true", "aria-controls": "sorter-list", "aria-autocomplete": "list" };
    this.#field = make("input", { type: "text", id: "sorter-field", maxlength: 200, autocomplete: "off", ...attributes });
    this.#list = make("ul", { id: "sorter-list", role: "listbox", "aria-multiselectable": "true", "aria-label": words.get("themes.title") });
    this.#told = make("div", { class: "told" });
    this.#naming = make("form", { class: "naming", hidden: true });
    this.#field.addEventListener("input", () => this.#offer(0));
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("click", (event) => {
      const node = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      const place = this.#options.findIndex((option) => option.node === node);
      if (place >= 0) void this.#choose(place);
    });
    const close = make("button", { type: "button" }, words.get("sorter.close"));
    close.addEventListener("click", () => dialog.close());
    dialog.replaceChildren(
      make("h2", { id: "sorter-title" }, words.get("sorter.title")),
      this.#told,
      make("div", { class: "choosing" }, make("label", { for: "sorter-field" }, words.get("sorter.find")), this.#field, this.#list),
      this.#naming,
      make("p", { class: "ending" }, make("span", { class: "hint" }, words.get("sorter.hint")), close),
    );
    dialog.addEventListener("close", () => {
      if (this.#sorted) this.#done();
      this.#return();
    });
  }

  /** @param {readonly Submission[]} voices */
  open(voices) {
    if (!voices.length) return;
    this.#ids = voices.map(({ id }) => id);
    this.#before = document.activeElement;
    this.#sorted = false;
    const { words } = this.#tongue;
    const [first] = voices;
    const text = voices.length === 1 && first?.text ? excerpt(first.text, first.language, 160) : null;
    this.#told.replaceChildren(text ? said(text.whole ? text.text : `${text.text} …`, first?.language ?? null) : make("p", {}, words.get("selection.n", { n: voices.length })));
    this.#naming.hidden = true;
    this.#naming.replaceChildren();
    this.#field.value = "";
    this.#offer(0);
    this.#dialog.showModal();
    this.#field.focus();
  }

  /** Back to where the keyboard was; what was drawn again meanwhile is found by what it does. */
  #return() {
    const before = this.#before instanceof HTMLElement ? this.#before : null;
    const again = before?.dataset.does ? document.querySelector(`[data-does="${before.dataset.does}"]`) : document.getElementById("main");
    const found = before?.isConnected ? before : again;
    if (found instanceof HTMLElement) found.focus({ preventScroll: true });
  }

  /** Names and figures may have changed. */
  refresh() {
    if (this.#dialog.open) this.#offer(this.#active);
  }

  get #voices() {
    return /** @type {Submission[]} */ (this.#ids.map((id) => this.#current(id)).filter((voice) => voice !== null));
  }

  /** The decision that all of them are about. */
  get #decision() {
    const keys = new Set(this.#voices.map(({ decision }) => decision));
    return keys.size === 1 ? [...keys][0] ?? null : null;
  }

  /** @param {number} active */
  #offer(active) {
    const { words, says } = this.#tongue;
    const typed = this.#field.value.trim();
    const wanted = folded(typed);
    const voices = this.#voices;
    const found = this.#themes.offered(this.#decision).filter((theme) => names(theme).some((name) => folded(name).includes(wanted)));
    const exact = found.some((theme) => names(theme).some((name) => folded(name) === wanted));
    this.#options = found.slice(0, SHOWN).map((theme, place) => {
      const inside = voices.filter(({ themes }) => themes.includes(theme.id)).length;
      const about = [
        inside && inside < voices.length ? words.get("sorter.some", { n: inside, of: voices.length }) : null,
        theme.decision && theme.decision !== this.#decision ? says.decision(theme.decision) : null,
        words.get("theme.voices", { n: theme.voices }),
      ].filter((part) => part !== null);
      const whole = inside === voices.length;
      const node = make("li", { role: "option", id: `sorter-${place}`, "aria-selected": String(whole), class: inside && !whole ? "some" : null }, make("bdi", { class: "name" }, says.theme(theme.id)), " ", make("span", { class: "about" }, about.join(" · ")));
      return { id: theme.id, node };
    });
    if (typed && !exact) this.#options.push({ id: null, node: make("li", { role: "option", id: "sorter-new", "aria-selected": "false", class: "new" }, words.get("sorter.new", { name: typed })) });
    this.#list.replaceChildren(...this.#options.map(({ node }) => node));
    if (!this.#options.length) this.#list.append(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "nothing" }, words.get("sorter.none")));
    this.#stand(Math.min(active, this.#options.length - 1));
  }

  /** @param {number} place */
  #stand(place) {
    this.#options[this.#active]?.node.classList.remove("active");
    this.#active = Math.max(0, place);
    const node = this.#options[this.#active]?.node;
    set(this.#field, { "aria-activedescendant": node?.id ?? null });
    node?.classList.toggle("active", true);
    node?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const steps = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 });
    const step = steps[event.key];
    const { length } = this.#options;
    if (step && length) this.#stand((this.#active + step + length) % length);
    else if (event.key === "Enter" && !event.isComposing) void this.#choose(this.#active);
    else return;
    event.preventDefault();
  }

  /** @param {number} place */
  async #choose(place) {
    const option = this.#options[place];
    if (!option) return;
    if (option.id === null) return this.#name(this.#field.value.trim());
    const { id } = option;
    const voices = this.#voices;
    this.#sorted = true;
    await this.#acts.sort(voices, id, !voices.every(({ themes }) => themes.includes(id)));
    this.#field.value = "";
    this.#offer(0);
    this.#stand(Math.max(0, this.#options.findIndex((other) => other.id === id)));
    this.#field.focus();
  }

  /** @param {string} typed */
  #name(typed) {
    const { words } = this.#tongue;
    const first = this.#required.find((language) => language === words.language) ?? this.#required[0] ?? words.language;
    const fields = new TextFields({ name: "name", label: words.get("theme.name"), languages: this.#required, words, lines: 1, limit: 300 });
    fields.write({ [first]: typed });
    const make_ = make("button", { type: "submit", class: "main" }, words.get("sorter.make"));
    const back = make("button", { type: "button" }, words.get("sorter.back"));
    back.addEventListener("click", () => this.#back());
    this.#naming.replaceChildren(make("p", { class: "hint" }, words.get("sorter.name")), fields.node, make("p", { class: "doings" }, make_, back));
    this.#naming.onsubmit = (event) => {
      event.preventDefault();
      if (fields.check()) void this.#make(fields);
    };
    this.#naming.hidden = false;
    fields.focus(this.#required.find((language) => language !== first) ?? first);
  }

  /** @param {TextFields} fields */
  async #make(fields) {
    if (!(await this.#acts.name(fields.read(), this.#decision, this.#voices))) return;
    this.#sorted = true;
    this.#back();
  }

  #back() {
    this.#naming.hidden = true;
    this.#naming.replaceChildren();
    this.#field.value = "";
    this.#offer(0);
    this.#field.focus();
  }
}

/** @param {Theme} theme */
function names(theme) {
  return Object.values(theme.name);
}
