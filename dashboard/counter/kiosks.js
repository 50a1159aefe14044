/**
 * Our kiosks: where they stand and when they were heard last. An admin sets one up by an address that is shown once, to be
 * opened on the device, and withdraws it.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Me } from "../types.js"
 *
 * @typedef {{id: number, placement: string, name: string, created_at: number, seen_at: number | null}} Device
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";

export class Kiosks {
  #api;
  #me;
  #tongue;
  #list = make("ul", { class: "kiosks" });
  #once = make("div", { class: "once", hidden: true });
  #told = make("p", { role: "alert", class: "refused", hidden: true });
  node = make("details", {});

  /**
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   */
  constructor(api, me, tongue) {
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.node.append(make("summary", {}, tongue.words.get("counter.kiosks")), this.#list, this.#once, this.#told);
    if (me.role === "admin") this.node.append(this.#form());
    this.node.addEventListener("toggle", () => {
      if (this.node.open) void this.load();
      else this.forget();
    });
  }

  async load() {
    await this.#try(async () => this.#draw((await this.#api.ask("GET", "/api/devices")).items));
  }

  /** The address with the key does not stay on the page. */
  forget() {
    this.#once.replaceChildren();
    this.#once.hidden = true;
  }

  #form() {
    const { words, says } = this.#tongue;
    const name = make("input", { id: "kiosk-name", type: "text", maxlength: "100", autocomplete: "off", required: true });
    const placement = make("select", { id: "kiosk-placement" }, ...this.#me.placements.map(({ key }) => make("option", { value: key }, says.placement(key))));
    const form = make(
      "form",
      { class: "kiosk-form", novalidate: true },
      make("p", { class: "one-field" }, make("label", { for: "kiosk-name" }, words.get("counter.kiosk_name")), name),
      make("p", { class: "one-field" }, make("label", { for: "kiosk-placement" }, words.get("counter.placement")), placement),
      make("p", {}, make("button", { type: "submit" }, words.get("counter.kiosk_make"))),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#try(async () => {
        const { url } = await this.#api.ask("POST", "/api/devices", { name: name.value, placement: placement.value });
        const field = make("input", { type: "text", readonly: true, id: "kiosk-address", value: url });
        this.#once.replaceChildren(make("label", { for: "kiosk-address" }, words.get("counter.kiosk_once")), field);
        this.#once.hidden = false;
        form.reset();
        field.focus();
        field.select();
        await this.load();
      });
    });
    return form;
  }

  /** @param {Device[]} items */
  #draw(items) {
    const { words, when, says } = this.#tongue;
    if (!items.length) return this.#list.replaceChildren(make("li", {}, words.get("counter.kiosk_none")));
    this.#list.replaceChildren(
      ...items.map(({ id, name, placement, seen_at: seen }) => {
        const heard = seen ? words.get("counter.kiosk_seen", { day: when.said(seen) }) : words.get("counter.kiosk_never");
        const withdraw = make("button", { type: "button", "aria-label": `${words.get("counter.kiosk_withdraw")}: ${name}` }, words.get("counter.kiosk_withdraw"));
        withdraw.addEventListener("click", () => void this.#try(async () => {
          await this.#api.ask("DELETE", `/api/devices/${id}`);
          await this.load();
        }));
        return make("li", {}, make("bdi", {}, name), ` · ${says.placement(placement)} · ${heard} `, this.#me.role === "admin" ? withdraw : null);
      }),
    );
  }

  /** @param {() => Promise<unknown>} run */
  async #try(run) {
    try {
      await run();
      this.#told.hidden = true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#told.textContent = error.title ? [`${error.title}.`, error.detail, ...Object.values(error.told.fields ?? {})].join(" ") : this.#tongue.words.get("trouble.no_answer");
      this.#told.hidden = false;
    }
  }
}
