/**
 * Those for which one voice of the stream stands: how many, and, once asked for, each of them.
 *
 * @import { Others, Submission } from "../types.js"
 * @import { Tongue } from "./article.js"
 *
 * @typedef {object} Unfolding
 * @property {(id: number) => Promise<Submission[] | null>} load those behind one, the newest first; null when they cannot be had
 * @property {(id: number) => string} address where one is read
 * @property {(id: number) => string} all the address of a view of them and no other
 */

import { excerpt } from "../excerpt.js";
import { glyph } from "./glyph.js";
import { make, set } from "./node.js";

const SHOWN = 160; // characters of each

export class Folded {
  #tongue;
  #doing;
  /** @type {Map<number, HTMLElement>} what stands below the ones that are unfolded */
  #open = new Map();

  /**
   * @param {Tongue} tongue
   * @param {Unfolding} doing
   */
  constructor(tongue, doing) {
    this.#tongue = tongue;
    this.#doing = doing;
  }

  /**
   * @param {number} id
   * @param {Others} others for which it stands
   * @param {boolean} burst whether they came within minutes
   */
  node(id, others, burst) {
    const { words } = this.#tongue;
    const said = words.get(burst ? "stream.burst" : "folded.others", { n: others.others });
    const grave = others.grave ? [" ", make("strong", { class: "gravity" }, glyph("grave"), words.get("folded.grave", { n: others.grave }))] : [];
    const open = this.#open.get(id);
    const button = make("button", { type: "button", class: "unfold", "aria-expanded": String(!!open), "data-does": `unfold-${id}`, "aria-keyshortcuts": "f" }, said, ...grave);
    const node = make("div", { class: "folded" }, button, open ?? null);
    button.addEventListener("click", () => this.#turn(id, others, button, node));
    return node;
  }

  /** Another view: nothing is unfolded there yet. */
  clear() {
    this.#open.clear();
  }

  /**
   * @param {number} id
   * @param {Others} others
   * @param {HTMLElement} button
   * @param {HTMLElement} node
   */
  #turn(id, others, button, node) {
    const open = this.#open.get(id);
    set(button, { "aria-expanded": String(!open) });
    if (open) {
      open.remove();
      this.#open.delete(id);
      return;
    }
    const list = make("div", { "aria-busy": "true" });
    this.#open.set(id, list);
    node.append(list);
    void this.#fill(id, others, list);
  }

  /**
   * @param {number} id
   * @param {Others} others
   * @param {HTMLElement} list
   */
  async #fill(id, others, list) {
    const { words, when } = this.#tongue;
    const found = await this.#doing.load(id);
    set(list, { "aria-busy": null });
    if (!found) {
      list.replaceChildren(make("p", { class: "hint" }, words.get("folded.failed")));
      return;
    }
    const items = found.map((other) => {
      const { text, whole } = excerpt(other.text ?? "", other.language, SHOWN);
      const grave = this.#tongue.says.grave(other);
      return make(
        "li",
        {},
        make("a", { href: this.#doing.address(other.id), dir: "auto", lang: other.language ?? "" }, whole ? text : `${text} …`),
        make("span", { class: "context" }, grave ? make("strong", { class: "gravity" }, glyph("grave"), words.get("grave")) : null, make("time", { datetime: when.machine(other.received_at), "data-at": other.received_at }, when.said(other.received_at))),
      );
    });
    const n = others.others + 1;
    list.replaceChildren(make("ul", { class: "others" }, ...items), make("p", {}, make("a", { href: this.#doing.all(id) }, words.get("folded.all", { n }))));
  }
}
