/**
 * The reading pane: the words, then what happened with them, then what you can do.
 *
 * @import { One } from "../types.js"
 * @import { Invitation, MessageKind } from "../themes/types.js"
 * @import { Kind } from "../kinds.js"
 * @import { Asking } from "../offers/offering.js"
 * @import { Tongue } from "./article.js"
 *
 * @typedef {object} Doing  What a reader may set in motion.
 * @property {(kind: Kind) => void} kind says what it is
 * @property {(status: string) => void} mark
 * @property {(id: number, over: boolean) => void} claim
 * @property {(id: number) => void} release
 * @property {() => void} assign says whose it is
 * @property {(id: number) => void} begin something is being written to its author
 * @property {(one: One, weight: string, text: string) => Promise<void>} weigh Problem when it is refused
 * @property {(id: number) => Promise<import("../types.js").Similarity | null>} similar what is like it
 * @property {(id: number, theme: number) => void} accept sorts it into a theme that was suggested
 * @property {() => void} print
 * @property {(id: number) => string} address where another is read
 * @property {(id: number) => Promise<One | null>} load another; null when it cannot be had
 * @property {() => string} close the address of the list
 * @property {(id: number) => void} sort into themes
 * @property {(id: number, theme: number) => void} leave takes it out of one
 * @property {(id: number, theme: number, quoted: boolean) => void} quote
 * @property {(id: number, text: string, kind: MessageKind, more: {invitation?: Invitation, contact_point?: string}) => Promise<void>} write
 * @property {readonly {key: string, name: string}[]} desks to which a case can be handed
 * @property {(id: number) => HTMLElement} callback whom to ring
 * @property {Asking} asking other agencies
 */

import { excerpt } from "../excerpt.js";
import { Offering } from "../offers/offering.js";
import { belongs } from "../themes/belongs.js";
import { Beside } from "../triage/beside.js";
import { Holding } from "../triage/holding.js";
import { Compose } from "../thread/compose.js";
import { thread } from "../thread/thread.js";
import { sayings } from "./article.js";
import { Weigh } from "../reading/weigh.js";
import { finds } from "../sought.js";
import { follows } from "../status.js";
import { facts } from "./facts.js";
import { kinds } from "./kinds.js";
import { kept, make, words as said } from "./node.js";

const OTHERS = 10; // of those that say nearly the same, at once

export class Reader {
  #root;
  #tongue;
  #doing;
  /** @type {string | null} which one, and whether it is there still */
  #shown = null;
  #above = make("div", { class: "above" });
  #below = make("div", { class: "below" });
  /** @type {HTMLElement} what is being written to its author: it stays where it is while the rest changes */
  #writing = make("div");
  /** @type {Weigh | null} */
  #weigh = null;
  /** @type {Compose | null} */
  #compose = null;
  /** @type {Offering | null} */
  #offering = null;
  #calling = make("div");
  /** @type {Beside | null} what is like it */
  #beside = null;
  /** @type {Holding | null} who answers it */
  #holding = null;
  /** @type {string | null} since which change the number to ring is shown; null when there is none */
  #rung = null;

  /**
   * @param {HTMLElement} root
   * @param {Tongue} tongue
   * @param {Doing} doing
   */
  constructor(root, tongue, doing) {
    this.#root = root;
    this.#tongue = tongue;
    this.#doing = doing;
  }

  clear() {
    this.#shown = null;
    this.#root.replaceChildren();
  }

