/**
 * The settings of the agency itself.
 *
 * @import { Api } from "../api.js"
 * @import { Words } from "../words.js"
 * @import { Settings } from "./types.js"
 */

import { make, set } from "../elements/node.js";
import { Refused } from "../elements/refused.js";
import { changed, save } from "./changing.js";
import { Lines, setting, Ticks } from "./fields.js";

export class AgencyForm {
  #api;
  #words;
  #names;
  #contact = make("input", { type: "text", id: "privacy_contact", maxlength: 300, autocomplete: "off" });
  #owed;
  #zone = make("select", { id: "time_zone" });
  #days = make("input", { type: "number", id: "retention_days", min: 30, max: 1095, inputmode: "numeric" });
  #erases = make("p", { class: "erases", role: "alert", hidden: true });
  #privacy = make("a", { target: "_blank", rel: "noopener" });
  #refused;
  #told = make("span", { role: "status" });
  #button = make("button", { type: "submit", class: "main" });
  /** @type {Settings | null} */
  #was = null;
  node;

  /** @param {Api} api @param {Words} words @param {(settings: Settings) => void} kept */
  constructor(api, words, kept) {
    this.#api = api;
    this.#words = words;
    this.#names = new Lines(words, "names", 200);
    this.#owed = new Ticks(words, "required_languages");
    this.#refused = new Refused(words);
    this.#button.textContent = words.get("setup.save");
    this.#privacy.textContent = words.get("setup.privacy_page");
    this.#zone.append(...Intl.supportedValuesOf("timeZone").map((zone) => make("option", { value: zone }, zone)));
    const form = make(
      "form",
      { class: "setting-up", novalidate: true, "aria-labelledby": "setup-agency" },
      this.#names.node,
      this.#owed.node,
      setting(words, "time_zone", this.#zone),
      setting(words, "retention_days", this.#days, this.#erases),
      setting(words, "privacy_contact", this.#contact, make("p", {}, this.#privacy)),
      this.#refused.node,
      make("p", { class: "doings" }, this.#button, this.#told),
    );
    form.addEventListener("input", () => (this.#told.textContent = ""));
    this.#days.addEventListener("input", () => (this.#erases.hidden = true)); // of another number nothing was said yet
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#save(kept);
    });
    this.node = make("section", {}, make("h3", { id: "setup-agency" }, words.get("setup.agency")), form);
  }

  /** @param {Settings} settings as they stand; what somebody is changing stays */
  show(settings) {
    const own = this.#was ? changed({ ...this.#was, names: named(this.#was) }, this.#read()) : {};
    this.#was = settings;
    this.#write(/** @type {Settings} */ ({ ...settings, ...own }));
    if (!("retention_days" in own)) this.#erases.hidden = true;
  }

  /** @param {Settings} settings */
  #write(settings) {
    if (![...this.#zone.options].some(({ value }) => value === settings.time_zone)) this.#zone.append(make("option", { value: settings.time_zone }, settings.time_zone));
    this.#names.write(named(settings));
    this.#owed.write(settings.required_languages);
    this.#zone.value = settings.time_zone;
    this.#days.value = String(settings.retention_days);
    this.#contact.value = settings.privacy_contact;
    set(this.#privacy, { href: `${settings.privacy_url}?lang=${this.#words.language}` });
  }

  #read() {
    return {
      names: this.#names.read(),
      required_languages: this.#owed.read(),
      time_zone: this.#zone.value,
      retention_days: Number(this.#days.value),
      privacy_contact: this.#contact.value.trim(),
    };
  }

  /** @param {(settings: Settings) => void} kept */
  async #save(kept) {
    const words = this.#words;
    const was = this.#was;
    if (!was) return;
    const now = this.#read();
    // fewer days erase words: that is said before it is done
    if (now.retention_days < was.retention_days && now.retention_days >= 30 && this.#erases.hidden) {
      this.#erases.textContent = words.get("setup.erases", { n: now.retention_days });
      this.#erases.hidden = false;
      return;
    }
    let quicker = false;
    await this.#refused.attempt(async () => {
      const { kept: stands, left } = await save((body) => this.#api.ask("PATCH", "/api/agency", body), { ...was, names: named(was) }, now);
      this.#was = stands;
      this.#erases.hidden = true;
      this.#write(/** @type {Settings} */ ({ ...stands, ...left }));
      quicker = left !== null;
      if (!quicker) this.#told.textContent = words.get("setup.saved");
      kept(stands);
    });
    if (quicker) this.#refused.say(words.get("setup.quicker"));
  }
}

/** The name by language; one that was only ever given once stands in the first language that is owed. @param {Settings} settings */
function named({ name, names, required_languages: [first] }) {
  return Object.keys(names).length || !first ? names : { [first]: name };
}
