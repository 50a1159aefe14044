/**
 * Beside the stream: the themes of the decision that is chosen, or the one theme that is chosen, with its answer.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Expected } from "../desk/types.js"
 * @import { Filter } from "../filter.js"
 * @import { Counts, Me } from "../types.js"
 * @import { Themes } from "./themes.js"
 * @import { Response, Theme } from "./types.js"
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";
import { linkTo, NO_THEME, scopeOf } from "../filter.js";
import { Answer } from "./answer.js";
import { care } from "./care.js";
import { list, standing } from "./list.js";
import { shown } from "./shown.js";
import { todayIn } from "./themes.js";

export class ThemesPane {
  #root;
  #api;
  #tongue;
  #themes;
  #me;
  #failed;
  #head = make("div", { class: "theme-head" });
  #stands = make("div", { class: "theme-stands" });
  #editor = make("div", { class: "theme-answer" });
  #care = make("div", { class: "theme-care" });
  /** @type {Map<number, Answer>} what is being written, by theme: nobody loses it by looking at something else */
  #answers = new Map();
  /** @type {number | null} the theme that is shown */
  #shown = null;
  /** @type {string} what the slot of care was made of */
  #cared = "";
  /** @type {Map<string, readonly Expected[]>} by the key of the decision */
  #expected = new Map();

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Tongue} tongue
   * @param {Themes} themes
   * @param {Me} me
   * @param {(error: unknown) => void} failed
   */
  constructor(root, api, tongue, themes, me, failed) {
    this.#root = root;
    this.#api = api;
    this.#tongue = tongue;
    this.#themes = themes;
    this.#me = me;
    this.#failed = failed;
    addEventListener("beforeunload", (event) => {
      if ([...this.#answers.values()].some(({ dirty }) => dirty)) event.preventDefault();
    });
  }

  get #today() {
    return todayIn(this.#me.time_zone, Date.now());
  }

  get #may() {
    return this.#me.role !== "viewer";
  }

  /**
   * @param {Filter} filter
   * @param {Counts | null} counts within its scope
   */
  show(filter, counts) {
    const id = filter.theme && filter.theme !== NO_THEME ? Number(filter.theme) : null;
    if (id !== this.#shown) this.#forget(id);
    if (id !== null) return this.#one(id, counts);
    this.#many(filter);
  }

  /** @param {number | null} id */
  #forget(id) {
    this.#shown = id;
    this.#cared = "";
    for (const slot of [this.#head, this.#stands, this.#editor, this.#care]) slot.replaceChildren();
    const half = id === null ? null : this.#answers.get(id);
    if (half) this.#editor.append(half.node);
    this.#root.replaceChildren();
  }

  /** @param {Filter} filter */
  #many(filter) {
    const { words } = this.#tongue;
    const decision = filter.decision ?? null;
    const themes = this.#themes.of(decision, this.#today);
    const nothing = decision === null && (!themes.length || Object.keys(scopeOf(filter)).some((name) => name !== "theme"));
    this.#root.hidden = nothing || !this.#themes.loaded;
    if (this.#root.hidden) return this.#root.replaceChildren();
    const line = decision === null ? null : this.#themes.decision(decision);
    const scope = decision === null ? {} : { decision };
    const unsorted = line?.unsorted ? make("p", { class: "unsorted" }, make("a", { href: linkTo({ ...scope, theme: NO_THEME }) }, words.get("themes.unsorted", { n: line.unsorted }))) : null;
    const state = JSON.stringify([decision, themes, line?.unsorted]);
    if (this.#root.dataset.state === state) return;
    if (this.#root.contains(document.activeElement)) return; // nothing changes under the finger
    this.#root.dataset.state = state;
    this.#root.replaceChildren(
      make("p", { class: "bar narrow" }, make("a", { href: linkTo(scope) }, words.get("reader.back"))),
      make("h2", {}, words.get(decision === null ? "themes.loose" : "themes.title")),
      ...[unsorted].filter((node) => node !== null),
      themes.length ? list(themes, this.#tongue, this.#today, decision !== null) : make("p", { class: "hint" }, words.get(this.#may ? "themes.none" : "themes.none_yet")),
      ...(decision === null ? [] : [make("p", { class: "onward" }, make("a", { href: `#desk/${encodeURIComponent(decision)}` }, words.get("themes.desk")))]),
    );
  }

  /** @param {number} id @param {Counts | null} counts */
  #one(id, counts) {
    const { words } = this.#tongue;
    this.#root.hidden = false;
    delete this.#root.dataset.state;
    const theme = this.#themes.one(id);
    if (!theme) {
      if (this.#themes.loaded) this.#root.replaceChildren(make("p", { class: "hint" }, words.get("theme.gone_why")), make("p", {}, make("a", { href: linkTo({}) }, words.get("empty.all"))));
      return;
    }
    if (!this.#root.contains(this.#head)) this.#root.replaceChildren(this.#head, this.#stands, this.#editor, this.#care);
    this.#drawHead(theme, counts);
    this.#drawStands(theme);
    this.#drawCare(theme);
  }

  /** @param {Theme} theme @param {Counts | null} counts */
  #drawHead(theme, counts) {
    const { words, says } = this.#tongue;
    const own = String(theme.id);
    const said = words.language;
    const others = Object.entries(theme.name).filter(([language, name]) => language !== said && name !== says.theme(own));
    const facts = [
      make("a", { href: linkTo({ theme: own }) }, words.get("theme.voices", { n: counts?.words ?? theme.voices })),
      counts?.grave_unread ? make("a", { href: linkTo({ theme: own, grave: "1", status: "new" }), class: "gravity" }, words.get("theme.grave_unread", { n: counts.grave_unread })) : null,
      counts?.unread ? make("a", { href: linkTo({ theme: own, status: "new" }) }, words.get("theme.unread", { n: counts.unread })) : null,
      counts?.waiting ? make("a", { href: linkTo({ theme: own, waiting: "1" }) }, words.get("theme.waiting", { n: counts.waiting })) : null,
    ].filter((node) => node !== null);
    const held = this.#head.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
    this.#head.replaceChildren(
      make("p", { class: "bar narrow" }, make("a", { href: linkTo({ theme: own }) }, words.get("reader.back"))),
      make("h2", {}, make("bdi", {}, says.theme(own))),
      ...others.map(([lang, name]) => make("p", { class: "also", lang }, name)),
      ...(theme.decision === null ? [] : [make("p", { class: "of" }, make("a", { href: linkTo({ decision: theme.decision }) }, make("bdi", {}, says.decision(theme.decision))))]),
      make("p", { class: "facts-line" }, ...facts.flatMap((node, place) => (place ? [" · ", node] : [node]))),
      ...(theme.expected === null && theme.decision !== null ? [make("p", { class: "unexpected" }, words.get("theme.unexpected"))] : []),
    );
    if (held) /** @type {HTMLElement | null} */ (this.#head.querySelector(`a[href="${CSS.escape(held)}"]`))?.focus({ preventScroll: true });
  }

  /** @param {Theme} theme */
  #drawStands(theme) {
    const { words } = this.#tongue;
    const writing = this.#answers.has(theme.id);
    const state = JSON.stringify([theme.response, theme.draft, theme.due, writing]);
    if (this.#stands.dataset.state === state && this.#stands.firstChild) return;
    this.#stands.dataset.state = state;
    const response = theme.response ?? theme.draft;
    const begin = make("button", { type: "button", class: theme.response ? null : "main" }, words.get(theme.response ? "answer.change" : theme.draft ? "answer.go_on" : "answer.title"));
    begin.addEventListener("click", () => this.#write(theme, theme.draft ?? theme.response));
    this.#stands.replaceChildren(
      ...(theme.response ? [make("h3", {}, words.get("theme.answered"))] : [standing(theme, this.#tongue, this.#today)]),
      ...(response && !(writing && !theme.response) ? [shown(response, this.#tongue)] : []),
      ...(this.#may && !writing ? [make("p", { class: "doings noprint" }, begin)] : []),
    );
  }

  /** @param {Theme} theme @param {Response | null} response */
  #write(theme, response) {
    const answer = new Answer(theme, response, this.#me, this.#themes, this.#tongue, () => {
      this.#answers.delete(theme.id);
      if (this.#shown !== theme.id) return;
      this.#editor.replaceChildren();
      const now = this.#themes.one(theme.id);
      if (now) this.#drawStands(now);
      /** @type {HTMLElement | null} */ (this.#stands.querySelector("button"))?.focus();
    });
    this.#answers.set(theme.id, answer);
    this.#editor.replaceChildren(answer.node);
    this.#drawStands(theme);
    answer.focus();
    answer.node.scrollIntoView({ block: "nearest" });
  }

  /** @param {Theme} theme */
  #drawCare(theme) {
    if (!this.#may) return;
    const expected = theme.decision === null ? [] : this.#expected.get(theme.decision);
    if (theme.decision !== null && !expected) void this.#askExpected(theme.decision);
    const state = JSON.stringify([theme.id, theme.revision, theme.expected, expected, this.#themes.offered(theme.decision).map(({ id }) => id)]);
    if (this.#cared === state || this.#care.contains(document.activeElement)) return;
    this.#cared = state;
    const open = this.#care.querySelector("details")?.open ?? false;
    const node = care(theme, this.#tongue, {
      themes: this.#themes,
      required: this.#me.required_languages,
      expected: expected ?? [],
      attempt: (run) => this.#attempt(run),
      merged: (into) => location.replace(linkTo({ theme: String(into) })),
    });
    node.open = open;
    this.#care.replaceChildren(node);
  }

  /** @param {string} key */
  async #askExpected(key) {
    this.#expected.set(key, []);
    try {
      const work = await this.#api.ask("GET", `/api/decisions/${encodeURIComponent(key)}/work`);
      this.#expected.set(key, work.file.expected);
      const theme = this.#shown === null ? null : this.#themes.one(this.#shown);
      if (theme) this.#drawCare(theme);
    } catch (error) {
      if (!(error instanceof Problem)) throw error; // without it, the choice is not offered
    }
  }

  /** @param {() => Promise<unknown>} run */
  async #attempt(run) {
    try {
      await run();
      return true;
    } catch (error) {
      this.#failed(error);
      if (error instanceof Problem && error.status === 412) await this.#themes.load();
      return false;
    }
  }
}
