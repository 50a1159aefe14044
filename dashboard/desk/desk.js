/**
 * The decisions desk on the page: which part is shown, where the focus goes, and what is not saved yet.
 *
 * @import { Address } from "./address.js"
 * @import { Api } from "../api.js"
 * @import { Change, Me } from "../types.js"
 * @import { Tongue } from "../elements/article.js"
 */

import { Problem } from "../api.js";
import { make, part, set } from "../elements/node.js";
import { Mornings } from "../mornings/mornings.js";
import { deskLink } from "./address.js";
import { Board } from "./board.js";
import { DeskClient } from "./client.js";
import { today } from "./days.js";
import { DecisionPage } from "./decision.js";
import { goTo } from "./fields.js";
import { showList, sideList } from "./list.js";
import { refill } from "./refill.js";
import { Said } from "./said.js";

export class Desk {
  #root;
  #me;
  #tongue;
  #said;
  #signIn;
  #board;
  #mornings;
  #trouble = make("p", { class: "refused", role: "alert", hidden: true });
  #body = make("div", { class: "desk-body" });
  #unsaved = make("p", { id: "unsaved", role: "status", hidden: true });
  /** @type {DecisionPage | null} */
  #page = null;
  #shape = "";
  #arrived = false;
  #landed = false;

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Me & {time_zone?: string}} me
   * @param {Tongue} tongue
   * @param {() => void} signIn
   */
  constructor(root, api, me, tongue, signIn) {
    this.#root = root;
    this.#me = me;
    this.#tongue = tongue;
    this.#signIn = signIn;
    this.#said = new Said(tongue, () => today(me.time_zone ?? "Europe/Brussels", Date.now()));
    this.#board = new Board(new DeskClient(api), { draw: () => this.#draw(), failed: (error) => this.#failed(error) });
    this.#mornings = new Mornings(api, () => this.#draw(), (error) => this.#failed(error));
    set(root, { "aria-label": tongue.words.get("place.desk") });
    root.append(this.#trouble, this.#body);
    part("connection", HTMLElement).after(this.#unsaved);
    addEventListener("beforeunload", (event) => {
      if (this.#board.unsaved.length) event.preventDefault();
    });
  }

  get shown() {
    return this.#board.address !== null;
  }

  /** @param {Address | null} address null: somewhere else */
  show(address) {
    const before = this.#board.address;
    const moved = JSON.stringify(before) !== JSON.stringify(address);
    this.#root.hidden = !address;
    part("decisions", HTMLElement).hidden = !address;
    if (address) part("unfold", HTMLElement).textContent = this.#tongue.words.get("desk.unfold");
    if (moved) this.#arrived = !!address;
    this.#board.show(address);
    this.#draw();
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    this.#board.apply(changes);
    this.#mornings.apply(changes);
  }

  refresh() {
    this.#board.refresh();
  }

  #draw() {
    const { address, lines, work } = this.#board;
    this.#tell();
    if (!address || !lines) return;
    this.#trouble.hidden = true;
    const side = part("decisions", HTMLElement);
    set(side, { "aria-label": this.#said.words.get("desk.now") });
    refill(side, [lines.decisions, lines.overdue, address.key], () => sideList(lines, address.key, this.#said));
    if (address.part === "list") {
      this.#page = null;
      this.#shape = "";
      const may = this.#me.role !== "viewer";
      refill(this.#body, ["list", lines, this.#board.unsaved, this.#said.today], () => showList(lines, may, this.#board.unsaved, this.#said));
      this.#arrive();
      return;
    }
    if (address.part === "new" ? !this.#board.draft : !work || (address.part === "ask" && !this.#board.asks.has(work.key))) return;
    const shape = JSON.stringify([address, work?.state === "draft", work?.state === "withdrawn" || work?.state === "merged"]);
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#page = new DecisionPage(this.#board, this.#me, this.#said, this.#mornings, () => this.#tell());
      const page = this.#page;
      refill(this.#body, [shape, Math.random()], () => [page.node]);
      this.#arrive();
    } else this.#page?.update();
  }

  /** A new part begins at its top, and those who hear the page hear its name. */
  #arrive() {
    const title = document.getElementById("desk-title");
    set(this.#root, { "aria-labelledby": title ? "desk-title" : null, "aria-label": title ? null : this.#tongue.words.get("place.desk") });
    if (!this.#arrived) return;
    this.#arrived = false;
    this.#root.scrollTop = 0;
    const loaded = !this.#landed && document.activeElement === document.body; // a page that has just loaded says its own name
    this.#landed = true;
    if (!loaded && (document.activeElement === document.body || this.#body.contains(document.activeElement) || !document.activeElement?.checkVisibility())) this.#root.focus({ preventScroll: true });
    if (this.#board.address?.part === "new") goTo(`f-title-${this.#board.lines?.required_languages[0] ?? "nl"}`);
  }

  /** What is not saved is said wherever one is; it waits there. */
  #tell() {
    const { words } = this.#tongue;
    const { unsaved, address, works } = this.#board;
    const here = address?.part === "new" ? "" : address?.key ?? null;
    const others = unsaved.filter((key) => key !== here);
    this.#unsaved.hidden = others.length === 0;
    refill(this.#unsaved, others, () => others.map((key) =>
      make("a", { href: key ? deskLink(key, this.#board.drafts.get(key)?.dirty ? "file" : this.#board.unasked.includes(key) ? "ask" : "text") : "#desk/new" }, words.get("desk.unsaved_at", { title: key ? this.#said.plain(works.get(key)?.file.title ?? {}, key) : words.get("desk.new") }))));
  }

  /** @param {unknown} error */
  #failed(error) {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) return this.#signIn();
    if (error.status === 404 && this.#board.address?.key) {
      this.#body.replaceChildren(make("p", { class: "back" }, make("a", { href: deskLink(null) }, this.#tongue.words.get("desk.back"))));
      this.#shape = "";
    }
    this.#trouble.hidden = false;
    this.#trouble.textContent = error.title ? `${error.title}. ${error.detail}` : this.#tongue.words.get("trouble.no_answer");
  }
}
