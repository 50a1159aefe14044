/**
 * The stream: a feed of voices, newest first. It changes only what changed, and never moves by itself.
 *
 * @import { Submission } from "../types.js"
 * @import { Tongue } from "./article.js"
 * @import { Folded } from "./folded.js"
 */

import { article } from "./article.js";
import { make, set } from "./node.js";

export class Stream {
  #feed;
  #tongue;
  #address;
  #chosen;
  #folded;
  /** @type {Map<number, {node: HTMLElement, shown: Submission}>} */
  #articles = new Map();
  /** @type {number | null} the one that the keyboard stands on */
  #current = null;
  /** Nobody was there yet: the first key goes to it, not past it. */
  #fresh = true;
  /** @type {number | null} */
  #open = null;

  /**
   * @param {HTMLElement} feed
   * @param {Tongue} tongue
   * @param {(id: number) => string} address where one is read
   * @param {((id: number) => boolean) | null} chosen whether one is; null when none can be
   * @param {Folded} folded what stands behind one
   */
  constructor(feed, tongue, address, chosen, folded) {
    this.#feed = feed;
    this.#tongue = tongue;
    this.#address = address;
    this.#chosen = chosen;
    this.#folded = folded;
    feed.addEventListener("focusin", (event) => {
      const id = idOf(event.target);
      if (id === null) return;
      this.#fresh = false;
      this.#stand(id);
    });
  }

  /** Something was done with the one that the keyboard stands on. */
  met() {
    this.#fresh = false;
  }

  get current() {
    return this.#current;
  }

  /**
   * @param {readonly Submission[]} rows
   * @param {boolean} more whether there are others before or behind them
   */
  show(rows, more) {
    const wanted = new Set(rows.map((row) => row.id));
    for (const [id, { node }] of this.#articles) {
      if (wanted.has(id)) continue;
      node.remove();
      this.#articles.delete(id);
    }
    /** @type {Element | null} */
    let next = this.#feed.firstElementChild;
    rows.forEach((row, place) => {
      const node = this.#article(row);
      if (node === next) next = node.nextElementSibling;
      else this.#feed.insertBefore(node, next);
      set(node, { "aria-posinset": place + 1, "aria-setsize": more ? -1 : rows.length });
    });
    if (this.#current === null || !wanted.has(this.#current)) {
      this.#fresh = true;
      this.#stand(rows[0]?.id ?? null);
    }
  }

  /** @param {boolean} busy */
  set busy(busy) {
    set(this.#feed, { "aria-busy": String(busy) });
  }

  /** Marks the one that is being read. @param {number | null} id */
  set open(id) {
    if (this.#open !== null) this.#articles.get(this.#open)?.node.removeAttribute("aria-current");
    this.#open = id;
    if (id === null) return;
    this.#fresh = false;
    const found = this.#articles.get(id);
    if (found) set(found.node, { "aria-current": "true" });
    this.#stand(id);
  }

  /**
   * The id of the neighbour of the one the keyboard stands on.
   * @param {number} step 1 down, -1 up
   */
  neighbour(step) {
    if (this.#fresh && step > 0) return this.#current;
    const ids = [...this.#feed.children].map(idOf);
    const place = this.#current === null ? -1 : ids.indexOf(this.#current);
    return ids[Math.min(Math.max(place + step, 0), ids.length - 1)] ?? null;
  }

  /** Ids as they stand. */
  get order() {
    return [...this.#feed.children].map(idOf).filter((id) => id !== null);
  }

  /** Which ones are chosen has changed. */
  mark() {
    for (const [id, { node }] of this.#articles) {
      const box = node.querySelector("input.pick");
      if (box instanceof HTMLInputElement) box.checked = this.#chosen?.(id) ?? false;
    }
  }

  /** Themes have other names. */
  rename() {
    for (const known of this.#articles.values()) {
      if (!known.shown.themes?.length) continue;
      const line = article(known.shown, this.#tongue, this.#address(known.shown.id)).querySelector(".context");
      const old = known.node.querySelector(".context");
      if (line && old && line.textContent !== old.textContent) old.replaceWith(line);
    }
  }

  /** @param {number | null} id */
  focus(id) {
    const found = id === null ? undefined : this.#articles.get(id);
    found?.node.focus({ preventScroll: true });
    this.reveal(id);
  }

  /** Brings it into sight when it is not. @param {number | null} id */
  reveal(id) {
    if (id !== null) this.#articles.get(id)?.node.scrollIntoView({ block: "nearest" });
  }

  /** Moments grow older, and claims end. */
  tick() {
    for (const claim of this.#feed.querySelectorAll(".claim")) if (Number(claim.getAttribute("data-until")) <= Date.now()) claim.remove();
    for (const time of this.#feed.querySelectorAll("time")) {
      const said = this.#tongue.when.said(Number(time.dataset.at));
      if (time.textContent !== said) time.textContent = said;
    }
  }

  /** Shows those for which the one that the keyboard stands on stands, or folds them again. */
  unfold() {
    const node = this.#current === null ? null : this.#articles.get(this.#current)?.node.querySelector("button.unfold");
    if (node instanceof HTMLElement) node.click();
  }

  /** The addresses change with the view. */
  readdress() {
    for (const [id, { node }] of this.#articles) node.querySelector("a.opens")?.setAttribute("href", this.#address(id));
  }

  /** @param {Submission} row */
  #article(row) {
    const known = this.#articles.get(row.id);
    if (known?.shown === row) return known.node;
    const node = article(row, this.#tongue, this.#address(row.id));
    if (row.folded) node.append(this.#folded.node(row.id, row.folded, row.burst));
    if (this.#chosen) node.append(this.#pick(row.id, node.getAttribute("aria-labelledby")));
    if (known) {
      known.node.className = node.className;
      if (row.id === this.#open) set(known.node, { "aria-current": "true" });
      known.node.replaceChildren(...node.childNodes);
      known.shown = row;
      return known.node;
    }
    if (row.id === this.#open) set(node, { "aria-current": "true" });
    this.#articles.set(row.id, { node, shown: row });
    return node;
  }

  /** @param {number} id @param {string | null} named the id of its words */
  #pick(id, named) {
    const box = make("input", { type: "checkbox", class: "pick", tabindex: -1, id: `pick-${id}`, "aria-label": this.#tongue.words.get("selection.pick"), "aria-describedby": named });
    box.checked = this.#chosen?.(id) ?? false;
    return box;
  }

  /** One article is in the order of the tab key. @param {number | null} id */
  #stand(id) {
    if (this.#current !== null) this.#articles.get(this.#current)?.node.setAttribute("tabindex", "-1");
    const found = id === null ? undefined : this.#articles.get(id);
    if (found) set(found.node, { tabindex: 0 });
    this.#current = found ? id : null;
  }
}

/**
 * @param {EventTarget | null} target
 * @returns {number | null} the id of the submission that a node belongs to
 */
export function idOf(target) {
  const node = target instanceof Element ? target.closest("article[data-id]") : null;
  return node ? Number(node.getAttribute("data-id")) : null;
}
