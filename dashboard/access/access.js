/**
 * What lets people and programs in.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Themes } from "../themes/themes.js"
 * @import { Change, Me } from "../types.js"
 */

import { make } from "../elements/node.js";
import { Place } from "../elements/place.js";
import { Own } from "./own.js";
import { Required } from "./required.js";
import { Tokens } from "./tokens.js";

export class Access extends Place {
  #tongue;
  #own;
  #required;
  #tokens;

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {Themes} themes
   * @param {() => void} out one is signed out
   */
  constructor(root, api, me, tongue, themes, out) {
    super(root, tongue.words);
    this.#tongue = tongue;
    this.#own = new Own(api, tongue, out);
    this.#required = me.role === "admin" ? new Required(api, tongue.words) : null;
    this.#tokens = me.role === "admin" ? new Tokens(api, me, tongue, themes) : null;
  }

  build() {
    this.root.append(make("h2", { id: "access-title" }, this.#tongue.words.get("access.title")), this.#own.node);
    for (const part of [this.#required, this.#tokens]) if (part) this.root.append(part.node);
  }

  enter() {
    void this.#own.load();
    void this.#required?.load();
    void this.#tokens?.load();
  }

  leave() {
    this.#tokens?.forget();
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (this.shown && changes.some(({ change }) => change.startsWith("token."))) void this.#tokens?.load();
  }
}
