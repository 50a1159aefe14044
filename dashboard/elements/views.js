/**
 * The views: who may be waiting, and where, how and with which answer. Each is a link, each carries its count of words.
 *
 * @import { Counts } from "../types.js"
 * @import { Filter } from "../filter.js"
 * @import { DecisionLine } from "../themes/types.js"
 * @import { Tongue } from "./article.js"
 *
 * @typedef {object} Facets  Counts in which a choice was left out, so that its other values can be chosen.
 * @property {Counts | null} scope within all that is chosen
 * @property {Counts | null} placement
 * @property {Counts | null} language
 * @property {Counts | null} channel
 * @property {readonly DecisionLine[]} decisions
 *
 * @typedef {{key: string, label: string, href: string, current: boolean, number: number | null, capped?: boolean}} Line
 * @typedef {{key: string, title: string, lines: Line[]}} Group
 */

import { CRITERIA, linkTo, narrowed, NO_THEME } from "../filter.js";
import { KINDS } from "../kinds.js";
import { make, set } from "./node.js";

const COUNTED = 10_000; // so far the collector counts what waits

/** The answers in the order in which they are asked. */
export const ORDER = /** @type {Record<string, string[]>} */ ({
  outcome: ["yes", "hard", "no"],
  effect: ["helps", "none", "harder", "unknown"],
  reason: ["sign_in", "fault", "unclear", "rule", "person", "later"],
  rating: ["5", "4", "3", "2", "1"],
});

/**
 * The values of a dimension, answers in their own order, others by how many there are.
 * @param {string} dimension
 * @param {Counts} counts
 */
export function valuesOf(dimension, counts) {
  const presses = counts.by[dimension] ?? {};
  const found = Object.keys(presses).filter((value) => presses[value]);
  const order = ORDER[dimension];
  if (order) return order.filter((value) => found.includes(value));
  return found.sort((one, other) => (presses[other] ?? 0) - (presses[one] ?? 0) || one.localeCompare(other));
}

export class Views {
  #root;
  #tongue;
  #mine;
  /** @type {string} what is built now */
  #shape = "";
  /** @type {Map<string, {link: HTMLAnchorElement, figure: HTMLElement}>} */
  #lines = new Map();

  /**
   * @param {HTMLElement} root
   * @param {Tongue} tongue
   * @param {number | null} [mine] the id of the member who is signed in; null for a token
   */
  constructor(root, tongue, mine = null) {
    this.#mine = mine === null ? "" : String(mine);
    this.#root = root;
    this.#tongue = tongue;
  }

