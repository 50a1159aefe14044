/**
 * Showing voices to a meeting: which ones, and the way to the big screen.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Themes } from "../themes/themes.js"
 * @import { Change, Me } from "../types.js"
 * @import { Showing } from "./address.js"
 */

import { make, part, set } from "../elements/node.js";
import { Place } from "../elements/place.js";
import { Refused } from "../elements/refused.js";
import { chips, select } from "../picture/choosing.js";
import { meetingAddress, meetingLink, meetingQuestion } from "./address.js";
import { Screen } from "./screen.js";
import { Voices } from "./voices.js";

const FIELDS = /** @type {const} */ (["decision", "placement"]);

export class Meeting extends Place {
  #api;
  #me;
  #tongue;
  #themes;
  #refused;
  #screen;
  /** @type {Voices | null} */
  #voices = null;
  #asked = 0;
  #fields = make("div", { class: "fields" });
  #number = make("p", { class: "number", role: "status" });
  #begin = make("button", { type: "button", class: "main", disabled: true });
  #unread = make("input", { type: "checkbox", id: "meeting-unread" });

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {Themes} themes
   */
  constructor(root, api, me, tongue, themes) {
    super(root, tongue.words);
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#themes = themes;
    this.#refused = new Refused(tongue.words);
    this.#screen = new Screen(part("screen", HTMLDialogElement), tongue, (error) => void this.#refused.attempt(() => Promise.reject(error)));
  }

  build() {
    const { words } = this.#tongue;
    this.#begin.textContent = words.get("meeting.begin");
    this.#begin.addEventListener("click", () => this.#show());
    this.#unread.addEventListener("change", () => this.#go({ unread: this.#unread.checked }));
    this.root.append(
      make("h2", { id: "meeting-title" }, words.get("meeting.title")),
      make("p", { class: "lead" }, words.get("meeting.lead")),
      this.#fields,
      make("p", { class: "also" }, make("label", { for: "meeting-unread" }, this.#unread, words.get("meeting.unread"))),
      this.#refused.node, this.#number,
      make("p", { class: "doings" }, this.#begin),
      make("dl", { class: "keys" }, ...["next", "back", "hide", "end"].flatMap((name) => [make("dt", {}, make("kbd", {}, words.get(`meeting.key.${name}`))), make("dd", {}, words.get(`meeting.does.${name}`))])),
      make("p", { class: "hint" }, words.get("meeting.noted")));
  }

  enter() {
    addEventListener("hashchange", this.#look);
    void this.#load();
  }

  leave() {
    removeEventListener("hashchange", this.#look);
    this.#screen.close();
  }

  #look = () => {
    if (meetingAddress(location.hash)) void this.#load();
  };

  /** What is on the screen stays, until its author takes it back. @param {readonly Change[]} changes */
  apply(changes) {
    if (this.#voices?.apply(changes)) this.#screen.redraw();
  }

  /** @param {Partial<Showing>} next */
  #go(next) {
    const showing = meetingAddress(location.hash);
    if (showing) location.hash = meetingLink({ ...showing, ...next });
  }

  async #load() {
    const showing = meetingAddress(location.hash);
    if (!showing) return;
    const asked = ++this.#asked;
    set(this.root, { "aria-busy": "true" });
    await this.#refused.attempt(async () => {
      if (!this.#themes.loaded) await this.#themes.load();
      const { number } = await this.#api.ask("GET", `/api/meeting?${meetingQuestion(showing, { limit: 0 })}`);
      if (asked !== this.#asked) return;
      const { words, says } = this.#tongue;
      const { filter, unread } = showing;
      this.#unread.checked = unread;
      const fields = FIELDS.map((name) => {
        const keys = name === "placement" ? this.#me.placements.map(({ key }) => key) : this.#themes.decisions.map(({ key }) => key);
        const options = /** @type {[string, string][]} */ ([["", words.get("radar.everything")], ...keys.map((key) => [key, says.value(name, key)])]);
        return select(`meeting-${name}`, words.get(`picture.field.${name}`), options, filter[name] ?? "", (value) => {
          const next = { ...filter };
          if (value) next[name] = value;
          else delete next[name];
          if (name === "decision") delete next.theme;
          this.#go({ filter: next });
        });
      });
      const held = document.activeElement?.id ?? "";
      this.#fields.replaceChildren(make("div", { class: "seeking" }, ...fields), chips(filter, FIELDS, (rest) => meetingLink({ filter: rest, unread }), this.#tongue));
      if (held.startsWith("meeting-")) document.getElementById(held)?.focus({ preventScroll: true });
      this.#number.textContent = number ? words.get("meeting.number", { n: number }) : words.get("meeting.nobody");
      this.#begin.disabled = !number;
    });
    if (asked === this.#asked) set(this.root, { "aria-busy": "false" });
  }

  #show() {
    const showing = meetingAddress(location.hash);
    if (!showing) return;
    const voices = (this.#voices = new Voices((place) => this.#api.ask("GET", `/api/meeting?${meetingQuestion(showing, { place, limit: 1 })}`)));
    void this.#screen.open(voices);
  }
}
