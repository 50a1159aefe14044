/**
 * The inclusion tests on the page: the list of services, or one of them. What somebody types is never touched by what comes
 * in, and waits when she looks at something else.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Change, Me } from "../types.js"
 * @import { Inclusion, InclusionLine } from "./test.js"
 */

import { Problem } from "../api.js";
import { make, part, set } from "../elements/node.js";
import { refill } from "../desk/refill.js";
import { inclusionLink } from "./address.js";
import { Sheet } from "./sheet.js";
import { Draft } from "./test.js";

export class Inclusions {
  #root;
  #api;
  #me;
  #tongue;
  /** @type {{key: string | null} | null} */
  #address = null;
  /** @type {InclusionLine[]} */
  #lines = [];
  /** @type {Map<string, Draft>} */
  #drafts = new Map();
  /** @type {Sheet | null} */
  #sheet = null;
  #trouble = make("p", { class: "refused", role: "alert", hidden: true });
  #body = make("div", {});

  /** @param {HTMLElement} root @param {Api} api @param {Me} me @param {Tongue} tongue */
  constructor(root, api, me, tongue) {
    this.#root = root;
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    root.append(this.#trouble, this.#body);
    addEventListener("beforeunload", (event) => {
      if ([...this.#drafts.values()].some(({ dirty }) => dirty)) event.preventDefault();
    });
  }

  get shown() {
    return this.#address !== null;
  }

  /** @param {{key: string | null} | null} address null: somewhere else */
  show(address) {
    const moved = JSON.stringify(address) !== JSON.stringify(this.#address);
    this.#root.hidden = !address;
    this.#address = address;
    if (!address || !moved) return;
    part("unfold", HTMLElement).textContent = this.#tongue.words.get("place.unfold");
    if (document.activeElement !== document.body) this.#root.focus({ preventScroll: true });
    this.#root.scrollTop = 0;
    this.#sheet = null;
    void this.load();
  }

  /** @param {readonly Change[]} changes */
  apply(changes) {
    if (this.shown && changes.some(({ change }) => change === "inclusion.changed")) void this.load();
  }

  async load() {
    const { key } = this.#address ?? { key: null };
    try {
      if (key) this.#open(await this.#api.ask("GET", `/api/placements/${key}/inclusion`));
      else {
        this.#lines = (await this.#api.ask("GET", "/api/inclusion")).items;
        if (this.#address && !this.#address.key) this.#list();
      }
      this.#trouble.hidden = true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#trouble.hidden = false;
      this.#trouble.textContent = error.title ? `${error.title}. ${error.detail}` : this.#tongue.words.get("trouble.no_answer");
    }
  }

  /** @param {Inclusion} inclusion */
  #open(inclusion) {
    if (this.#address?.key !== inclusion.placement) return;
    const draft = this.#drafts.get(inclusion.placement) ?? new Draft(inclusion);
    this.#drafts.set(inclusion.placement, draft);
    if (!this.#sheet) {
      if (!draft.dirty) draft.follow(inclusion);
      this.#sheet = new Sheet(inclusion, draft, this.#me, this.#tongue, (method, path, body) => this.#api.ask(method, `/api/placements/${inclusion.placement}/inclusion${path}`, body));
      refill(this.#body, [inclusion.placement, Math.random()], () => [/** @type {Sheet} */ (this.#sheet).node]);
      set(this.#root, { "aria-labelledby": "inclusion-title" });
      return;
    }
    this.#sheet.follow(inclusion);
  }

  #list() {
    const { words, when } = this.#tongue;
    const said = (/** @type {InclusionLine} */ { state, verdict, because }) =>
      words.get(state === "signed" ? `inclusion.signed.${verdict}` : state === "reopened" ? `inclusion.again.${because}` : `inclusion.${state}`);
    const rows = this.#lines.map((line) =>
      make("tr", {},
        make("th", { scope: "row" }, make("a", { href: inclusionLink(line.placement) }, make("bdi", {}, line.name))),
        make("td", {}, make("strong", {}, said(line)),
          make("span", { class: "soft figures-of" }, [line.signed_at === null ? "" : words.get("inclusion.since", { day: when.day(line.signed_at) }), line.published ? words.get("inclusion.public") : ""].filter((one) => one).join(" · ")))));
    set(this.#root, { "aria-labelledby": "inclusion-title" });
    refill(this.#body, ["list", this.#lines], () => [
      make("h2", { id: "inclusion-title" }, words.get("inclusion.title")),
      make("p", { class: "lead" }, words.get("inclusion.hint")),
      rows.length ? make("table", { class: "members", "aria-labelledby": "inclusion-title" },
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, words.get("inclusion.placement")), make("th", { scope: "col" }, words.get("inclusion.state")))),
        make("tbody", {}, ...rows)) : make("p", {}, words.get("empty.placement")),
    ]);
  }
}
