/**
 * The letters on the page: two feeds, the lane and all others. One letter is in the order of the tab key, and shows what
 * can be done with it; the rest is quiet.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { Acting } from "./letter.js"
 * @import { Letter, Letters } from "./letters.js"
 */

import { kept, make, set } from "../elements/node.js";
import { linkTo } from "../filter.js";
import { letterParts } from "./letter.js";

export class Table {
  #letters;
  #tongue;
  #acting;
  #opens;
  /** @type {Map<number, HTMLElement>} */
  #articles = new Map();
  /** @type {number | null} */
  #current = null;
  // hidden as long as nothing lies in it: a feed of nothing is none
  reserved = make("div", { class: "letters", role: "feed", "aria-labelledby": "lane-title", hidden: true });
  others = make("div", { class: "letters", role: "feed", "aria-labelledby": "reading-title", hidden: true });

  /**
   * @param {Letters} letters
   * @param {Tongue} tongue
   * @param {Acting | null} acting null for one who may only read
   * @param {(id: number) => void} opens
   */
  constructor(letters, tongue, acting, opens) {
    this.#letters = letters;
    this.#tongue = tongue;
    this.#acting = acting;
    this.#opens = opens;
    for (const feed of [this.reserved, this.others]) {
      feed.addEventListener("focusin", ({ target }) => this.#stand(target instanceof Element ? Number(target.closest("article")?.dataset.id) : NaN));
    }
  }

  /** The letter that the keyboard stands on. @returns {Letter | null} */
  get here() {
    return this.#current === null ? null : this.#letters.find(this.#current);
  }

  /** Whether the focus is in a letter. */
  get focused() {
    return !!document.activeElement?.closest("article.letter");
  }

  /**
   * The id of the neighbour of the one the keyboard stands on.
   * @param {number} step 1 down, -1 up
   */
  neighbour(step) {
    const ids = this.#letters.all.map(({ voice }) => voice.id);
    return this.#current === null ? ids[0] ?? null : ids[ids.indexOf(this.#current) + step] ?? null;
  }

  /** @param {number | null} id @returns {boolean} whether it is there */
  focus(id) {
    const node = id === null ? undefined : this.#articles.get(id);
    node?.focus({ preventScroll: true });
    node?.scrollIntoView({ block: "nearest" });
    return !!node;
  }

  /** All anew, in their order. */
  draw() {
    const { focused } = this;
    this.#articles.clear();
    const nodes = this.#letters.all.map((letter) => this.#article(letter));
    const lanes = this.#letters.all.filter(({ lane }) => lane).length;
    this.reserved.replaceChildren(...nodes.slice(0, lanes));
    this.others.replaceChildren(...nodes.slice(lanes));
    const current = this.#current;
    this.#current = null;
    this.#stand(current !== null && this.#articles.has(current) ? current : this.#letters.all[0]?.voice.id ?? NaN);
    if (focused) this.focus(this.#current);
    this.number();
  }

  /** A letter that looks different now; the focus stays on what it was on. @param {number} id */
  redraw(id) {
    const node = this.#articles.get(id);
    const letter = this.#letters.find(id);
    if (!node || !letter) return;
    const held = document.activeElement instanceof HTMLElement && node.contains(document.activeElement) ? document.activeElement.dataset.does ?? "" : null;
    this.#write(node, letter);
    if (held !== null) ((held ? /** @type {HTMLElement | null} */ (node.querySelector(`[data-does="${held}"]`)) : null) ?? node).focus({ preventScroll: true });
  }

  /** One that left, after it left the letters. @param {number} id @returns {boolean} whether the focus was in it */
  remove(id) {
    const node = this.#articles.get(id);
    const held = node?.contains(document.activeElement) ?? false;
    const beside = node?.nextElementSibling ?? node?.previousElementSibling ?? null;
    node?.remove();
    this.#articles.delete(id);
    if (id === this.#current) {
      this.#current = null;
      this.#stand(beside instanceof HTMLElement ? Number(beside.dataset.id) : this.#letters.all[0]?.voice.id ?? NaN);
    }
    this.number();
    return held && !this.focus(this.#current);
  }

  /** Places within each feed, for those who hear the page. */
  number() {
    for (const feed of [this.reserved, this.others]) {
      feed.hidden = !feed.firstChild;
      const size = feed === this.others && this.#letters.next ? -1 : feed.children.length;
      [...feed.children].forEach((node, place) => set(node, { "aria-posinset": place + 1, "aria-setsize": size }));
    }
  }

  /** @param {number} id NaN: none */
  #stand(id) {
    const found = this.#articles.get(id);
    if (!found || id === this.#current) return;
    if (this.#current !== null) set(this.#articles.get(this.#current) ?? found, { tabindex: -1, "data-current": null });
    set(found, { tabindex: 0, "data-current": true });
    this.#current = id;
  }

  /** @param {Letter} letter */
  #article(letter) {
    const { id } = letter.voice;
    const node = make("article", { "data-id": id, tabindex: -1, "aria-labelledby": `why-${id}`, "aria-describedby": `letter-${id}` });
    this.#articles.set(id, node);
    this.#write(node, letter);
    return node;
  }

  /** @param {HTMLElement} node @param {Letter} letter */
  #write(node, letter) {
    const { id, status } = letter.voice;
    node.className = `letter ${status === "new" ? "unread" : "read"}`;
    node.replaceChildren(...kept(letterParts(letter, this.#tongue, linkTo({}, { open: id }), this.#acting)));
    node.querySelector('a[data-does="open"]')?.addEventListener("click", (event) => {
      event.preventDefault();
      this.#opens(id);
    });
  }
}
