/**
 * The receipt of somebody who spoke: what is stored, read back; the code in groups to say or to print. It is hers: it leaves
 * the screen with the next person, and after two minutes.
 *
 * @import { Tongue } from "../elements/article.js"
 *
 * @typedef {{id: number, receipt: string, text: string | null, masked_notice: string | null}} Taken
 */

import { make } from "../elements/node.js";

const LEAVES_MS = 120_000;

export class Receipt {
  #tongue;
  #next;
  #timer = 0;
  node = make("section", { class: "receipt-of", "aria-labelledby": "receipt-of-title", hidden: true });

  /**
   * @param {Tongue} tongue
   * @param {() => void} next somebody else is served
   */
  constructor(tongue, next) {
    this.#tongue = tongue;
    this.#next = next;
  }

  /** @param {Taken} taken @param {boolean} own whether it is of the member herself */
  show({ id, receipt, text, masked_notice: masked }, own) {
    const { words } = this.#tongue;
    const next = make("button", { type: "button", class: "first", "data-does": "next" }, words.get("counter.next"));
    next.addEventListener("click", () => this.#go());
    const paper = make("button", { type: "button" }, words.get("counter.print"));
    paper.addEventListener("click", () => print());
    const undo = make("button", { type: "button" }, words.get("counter.undo"));
    undo.addEventListener("click", () => void this.#undo(receipt));
    const groups = !receipt ? [] : receipt.split("-").map((group, place) => make("li", {}, make("span", { class: "heard" }, words.get("counter.group", { n: place + 1 })), make("code", {}, group)));
    this.node.replaceChildren(
      make("h3", { id: "receipt-of-title", tabindex: "-1" }, words.get(own ? "counter.stored_own" : "counter.stored")),
      text ? make("blockquote", { dir: "auto" }, text) : make("p", {}, words.get("counter.no_words")),
      masked ? make("p", { class: "masked" }, masked) : "",
      groups.length ? make("ol", { class: "groups", "aria-label": words.get("counter.code") }, ...groups) : make("p", {}, words.get("counter.no_code")),
      id ? "" : make("p", { class: "masked" }, words.get("counter.kept")),
      make("p", { class: "hint" }, words.get("counter.hers", { address: `${location.host}/r` })),
      make("p", { class: "doings" }, next, groups.length ? paper : "", id ? undo : ""),
      make("p", { class: "strip" }, words.get("counter.strip", { address: `${location.host}/r` })),
    );
    this.node.hidden = false;
    next.focus();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#go(), LEAVES_MS);
  }

  /** Nothing of it stays on the page. */
  forget() {
    clearTimeout(this.#timer);
    this.node.replaceChildren();
    this.node.hidden = true;
  }

  #go() {
    this.forget();
    this.#next();
  }

  /** She changed her mind: it is erased, as she could do herself with her code. @param {string} code */
  async #undo(code) {
    const { words } = this.#tongue;
    const response = await fetch("/api/receipt", { method: "DELETE", headers: { authorization: `Receipt ${code}` } }).catch(() => null);
    if (response?.ok) return this.#go();
    this.node.querySelector(".hint")?.replaceChildren(words.get("counter.undo_failed"));
  }
}