  /**
   * @param {Filter} filter
   * @param {Facets} facets
   */
  show(filter, facets) {
    const groups = this.#groups(filter, facets);
    const shape = JSON.stringify(groups.map(({ key, lines }) => [key, lines.map((line) => line.key)]));
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#build(groups);
    }
    for (const { key, lines } of groups) {
      for (const line of lines) {
        const known = this.#lines.get(`${key}.${line.key}`);
        if (!known) continue;
        set(known.link, { href: line.href, "aria-current": line.current ? "true" : null });
        const { number } = line;
        const said = number === null ? "" : this.#tongue.words.number(number) + (number >= COUNTED && line.capped ? "+" : "");
        if (known.figure.textContent !== said) known.figure.textContent = said;
      }
    }
  }

  /** @param {Group[]} groups */
  #build(groups) {
    const held = [...this.#lines].find(([, { link }]) => link === document.activeElement)?.[0] ?? "";
    this.#lines.clear();
    const nodes = groups.map(({ key, title, lines }) => {
      const list = make("ul", { "aria-label": title });
      for (const line of lines) {
        const figure = make("span", { class: "figure" });
        const link = make("a", { href: line.href }, make("bdi", { class: "name" }, line.label), " ", figure);
        this.#lines.set(`${key}.${line.key}`, { link, figure });
        list.append(make("li", { class: line.key === "figures" ? "narrow" : null }, link));
      }
      return make("div", { class: `group ${key}` }, key === "waiting" ? null : make("h2", {}, title), list);
    });
    this.#root.replaceChildren(...nodes);
    this.#lines.get(held)?.link.focus({ preventScroll: true }); // a new language must not take the focus from anybody
  }

  /**
   * @param {Filter} filter
   * @param {Facets} facets
   * @returns {Group[]}
   */
  #groups(filter, facets) {
    const { words } = this.#tongue;
    const groups = [{ key: "waiting", title: words.get("views.waiting"), lines: this.#waiting(filter, facets) }];
    if (!facets.scope) return groups;
    groups.push(...this.#decisions(filter, facets), ...this.#scopes(filter, facets, "placement"));
    for (const dimension of /** @type {const} */ (["outcome", "effect", "reason", "rating"])) {
      const lines = valuesOf(dimension, facets.scope).map((value) => this.#line(filter, dimension, value, facets.scope));
      const key = dimension === "outcome" ? this.#tongue.says.question(filter.placement) : dimension;
      if (lines.length) groups.push({ key: dimension, title: words.get(`by.${key}`), lines });
    }
    groups.push(...this.#kinds(filter, facets.scope), ...this.#scopes(filter, facets, "language"), ...this.#scopes(filter, facets, "channel"));
    return groups;
  }

  /**
   * What readers say it is.
   * @param {Filter} filter
   * @param {Counts} counts
   * @returns {Group[]} none while nobody has said anything
   */
  #kinds(filter, { kinds = {} }) {
    const lines = KINDS.filter((kind) => kinds[kind] || filter.kind === kind).map((kind) => {
      const current = filter.kind === kind;
      const href = linkTo(narrowed(filter, "kind", current ? null : kind));
      return { key: kind, label: this.#tongue.says.value("kind", kind), href, current, number: kinds[kind] ?? 0, capped: true };
    });
    return lines.length ? [{ key: "kind", title: this.#tongue.words.get("by.kind"), lines }] : [];
  }

  /**
   * @param {Filter} filter
   * @param {Facets} facets
   * @param {"placement" | "language" | "channel"} dimension
   * @returns {Group[]} none when there is nothing to choose
   */
  #scopes(filter, facets, dimension) {
    const counts = facets[dimension];
    if (!counts) return [];
    const values = valuesOf(dimension, counts);
    if (values.length < 2 && !filter[dimension]) return [];
    const lines = values.map((value) => this.#line(filter, dimension, value, counts));
    return [{ key: dimension, title: this.#tongue.words.get(`by.${dimension}`), lines }];
  }

  /**
   * @param {Filter} filter
   * @param {"placement" | "language" | "channel" | typeof CRITERIA[number]} dimension
   * @param {string} value
   * @param {Counts | null} counts
   * @returns {Line}
   */
  #line(filter, dimension, value, counts) {
    const current = filter[dimension] === value;
    const href = linkTo(narrowed(filter, dimension, current ? null : value));
    const label = this.#tongue.says.value(dimension, value, filter.placement);
    return { key: value, label, href, current, number: counts?.words_by[dimension]?.[value] ?? 0 };
  }

  /**
   * @param {Filter} filter
   * @param {Facets} facets
   * @returns {Line[]}
   */
  #waiting(filter, { scope }) {
    const { words } = this.#tongue;
    const plain = !CRITERIA.some((name) => filter[name]) && filter.words !== "all";
    /** @type {(key: string, more: Filter, current: boolean, number?: number | null) => Line} */
    const line = (key, more, current, number = null) => ({
      key, label: words.get(`views.${key}`), href: linkTo({ ...narrowed(filter, "q", null), ...more }), current, number, capped: true,
    });
    const unread = filter.status === "new";
    return [
      { ...line("all", {}, plain, scope?.words ?? null), capped: false },
      line("unread", { status: "new" }, unread && !filter.grave, scope?.unread),
      ...(scope?.grave_unread || (unread && filter.grave) ? [line("grave_unread", { grave: "1", status: "new" }, unread && !!filter.grave, scope?.grave_unread)] : []),
      ...(this.#mine && (scope?.assigned?.[this.#mine] || filter.member === this.#mine) ? [line("mine", { member: this.#mine, words: "all" }, filter.member === this.#mine, scope?.assigned?.[this.#mine] ?? 0)] : []),
      line("grave", { grave: "1" }, !!filter.grave && !unread),
      ...(scope?.waiting || filter.waiting ? [line("waiting_for_us", { waiting: "1" }, !!filter.waiting, scope?.waiting)] : []),
      ...(scope?.calls || filter.callback ? [line("calls", { callback: "1", words: "all" }, !!filter.callback, scope?.calls)] : []),
      ...[...new Set([...Object.keys(scope?.handed ?? {}), ...(filter.desk ? [filter.desk] : [])])].map((desk) => ({
        ...line(`desk-${desk}`, { desk, words: "all" }, filter.desk === desk, scope?.handed?.[desk] ?? null), label: this.#tongue.says.desk(desk),
      })),
      ...[...new Set([...Object.keys(scope?.passed ?? {}), ...(filter.contact_point ? [filter.contact_point] : [])])].map((point) => ({
        ...line(`point-${point}`, { contact_point: point, words: "all" }, filter.contact_point === point, scope?.passed?.[point] ?? null), label: this.#tongue.says.value("contact_point", point),
      })),
      { ...line("figures", {}, false), href: linkTo(filter, { figures: true }) },
    ];
  }

  /**
   * @param {Filter} filter
   * @param {Facets} facets
   * @returns {Group[]}
   */
  #decisions(filter, { decisions }) {
    const lines = decisions.filter(({ voices, state, key }) => voices || state !== "draft" || key === filter.decision).map(({ key, with_words: number }) => {
      const current = filter.decision === key && filter.theme !== NO_THEME;
      return { key, label: this.#tongue.says.decision(key), href: linkTo(narrowed(filter, "decision", current ? null : key)), current, number: whole(filter) ? number : null };
    });
    return lines.length ? [{ key: "decision", title: this.#tongue.words.get("by.decision"), lines }] : [];
  }
}

/** Whether a decision's own number is the number behind its link: nothing else narrows. @param {Filter} filter */
function whole(filter) {
  return !filter.placement && !filter.language && !filter.channel && !filter.burst;
}
