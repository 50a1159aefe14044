/**
 * What stands around the room: the mark, search, languages, help, the way out. Our own words only.
 *
 * @import { Me } from "../types.js"
 * @import { Place } from "../keys.js"
 * @import { Words } from "../words.js"
 */

import { linkTo, parseView, scopeOf } from "../filter.js";
import { KEYS } from "../keys.js";
import { LANGUAGE_NAMES, LANGUAGES } from "../words.js";
import { make, part, set } from "./node.js";
import { sectionOf } from "./places.js";

export class Frame {
  #words;
  /** A search is sent off. @type {() => void} */
  sought = () => {};
  /** Whether keys of one character do anything. */
  characterKeys = true;

  /** @param {Words} words */
  constructor(words) {
    this.#words = words;
    document.documentElement.lang = words.language;
    const skip = part("skip", HTMLAnchorElement);
    skip.textContent = words.get("frame.skip");
    skip.hidden = false;
    skip.addEventListener("click", (event) => {
      event.preventDefault();
      part(sectionOf(document.body.dataset.at), HTMLElement).focus();
    });
    part("q-label", HTMLElement).textContent = words.get("frame.search");
    set(part("q", HTMLElement), { placeholder: words.get("frame.search") });
    set(part("views", HTMLElement), { "aria-label": words.get("frame.views") });
    set(part("languages", HTMLElement), { "aria-label": words.get("frame.language") });
    set(part("pane", HTMLElement), { "aria-label": words.get("frame.pane") });
    part("keys", HTMLElement).textContent = words.get("help.title");
    part("leave", HTMLElement).textContent = words.get("frame.leave");
    part("export-title", HTMLElement).textContent = words.get("export.title");
    this.#help();
    this.#languages();
    this.#search();
    this.#folding();
  }

  /**
   * @param {Me} me
   * @param {() => void} leave
   */
  show(me, leave) {
    part("agency", HTMLElement).textContent = me.agency.name;
    const who = [me.name, me.member?.office, this.#words.get(`role.${me.role}`)].filter((said) => said);
    part("who", HTMLElement).textContent = who.join(" · ");
    part("leave", HTMLElement).addEventListener("click", leave);
    part("room", HTMLElement).hidden = false;
    part("search", HTMLElement).hidden = false;
    this.title(0);
  }

  /** @param {number} unseen how many came while nobody looked */
  title(unseen) {
    const said = unseen ? `(${this.#words.number(unseen)}) Tijdens` : "Tijdens";
    if (document.title !== said) document.title = said;
  }

  help() {
    part("help", HTMLDialogElement).showModal();
  }

  /** Escape in the search field leaves it. @returns {boolean} whether it did */
  leaveSearch() {
    const field = part("q", HTMLInputElement);
    if (document.querySelector("dialog[open]")) return true;
    if (document.activeElement !== field) return false;
    field.blur();
    return true;
  }

  /** @param {EventTarget | null} target @returns {Place} */
  placeOf(target) {
    if (document.querySelector("dialog[open]")) return "text";
    if (!(target instanceof Element)) return "page";
    if (target.matches("input:not([type=checkbox]), textarea, select")) return "text";
    if (target.matches("article")) return "voice";
    return target.matches("a, button, summary, input") ? "control" : "page";
  }

  #languages() {
    const links = LANGUAGES.map((code) => {
      const current = code === this.#words.language;
      const link = make("a", { lang: code, hreflang: code, href: `?lang=${code}`, "aria-current": current && "true" }, LANGUAGE_NAMES[code]);
      link.addEventListener("click", () => (link.hash = location.hash));
      return link;
    });
    part("languages", HTMLElement).replaceChildren(...links);
  }

  #search() {
    part("search", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      const q = part("q", HTMLInputElement).value.trim();
      const scope = scopeOf(parseView(location.hash).filter);
      if (q) this.sought();
      location.hash = linkTo(q ? { ...scope, q } : scope);
    });
  }

  #folding() {
    const button = part("unfold", HTMLElement);
    const side = part("side", HTMLElement);
    button.textContent = this.#words.get("frame.views");
    const fold = (/** @type {boolean} */ open) => {
      set(button, { "aria-expanded": String(open) });
      side.classList.toggle("unfolded", open);
    };
    button.addEventListener("click", () => fold(button.getAttribute("aria-expanded") !== "true"));
    side.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("#views a")) fold(false);
    });
  }

  #help() {
    const words = this.#words;
    const dialog = part("help", HTMLDialogElement);
    const box = make("input", { type: "checkbox", checked: true, id: "characters" });
    box.addEventListener("change", () => (this.characterKeys = box.checked));
    const close = make("button", { type: "button" }, words.get("help.close"));
    close.addEventListener("click", () => dialog.close());
    const lines = KEYS.map(([key, command]) => make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, words.get(`key.${command}`))));
    dialog.replaceChildren(
      make("h2", { id: "help-title" }, words.get("help.title")),
      make("dl", { class: "keys" }, ...lines),
      make("p", {}, make("label", {}, box, " ", words.get("help.characters"))),
      make("p", {}, close),
    );
    part("keys", HTMLElement).addEventListener("click", () => this.help());
  }
}
