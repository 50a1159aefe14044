/**
 * Two versions beside each other, and the trail: which themes moved a changed passage.
 *
 * @import { Board } from "./board.js"
 * @import { Compared, Lines, Passage, Texts, Theme, Work } from "./types.js"
 * @import { Hunk } from "./hunks.js"
 * @import { Said } from "./said.js"
 */

import { Problem } from "../api.js";
import { heard, make } from "../elements/node.js";
import { LANGUAGE_NAMES, LANGUAGES } from "../words.js";
import { wordsLink } from "./address.js";
import { button, Fields, goTo } from "./fields.js";
import { hunksOf, inLanguages } from "./hunks.js";
import { refill } from "./refill.js";
import { picked } from "./texts.js";

export class Versions {
  #board;
  #said;
  #lines;
  #may;
  #work;
  /** @type {readonly Theme[]} */
  #themes = [];
  #from;
  #to;
  /** @type {string} */
  #language;
  /** @type {Compared[]} */
  #compared = [];
  #choice = make("div", { class: "compare-choice" });
  #comparison = make("div", { class: "comparison" });
  #linking = make("div", {});
  #trail = make("div", { class: "trail" });
  #trouble = make("p", { class: "refused", role: "alert", hidden: true });

  /** @param {Board} board @param {Work} work @param {Lines} lines @param {Said} said @param {boolean} may */
  constructor(board, work, lines, said, may) {
    this.#board = board;
    this.#said = said;
    this.#lines = lines;
    this.#may = may && work.state !== "withdrawn" && work.state !== "merged";
    this.#work = work;
    this.#from = Math.max(1, work.version - 1);
    this.#to = work.version;
    this.#language = lines.required_languages.find((code) => code === said.words.language) ?? lines.required_languages[0] ?? said.words.language;
    this.node = make("div", { class: "versions-page" }, this.#choice, this.#trouble, this.#comparison, this.#linking, this.#trail);
    this.update(work, []);
  }

  /** @param {Work} work @param {readonly Theme[]} themes */
  update(work, themes) {
    if (work.version > this.#work.version) {
      this.#from = work.version - 1;
      this.#to = work.version;
    }
    const isNew = work.version !== this.#work.version || !this.#compared.length;
    this.#work = work;
    this.#themes = themes;
    const { words } = this.#said;
    refill(this.#choice, [work.versions, work.state === "draft", this.#from, this.#to], () => this.#choosing());
    refill(this.#trail, [work.passages, themes.map(({ id, name, voices }) => [id, name, voices]), words.language], () => this.#passages());
    if (isNew && work.version > 1 && work.state !== "draft") void this.#compare();
  }

  #choosing() {
    const { words, when } = this.#said;
    const { versions, state } = this.#work;
    if (!versions.length) return [];
    const list = make("ol", { class: "version-list" }, ...versions.map(({ version, published_at, note }) =>
      make("li", {}, make("strong", {}, words.get("desk.text.version", { n: version })), " ", make("time", { datetime: when.machine(published_at) }, when.said(published_at)), Object.keys(note).length ? make("p", { class: "hint" }, this.#said.text(note)) : null)));
    const head = make("h3", {}, words.get("desk.text.versions"));
    if (versions.length < 2) return [head, list];
    if (state === "draft") return [head, list, make("p", { class: "hint" }, words.get("desk.text.compare_later"))];
    const pick = (/** @type {string} */ id, /** @type {string} */ label, /** @type {[string, string][]} */ options, /** @type {string} */ value, /** @type {(value: string) => void} */ put) => {
      const select = make("select", { id }, ...options.map(([code, text]) => make("option", { value: code }, text)));
      select.value = value;
      select.addEventListener("change", () => {
        put(select.value);
        void this.#compare();
      });
      return make("div", { class: "one-field" }, make("label", { for: id }, label), select);
    };
    const numbers = versions.map(({ version }) => /** @type {[string, string]} */ ([String(version), words.get("desk.text.version", { n: version })]));
    const used = new Set(this.#work.sections.flatMap(({ text }) => Object.keys(text)));
    const tongues = LANGUAGES.filter((code) => used.has(code)).map((code) => /** @type {[string, string]} */ ([code, LANGUAGE_NAMES[code]]));
    return [head, list, make("div", { class: "picks" },
      pick("compare-from", words.get("desk.text.from"), numbers, String(this.#from), (value) => (this.#from = Number(value))),
      pick("compare-to", words.get("desk.text.to"), numbers, String(this.#to), (value) => (this.#to = Number(value))),
      pick("compare-language", words.get("desk.text.pour_language"), tongues, this.#language, (value) => (this.#language = value)))];
  }

  async #compare() {
    const { words } = this.#said;
    const asked = [this.#from, this.#to, this.#language].join();
    const found = await this.#ask(() => this.#board.client.compare(this.#work.key, this.#from, this.#to, this.#language));
    if (!found || asked !== [this.#from, this.#to, this.#language].join()) return;
    this.#compared = found;
    const changed = found.filter(({ kind }) => kind !== "same");
    const same = found.length - changed.length;
    this.#comparison.replaceChildren(
      make("p", { class: "hint", role: "status" }, words.get(changed.length ? "desk.text.changed" : "desk.text.unchanged", { n: changed.length }), same && changed.length ? ` ${words.get("desk.text.same", { n: same })}` : ""),
      ...changed.map((section) => this.#section(section)));
  }

  /** @param {Compared} section */
  #section(section) {
    const { words } = this.#said;
    const linkable = this.#may && this.#to === this.#from + 1;
    const names = { gone: "del", new: "ins" };
    const pieces = section.pieces.map(({ kind, text }) =>
      kind === "same" ? text : make(/** @type {"del" | "ins"} */ (names[kind]), {}, heard(words.get(`desk.text.${kind}`)), text));
    const linked = this.#work.passages.filter((passage) => passage.section === section.key && passage.version === this.#to).length;
    return make("section", { class: "compared" },
      make("h4", { lang: this.#language }, section.title || words.get("desk.text.section_key", { key: section.key }), " ", make("span", { class: "kind", lang: words.language }, words.get(`desk.text.kind_${section.kind}`))),
      make("p", { class: "words", lang: this.#language }, ...pieces),
      linkable ? button(words.get(linked ? "desk.trail.link_more" : "desk.trail.link"), () => void this.#link(section), { id: `link-${section.key}` }) : null);
  }

  /**
   * Which themes moved this passage: before and after are proposed from the comparison in every language.
   * @param {Compared} section
   */
  async #link(section) {
    const codes = LANGUAGES.filter((code) => this.#lines.required_languages.includes(code) || this.#work.sections.some(({ key, text }) => key === section.key && text[code]));
    const found = await this.#ask(() => Promise.all(codes.map(async (code) => /** @type {const} */ ([code, (await this.#board.client.compare(this.#work.key, this.#from, this.#to, code)).find(({ key }) => key === section.key)]))));
    if (!found) return;
    const hunks = Object.fromEntries(found.map(([code, compared]) => [code, compared && compared.kind !== "same" ? hunksOf(compared.pieces) : []]));
    this.#form({ title: section.title || section.key, section: section.key, version: this.#to, hunks, themes: [], passage: null, ...inLanguages(hunks, this.#language, 0), back: `link-${section.key}` });
  }

  /**
   * @param {{title: string, section: string, version: number, hunks: Record<string, Hunk[]>, before: Texts, after: Texts, themes: number[], passage: Passage | null, back: string}} given
   */
  #form({ title, section, version, hunks, before, after, themes, passage, back }) {
    const { words } = this.#said;
    const fields = new Fields(() => {});
    const chosen = { before: { ...before }, after: { ...after }, themes: [...themes] };
    const codes = LANGUAGES.filter((code) => this.#lines.required_languages.includes(code) || chosen.before[code] || chosen.after[code]);
    const own = hunks[this.#language] ?? [];
    const which = own.length > 1 ? fields.choice({
      id: "which-hunk",
      label: words.get("desk.trail.which"),
      options: own.map((hunk, place) => [String(place), hunk.after || hunk.before]),
      get: () => "0",
      put: (value) => {
        const proposed = inLanguages(hunks, this.#language, Number(value));
        Object.assign(chosen, { before: proposed.before, after: proposed.after });
        fields.sync();
      },
    }) : null;
    const pick = this.#themes.length ? fields.several({
      id: "which-themes",
      label: words.get("desk.trail.themes"),
      options: this.#themes.map((theme) => [String(theme.id), words.get("desk.trail.theme", { name: picked(theme.name, words.language).text, n: theme.voices })]),
      get: () => chosen.themes.map(String),
      put: (values) => (chosen.themes = values.map(Number)),
    }) : make("p", {}, words.get("desk.trail.no_themes"), " ", make("a", { href: wordsLink(this.#work.key) }, words.get("desk.trail.make_themes")));
    const refused = make("p", { class: "refused", role: "alert", hidden: true });
    const close = () => {
      this.#linking.replaceChildren();
      document.getElementById(back)?.focus();
    };
    const go = button(words.get("desk.trail.go"), async () => {
      const linking = { before: chosen.before, after: chosen.after, themes: chosen.themes };
      try {
        await this.#board.linked(() => (passage ? this.#board.client.relink(passage.id, linking) : this.#board.client.link(this.#work.key, { section, version, ...linking })));
        close();
        void this.#compare();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        refused.hidden = false;
        refused.textContent = error.title ? `${error.title}. ${Object.values(error.told.fields ?? {}).join(" ") || error.detail}` : words.get("trouble.no_answer");
      }
    }, { class: "first", id: "link-go" });
    this.#linking.replaceChildren(make("section", { class: "linking", "aria-labelledby": "linking-title" },
      make("h3", { id: "linking-title", tabindex: -1 }, words.get("desk.trail.title", { section: title })),
      make("p", { class: "hint" }, words.get("desk.trail.hint")),
      which,
      fields.texts({ id: "p-before", label: words.get("desk.trail.before"), get: () => chosen.before, languages: codes, rows: 3, limit: 2_000 }),
      fields.texts({ id: "p-after", label: words.get("desk.trail.after"), get: () => chosen.after, languages: codes, rows: 3, limit: 2_000 }),
      pick, refused,
      make("p", { class: "row" }, go, button(words.get("desk.cancel"), close))));
    goTo("linking-title");
  }

  #passages() {
    const { words } = this.#said;
    const { passages } = this.#work;
    if (this.#work.version < 2 && !passages.length) return [];
    const names = new Map(this.#themes.map((theme) => [theme.id, theme]));
    const rows = passages.map((passage) => {
      const title = picked(this.#work.sections.find(({ key }) => key === passage.section)?.title ?? {}, words.language).text || words.get("desk.text.section_key", { key: passage.section });
      const themes = passage.themes.map((id) => names.get(id)).filter((theme) => theme !== undefined);
      return make("li", { class: "passage" },
        make("h4", {}, title, " ", make("span", { class: "kind" }, words.get("desk.text.version", { n: passage.version })), passage.stands ? null : make("span", { class: "kind" }, ` · ${words.get("desk.trail.gone")}`)),
        make("p", { class: "moved-by" }, words.get("desk.trail.because", { n: themes.length }), " ", ...themes.flatMap((theme, place) => [place ? ", " : "", make("a", { href: wordsLink(this.#work.key, { theme: String(theme.id) }) }, words.get("desk.trail.theme", { name: picked(theme.name, words.language).text, n: theme.voices }))])),
        make("p", { class: "words" }, Object.keys(passage.before).length ? make("del", {}, heard(words.get("desk.text.gone")), this.#said.text(passage.before)) : null, " ", Object.keys(passage.after).length ? make("ins", {}, heard(words.get("desk.text.new")), this.#said.text(passage.after)) : null),
        this.#may ? make("p", { class: "row" },
          button(words.get("desk.trail.change"), () => this.#form({ title, section: passage.section, version: passage.version, hunks: {}, before: passage.before, after: passage.after, themes: passage.themes, passage, back: `relink-${passage.id}` }), { class: "plain", id: `relink-${passage.id}` }),
          button(words.get("desk.trail.unlink"), () => void this.#ask(() => this.#board.linked(() => this.#board.client.unlink(passage.id))), { class: "plain", label: words.get("desk.trail.unlink_of", { section: title }) })) : null);
    });
    return [make("h3", {}, words.get("desk.trail.heading")), rows.length ? make("ul", {}, ...rows) : make("p", { class: "hint" }, words.get("desk.trail.none"))];
  }

  /** @template T @param {() => Promise<T>} ask @returns {Promise<T | null>} null when it was refused, which is said */
  async #ask(ask) {
    try {
      const found = await ask();
      this.#trouble.hidden = true;
      return found;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#trouble.hidden = false;
      this.#trouble.textContent = error.title ? `${error.title}. ${error.detail}` : this.#said.words.get("trouble.no_answer");
      return null;
    }
  }
}
