/**
 * Our colleagues: who they are, and what they may do. An admin invites by a link that is shown once, to be handed over by
 * a person, and withdraws; the sockets of the one who is withdrawn end with it.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Change, Me } from "../types.js"
 *
 * @typedef {object} Member
 * @property {number} id
 * @property {string} email  empty for those who do not manage
 * @property {string} name
 * @property {string} office
 * @property {string} role
 * @property {number} invited_at
 * @property {number | null} joined_at  null while the invitation waits
 * @property {boolean} second_factor  gives a code of her phone as well
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";
import { Place } from "../elements/place.js";
import { sure } from "../elements/sure.js";
import { showMornings } from "../mornings/list.js";
import { Mornings } from "../mornings/mornings.js";
import { Invite } from "./invite.js";

export class Members extends Place {
  #api;
  #me;
  #tongue;
  /** @type {Member[]} */
  #members = [];
  /** @type {number | null} whose withdrawal is asked about */
  #asked = null;
  #list = make("div", { class: "list" });
  #told = make("p", { role: "alert", class: "refused", hidden: true });
  #stories = make("div", { class: "mornings" });
  #mornings;
  #invite;

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   */
  constructor(root, api, me, tongue) {
    super(root, tongue.words);
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#mornings = new Mornings(api, () => this.#stories.replaceChildren(...showMornings(this.#mornings, tongue)), (error) => this.#failed(error));
    this.#invite = me.role === "admin" ? new Invite(api, tongue, () => this.load()) : null;
  }

  build() {
    const { words } = this.#tongue;
    this.root.append(make("h2", { id: "members-title" }, words.get("members.title")), this.#told, this.#list, this.#stories);
    if (this.#invite) this.root.append(this.#invite.node);
    else this.root.append(make("p", { class: "hint" }, words.get("members.admins")));
  }

  enter() {
    this.#mornings.want();
    void this.load();
  }

  leave() {
    this.#invite?.forget();
  }


  /** @param {readonly Change[]} changes */
  apply(changes) {
    this.#mornings.apply(changes);
    if (this.shown && changes.some(({ change }) => change.startsWith("member."))) void this.load();
  }

  async load() {
    await this.#try(async () => {
      this.#members = (await this.#api.ask("GET", "/api/members")).items;
      this.#draw();
    });
  }

  #draw() {
    const { words } = this.#tongue;
    if (!this.#members.length) {
      this.#list.replaceChildren(make("p", { class: "lead" }, words.get("members.none")));
      return;
    }
    const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.does : null;
    const admin = this.#me.role === "admin";
    const heads = ["name", "office", "role", ...(admin ? ["email"] : []), "since"].map((name) => make("th", { scope: "col" }, words.get(`members.${name}`)));
    this.#list.replaceChildren(
      make("table", { class: "members", "aria-labelledby": "members-title" }, make("thead", {}, make("tr", {}, ...heads, admin ? make("td") : null)), make("tbody", {}, ...this.#members.map((member) => this.#row(member, admin)))),
    );
    if (held) /** @type {HTMLElement | null} */ (this.#list.querySelector(`[data-does="${held}"]`))?.focus();
  }

  /** @param {Member} member @param {boolean} admin */
  #row(member, admin) {
    const { words, when } = this.#tongue;
    const mine = member.id === this.#me.member?.id;
    const since = member.joined_at === null
      ? words.get("members.waits", { day: when.day(member.invited_at) })
      : words.get("members.joined", { day: when.day(member.joined_at) });
    const cells = [member.office, words.get(`role.${member.role}`), ...(admin ? [member.email] : []), since];
    const keys = ["office", "role", ...(admin ? ["email"] : []), "since"];
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, make("bdi", {}, member.name), mine ? make("span", { class: "soft" }, ` ${words.get("members.you")}`) : null),
      ...cells.map((said, place) => make("td", { class: keys[place] ?? null }, make("bdi", {}, ...(keys[place] === "email" ? breaking(said) : [said])))),
      admin ? make("td", { class: "doing" }, ...this.#doing(member)) : null,
    );
  }

  /** @param {Member} member */
  #doing({ id, name, second_factor: factor }) {
    const { words } = this.#tongue;
    const button = (/** @type {string} */ key, /** @type {string} */ does, /** @type {() => void} */ run) => {
      const node = make("button", { type: "button", "data-does": does, "aria-label": `${words.get(key)}: ${name}`, class: key === "members.sure" ? "grave" : null }, words.get(key));
      node.addEventListener("click", run);
      return node;
    };
    const ask = (/** @type {number | null} */ asked) => () => {
      this.#asked = asked;
      this.#draw();
      /** @type {HTMLElement | null} */ (this.#list.querySelector(`[data-does="${asked === null ? `ask-${id}` : `sure-${id}`}"]`))?.focus();
    };
    const reset = factor ? [sure(words, { ask: "members.reset", sure: "members.reset_sure", keep: "members.keep" }, name, () => void this.#reset(id)), " "] : [];
    if (this.#asked !== id) return [...reset, button("members.withdraw", `ask-${id}`, ask(id))];
    return [button("members.sure", `sure-${id}`, () => void this.#withdraw(id)), button("members.keep", `keep-${id}`, ask(null))];
  }

  /** @param {number} id */
  async #withdraw(id) {
    this.#asked = null;
    await this.#try(() => this.#api.ask("DELETE", `/api/members/${id}`));
    await this.load();
    this.root.focus({ preventScroll: true });
  }

  /** Takes the second factor of a colleague away whose phone is lost. @param {number} id */
  async #reset(id) {
    await this.#try(() => this.#api.ask("DELETE", `/api/members/${id}/second-factor`));
    await this.load();
    this.root.focus({ preventScroll: true });
  }

  /** @param {() => Promise<unknown>} run */
  async #try(run) {
    try {
      await run();
      this.#told.hidden = true;
    } catch (error) {
      this.#failed(error);
      this.#draw();
    }
  }

  /** @param {unknown} error */
  #failed(error) {
    if (!(error instanceof Problem)) throw error;
    const last = error.code === "wrong_state";
    this.#told.textContent = last ? this.#tongue.words.get("members.last") : error.title ? `${error.title}. ${error.detail}` : this.#tongue.words.get("trouble.no_answer");
    this.#told.hidden = false;
  }
}

/** An address breaks after its `@` and its dots, not in the middle of a word. @param {string} email */
function breaking(email) {
  return email.split(/(?<=[@.])/).flatMap((part) => [part, make("wbr")]);
}
