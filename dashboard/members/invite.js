/**
 * Inviting a colleague. The link is shown once, and a person hands it over: nothing is mailed.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 */

import { Problem } from "../api.js";
import { make, set } from "../elements/node.js";
import { Once } from "../elements/once.js";

export const ROLES = /** @type {const} */ (["viewer", "editor", "admin"]);
const FIELDS = /** @type {const} */ ([["name", "text"], ["office", "text"], ["email", "email"]]);

export class Invite {
  #api;
  #tongue;
  #done;
  /** @type {Map<string, HTMLInputElement>} */
  #fields = new Map();
  #role = make("select", { id: "invite-role" });
  #told = make("p", { role: "alert", class: "told" });
  #link;
  node;

  /**
   * @param {Api} api
   * @param {Tongue} tongue
   * @param {() => Promise<void>} done somebody was invited
   */
  constructor(api, tongue, done) {
    this.#api = api;
    this.#tongue = tongue;
    this.#done = done;
    const { words } = tongue;
    this.#link = new Once(words, "invited-link");
    for (const role of ROLES) this.#role.append(make("option", { value: role, selected: role === "editor" }, words.get(`role.${role}`)));
    const fields = FIELDS.map(([name, type]) => {
      const input = make("input", { type, id: `invite-${name}`, maxlength: name === "email" ? 254 : 200, autocomplete: "off", required: true });
      input.addEventListener("input", () => set(input, { "aria-invalid": null }));
      this.#fields.set(name, input);
      return make("p", { class: "field" }, make("label", { for: input.id }, words.get(`members.${name}`)), input);
    });
    const form = make(
      "form",
      { class: "inviting", novalidate: true },
      make("h3", {}, words.get("members.invite")),
      make("div", { class: "pair" }, ...fields, make("p", { class: "field" }, make("label", { for: "invite-role" }, words.get("members.role")), this.#role)),
      this.#told,
      make("p", { class: "doings" }, make("button", { type: "submit", class: "main" }, words.get("members.make"))),
      make("p", { class: "hint" }, words.get("members.hint")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#send();
    });
    this.node = make("section", {}, this.#link.node, form);
  }

  /** The link is shown once: it is gone when one looks at something else. */
  forget() {
    this.#link.forget();
  }

  async #send() {
    const { words } = this.#tongue;
    const empty = [...this.#fields.values()].find((input) => !input.value.trim());
    if (empty) return this.#wrong(empty, words.get("members.needs"));
    const said = Object.fromEntries([...this.#fields].map(([name, input]) => [name, input.value.trim()]));
    try {
      const { member, url } = await this.#api.ask("POST", "/api/members", { ...said, role: this.#role.value });
      for (const input of this.#fields.values()) input.value = "";
      this.#told.textContent = "";
      this.#link.show(words.get("members.link", { name: member.name }), url, words.get("members.once"));
      await this.#done();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const fields = error.told.fields ?? {};
      const field = Object.keys(fields).map((name) => this.#fields.get(name)).find((input) => input);
      const reasons = Object.values(fields).join(" ");
      this.#wrong(field ?? null, reasons || (error.title ? `${error.title}. ${error.detail}` : words.get("trouble.no_answer")));
    }
  }

  /** @param {HTMLInputElement | null} input @param {string} said */
  #wrong(input, said) {
    this.#told.textContent = said;
    if (!input) return;
    set(input, { "aria-invalid": "true" });
    input.focus();
  }
}
