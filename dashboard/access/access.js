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
import { Tokens } from "./tokens.js";

export class Access extends Place {
  #tongue;
  #tokens;

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {Themes} themes
   */
  constructor(root, api, me, tongue, themes) {
    super(root, tongue.words);
    this.#tongue = tongue;
    this.#tokens = me.role === "admin" ? new Tokens(api, me, tongue, themes) : null;
  }

  build() {
    this.root.append(make("h2", { id: "access-title" }, this.#tongue.words.get("access.title")));
    if (this.#tokens) this.root.append(this.#tokens.node);
  }

  enter() {
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
