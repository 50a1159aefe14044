/**
 * The verdict on an inclusion test, signed by somebody outside the project: a colleague of another office, or somebody who does
 * not work here, by name and organisation.
 *
 * @import { Texts } from "../desk/types.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Me } from "../types.js"
 * @import { Inclusion, Verdict } from "./test.js"
 */

import { button, Fields, goTo } from "../desk/fields.js";
import { refill } from "../desk/refill.js";
import { tidyTexts } from "../desk/texts.js";
import { make } from "../elements/node.js";
import { missingBy } from "./test.js";

/** @type {readonly Verdict[]} */
const VERDICTS = ["yes", "with", "no"];

export class Signing {
  #me;
  #tongue;
  #send;
  #unsaved;
  #fields = new Fields(() => {});
  /** @type {Verdict} */
  #verdict = "yes";
  /** @type {Texts} */
  #note = {};
  #who = "other";
  #name = make("input", { autocomplete: "off", maxlength: 200 });
  #organisation = make("input", { autocomplete: "off", maxlength: 200 });
  #body = make("div", {});
  node;

  /**
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {(path: string, method: string, body: object) => void} send
   * @param {() => boolean} unsaved whether something is written that is not stored
   */
  constructor(me, tongue, send, unsaved) {
    this.#me = me;
    this.#tongue = tongue;
    this.#send = send;
    this.#unsaved = unsaved;
    const { words } = tongue;
    this.node = make("section", { class: "block signing", id: "i-sign" }, make("h3", {}, words.get("inclusion.sign")), make("p", { class: "hint" }, words.get("inclusion.sign_hint")), this.#body);
  }

  /** @param {Inclusion} inclusion */
  update(inclusion) {
    const { words } = this.#tongue;
    const { missing, revision, mine, signed, reopened } = inclusion;
    const unsaved = this.#unsaved();
    this.node.hidden = !!signed && !reopened;
    refill(this.#body, [missing, revision, mine, unsaved], () => {
      if (unsaved) return [make("p", {}, words.get("inclusion.unsaved"))];
      if (missing.length) return this.#missing(missing);
      const byMe = this.#me.member !== null && !mine;
      this.#who = byMe ? this.#who : "other";
      const languages = this.#me.required_languages;
      const outside = make("div", { class: "two-fields" }, this.#one("i-name", "inclusion.name", this.#name), this.#one("i-organisation", "inclusion.organisation", this.#organisation));
      const show = () => (outside.hidden = this.#who !== "other");
      const nodes = [
        this.#fields.choice({ id: "i-verdict", label: words.get("inclusion.verdict"), options: VERDICTS.map((value) => [value, words.get(`inclusion.signed.${value}`)]), get: () => this.#verdict, put: (value) => (this.#verdict = /** @type {Verdict} */ (value)) }),
        this.#fields.texts({ id: "i-note", label: words.get("inclusion.note"), get: () => this.#note, languages, required: languages, rows: 2, limit: 240 }),
        byMe ? this.#fields.choice({ id: "i-who", label: words.get("inclusion.who"), options: [["me", words.get("inclusion.by_me", { name: `${this.#me.member?.name}, ${this.#me.member?.office}` })], ["other", words.get("inclusion.by_other")]], get: () => this.#who, put: (value) => {
          this.#who = value;
          show();
        } }) : make("p", {}, words.get("inclusion.by_other")),
        outside,
        make("p", {}, button(words.get("inclusion.sign_do"), () => this.#sign(revision), { class: "first", id: "sign-inclusion" })),
      ];
      show();
      return nodes;
    });
  }

  /** @param {string} id @param {string} key @param {HTMLInputElement} control */
  #one(id, key, control) {
    control.id = id;
    return make("div", { class: "one-field" }, make("label", { for: id }, this.#tongue.words.get(key)), control);
  }

  /** @param {readonly string[]} missing */
  #missing(missing) {
    const { words } = this.#tongue;
    const by = [...missingBy(missing)];
    const lines = by.map(([name, codes]) => {
      const id = name === "steps" ? "i-steps" : `i-${name}`;
      const what = words.get(name === "steps" ? "inclusion.steps" : `inclusion.q.${name}`);
      const link = make("a", { href: `#${id}` }, codes.length ? words.get("inclusion.in", { what, language: [...new Set(codes)].map((code) => words.languageName(code)).join(", ") }) : what);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        goTo(id);
      });
      return make("li", {}, link);
    });
    return [make("p", {}, words.get("inclusion.missing", { n: by.length })), make("ul", { class: "todo" }, ...lines)];
  }

  /** @param {number} revision */
  #sign(revision) {
    const outside = this.#who === "other" ? { name: this.#name.value.trim(), organisation: this.#organisation.value.trim() } : {};
    if (this.#who === "other" && !this.#name.value.trim()) return this.#name.focus();
    if (this.#who === "other" && !this.#organisation.value.trim()) return this.#organisation.focus();
    this.#send("/verdict", "POST", { revision, verdict: this.#verdict, note: tidyTexts(this.#note), ...outside });
  }
}