  /**
   * @param {One} one
   * @param {boolean} may whether its reader may sort it and write to its author
   */
  show(one, may) {
    const focused = document.activeElement instanceof HTMLElement && this.#root.contains(document.activeElement)
      ? document.activeElement.dataset.does ?? ""
      : null;
    const living = one.erased_at === null;
    if (this.#shown !== `${one.id} ${living}`) {
      this.#shown = `${one.id} ${living}`;
      this.#weigh = living && may && one.text ? new Weigh(this.#tongue, (seen, weight, text) => this.#doing.weigh(seen, weight, text)) : null;
      const compose = living && may && new Compose(one, this.#tongue, this.#doing.desks, (text, kind, more) => this.#doing.write(one.id, text, kind, more), () => this.#doing.begin(one.id));
      this.#compose = compose || null;
      const { id } = one;
      const people = this.#tongue.people;
      this.#holding = living && one.text && people ? new Holding(this.#tongue, people, { claim: (over) => this.#doing.claim(id, over), release: () => this.#doing.release(id) }) : null;
      this.#beside = living && one.text ? new Beside(one, this.#tongue, { load: (id) => this.#doing.similar(id), address: (id) => this.#doing.address(id), accept: (theme) => this.#doing.accept(id, theme) }) : null;
      this.#offering = living ? new Offering(this.#tongue, this.#doing.asking, may) : null;
      this.#writing = make("div", {}, this.#holding?.node, this.#weigh?.node, this.#compose?.node, this.#offering?.node);
      this.#root.replaceChildren(this.#above, this.#calling, this.#writing, this.#below);
      this.#rung = null;
    }
    this.#weigh?.see(one);
    this.#offering?.see(one);
    this.#holding?.show(one, may);
    this.#beside?.see(one, may);
    const rung = living && may && one.history.some(({ change }) => change === "submission.call_asked") ? String(one.history.at(-1)?.cursor) : null;
    if (rung !== this.#rung) {
      this.#rung = rung;
      this.#calling.replaceChildren(...(rung ? [this.#doing.callback(one.id)] : []));
    }
    this.#above.replaceChildren(...kept([this.#bar(), ...(living ? this.#living(one, may) : this.#erased(one))]));
    this.#below.replaceChildren(...(living ? [facts(one, this.#tongue), this.#history(one), this.#doings(one, may), ...kept([this.#alike(one), this.#beside?.node])] : [this.#history(one)]));
    if (focused === null || this.#writing.contains(document.activeElement)) return;
    (this.#find(focused) ?? this.#root).focus({ preventScroll: true });
  }

  /** Somebody came, went, or opened another one; or a claim ended. @param {boolean} may */
  people(may) {
    this.#holding?.again(may);
  }

  /** Opens what is written to its author. @param {"question" | "note"} kind */
  write(kind) {
    this.#compose?.open(kind);
  }

  /** Opens the question how grave it is. */
  weigh() {
    this.#weigh?.open();
  }

  /** Sorts it into the theme that is suggested, when one is. */
  accept() {
    this.#beside?.accept();
  }

  /** @param {string} does */
  #find(does) {
    return does ? /** @type {HTMLElement | null} */ (this.#root.querySelector(`[data-does="${does}"]`)) : null;
  }

  #bar() {
    const { words } = this.#tongue;
    return make("p", { class: "bar noprint" }, make("a", { href: this.#doing.close(), "data-does": "close" }, words.get("reader.back")));
  }

  /** @param {One} one */
  #erased(one) {
    const { words, when } = this.#tongue;
    const at = one.erased_at ?? one.received_at;
    return [
      make("h2", { class: "heard" }, words.get("reader.title")),
      make("p", { class: "tombstone" }, words.get("reader.erased"), " ", make("time", { datetime: when.machine(at) }, when.said(at))),
    ];
  }

  /**
   * @param {One} one
   * @param {boolean} may
   * @returns {(HTMLElement | null)[]}
   */
  #living(one, may) {
    const { words } = this.#tongue;
    /** @type {(HTMLElement | null)[]} */
    const nodes = [make("h2", { class: "heard" }, words.get("reader.title")), sayings(one, this.#tongue)];
    if (one.text) nodes.push(said(one.text, one.language, this.#tongue.sought ? finds(one.text, this.#tongue.sought, this.#tongue.forms) : []));
    else nodes.push(make("p", { class: "words without" }, words.get(one.history.some((step) => step.change === "submission.expired") ? "reader.expired" : "stream.without")));
    if (one.masked.length) {
      nodes.push(make("p", { class: "masked" }, words.get("reader.masked", { what: one.masked.map((kind) => words.get(`masked.${kind}`)).join(", ") })));
    }
    const { id } = one;
    const belonging = {
      sort: () => this.#doing.sort(id),
      leave: (/** @type {number} */ theme) => this.#doing.leave(id, theme),
      quote: (/** @type {number} */ theme, /** @type {boolean} */ quoted) => this.#doing.quote(id, theme, quoted),
    };
    if (may && one.text) nodes.push(kinds(one.kind, this.#tongue, (kind) => this.#doing.kind(kind)));
    if (one.status !== "new" || one.contact_point) nodes.push(make("p", { class: "stands" }, this.#tongue.says.standing(one)));
    if (one.member) nodes.push(make("p", { class: "stands" }, this.#tongue.says.value("member", String(one.member))));
    if (one.desk) nodes.push(make("p", { class: "handed" }, this.#tongue.says.desk(one.desk)));
    return [...nodes, ...belongs(one, may, this.#tongue, belonging), this.#beside?.suggestion ?? null, thread(one, this.#tongue)];
  }

  /** What a step says that concerns another agency. @param {One} one @param {string} change @param {string | undefined} detail */
  #asked(one, change, detail) {
    const key = `step.${change}.of`;
    const { words } = this.#tongue;
    if (!detail || !words.has(key)) return null;
    const agency = one.offers?.find((offer) => offer.agency.key === detail)?.agency;
    return words.get(key, { agency: agency?.names?.[words.language] ?? agency?.name ?? detail });
  }

  /** @param {One} one */
  #history(one) {
    const { words, when } = this.#tongue;
    const steps = one.history.map(({ change, at, by, detail }) => {
      const key = by ? `step.${change}.by` : `step.${change}`;
      const stood = this.#tongue.says.step(change, detail ?? null, by);
      const told = stood ?? this.#asked(one, change, detail) ?? (words.has(key) ? words.get(key, { by: by ?? "", detail: detail ? words.get(`kind.${detail}`) : "" }) : change);
      return make("li", {}, told, " ", make("time", { datetime: when.machine(at) }, when.said(at)));
    });
    return make("section", {}, make("h3", {}, words.get("reader.happened")), make("ol", { class: "history" }, ...steps));
  }

  /**
   * @param {One} one
   * @param {boolean} may
   */
  #doings(one, may) {
    const { words } = this.#tongue;
    const row = make("div", { class: "doings" });
    /** @type {(does: string, run: () => void) => void} */
    const button = (does, run) => {
      const node = make("button", { type: "button", "data-does": does }, words.get(`do.${does}`));
      node.addEventListener("click", run);
      row.append(node);
    };
    const sorted = one.status !== "new" && one.status !== "read";
    for (const status of may ? ["with", "answered", "aside", "new"] : []) {
      if (follows(one.status, status) && (one.status !== status || status === "with")) button(status, () => this.#doing.mark(status));
    }
    if (may && sorted) button(one.status === "with" ? "read" : "reopen", () => this.#doing.mark("read"));
    if (may) button("assign", () => this.#doing.assign());
    button("print", () => this.#doing.print());
    return make(
      "section",
      { class: "noprint" },
      make("h3", {}, words.get("reader.can")),
      row,
      make("p", { class: "hint" }, words.get(may ? "reader.seen" : "reader.viewer")),
    );
  }

  /** @param {One} one */
  #alike(one) {
    if (!one.alike_ids.length) return null;
    const { words } = this.#tongue;
    const list = make("ul", { class: "others" });
    const details = make("details", {}, make("summary", {}, words.get("reader.alike", { n: one.alike_ids.length })), list);
    details.addEventListener("toggle", () => void this.#others(one.alike_ids.slice(0, OTHERS), list), { once: true });
    return make("section", { class: "noprint" }, details);
  }

  /**
   * @param {readonly number[]} ids
   * @param {HTMLElement} list
   */
  async #others(ids, list) {
    for (const id of ids) {
      const other = await this.#doing.load(id);
      if (!other?.text) continue;
      const { text, whole } = excerpt(other.text, other.language, 160);
      const link = make("a", { href: this.#doing.address(id), dir: "auto", lang: other.language ?? "" }, whole ? text : `${text} …`);
      list.append(make("li", {}, link));
    }
  }
}
