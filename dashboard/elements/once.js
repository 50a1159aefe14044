/**
 * Something secret that is shown once, ready to be copied: a link, a token. It is gone when one looks at something else.
 *
 * @import { Words } from "../words.js"
 */

import { make } from "./node.js";

export class Once {
  #words;
  #id;
  node = make("div", { class: "invited", hidden: true, tabindex: -1 });

  /** @param {Words} words @param {string} id of the field */
  constructor(words, id) {
    this.#words = words;
    this.#id = id;
  }

  /**
   * @param {string} label
   * @param {string} secret
   * @param {...(string | Node)} hints what to know of it
   */
  show(label, secret, ...hints) {
    const words = this.#words;
    const field = make("input", { type: "text", readonly: true, id: this.#id, value: secret, dir: "ltr" });
    const copy = make("button", { type: "button" }, words.get("members.copy"));
    const copied = make("span", { role: "status" });
    copy.addEventListener("click", async () => {
      field.select();
      const well = await navigator.clipboard.writeText(secret).then(() => true, () => false);
      copied.textContent = words.get(well ? "members.copied" : "members.select");
    });
    this.node.replaceChildren(
      make("p", { class: "field" }, make("label", { for: field.id }, label), field),
      make("p", { class: "doings" }, copy, copied),
      ...hints.map((hint) => (typeof hint === "string" ? make("p", { class: "hint" }, hint) : hint)),
    );
    this.node.hidden = false;
    this.node.focus();
  }

  forget() {
    this.node.hidden = true;
    this.node.replaceChildren();
  }
}
