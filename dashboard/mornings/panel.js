/**
 * The story of one decision at the desk: who owns it and who gets it, how it stands, and the presses to name somebody, pause,
 * hand over, turn off and on. Nobody is asked why.
 *
 * @import { Morning, Mornings, MorningStep } from "./mornings.js"
 * @import { Me } from "../types.js"
 * @import { Language, Words } from "../words.js"
 * @import { When } from "../when.js"
 */

import { Problem } from "../api.js";
import { button } from "../desk/fields.js";
import { refill } from "../desk/refill.js";
import { glyph } from "../elements/glyph.js";
import { make } from "../elements/node.js";
import { MEMBERS } from "../members/address.js";
import { LANGUAGE_NAMES, LANGUAGES } from "../words.js";
import { figuresOf, isOff, stateOf } from "./says.js";

const OFFERED_DAYS = [3, 7, 14, 30];

export class MorningPanel {
  #mornings;
  #me;
  #tongue;
  #key;
  #trouble = make("p", { class: "refused", role: "alert", hidden: true });
  #body = make("div", { class: "morning" });

  /**
   * @param {Mornings} mornings
   * @param {Me} me
   * @param {{words: Words, when: When}} tongue
   * @param {string} key of the decision
   */
  constructor(mornings, me, tongue, key) {
    this.#mornings = mornings;
    this.#me = me;
    this.#tongue = tongue;
    this.#key = key;
    const { words } = tongue;
    this.node = make("section", { class: "block noprint", id: "morning", tabindex: -1 },
      make("h3", {}, words.get("morning.title")), make("p", { class: "hint" }, words.get("morning.hint")), this.#trouble, this.#body);
    mornings.want();
  }

  update() {
    const { items, colleagues, offered } = this.#mornings;
    if (!items) return;
    const morning = this.#mornings.of(this.#key);
    refill(this.#body, [morning, colleagues, offered], () => (morning ? this.#standing(morning) : this.#nobody()));
  }

  get #edits() {
    return this.#me.role !== "viewer";
  }

  #nobody() {
    const { words } = this.#tongue;
    return [
      make("p", {}, words.get("morning.nobody")),
      this.#mornings.offered ? null : make("p", { class: "hint" }, words.get("morning.no_mail")),
      this.#edits ? this.#naming(null) : null,
    ];
  }

  /** @param {Morning} morning */
  #standing(morning) {
    const { words, when } = this.#tongue;
    const { owner, reader } = morning;
    const row = (/** @type {string} */ name, /** @type {(Node | string | null)[]} */ ...said) => make("div", {}, make("dt", {}, words.get(name)), make("dd", {}, ...said));
    const who = (/** @type {{name: string, office: string}} */ one) => make("bdi", {}, `${one.name}, ${one.office}`);
    const mine = reader.id === this.#me.member?.id;
    return [
      make("dl", { class: "facts" },
        row("morning.owner", who(owner)),
        reader.id === owner.id ? null : row("morning.reader", who(reader)),
        row("morning.state", isOff(morning) ? glyph("badly") : null, make("strong", {}, stateOf(morning, { words, when })),
          make("span", { class: "hint" }, figuresOf(morning, { words, when })))),
      this.#mornings.offered ? null : make("p", { class: "hint" }, words.get("morning.no_mail")),
      morning.waits ? make("p", { class: "hint" }, words.get("morning.waits")) : null,
      this.#edits || mine ? this.#doing(morning) : null,
      this.#edits ? make("details", {}, make("summary", {}, words.get("morning.change")), this.#naming(morning)) : null,
    ];
  }

  /** @param {Morning} morning */
  #doing(morning) {
    const { words } = this.#tongue;
    const days = make("select", { id: "morning-days" }, ...OFFERED_DAYS.map((n) => make("option", { value: n, selected: n === 7 }, words.get("morning.days", { n }))));
    const others = this.#mornings.colleagues.filter(({ id }) => id !== morning.reader.id);
    const to = make("select", { id: "morning-to" }, ...others.map(({ id, name, office }) => make("option", { value: id, selected: id === morning.owner.id }, `${name}, ${office}`)));
    const again = morning.state === "paused" ? "morning.end_pause" : "morning.on";
    return make("div", {},
      morning.state === "off" || morning.state === "paused" ? make("p", {}, button(words.get(again), () => this.#take({ step: "on" }), { id: "morning-on", class: "first" })) : null,
      make("details", {}, make("summary", {}, words.get("morning.rest")),
        make("p", { class: "hint" }, words.get("morning.why_not")),
        others.length ? make("div", { class: "one-field" }, make("label", { for: "morning-to" }, words.get("morning.hand_to")),
          make("div", { class: "pressing" }, to, button(words.get("morning.hand_over"), () => this.#take({ step: "hand_over", to: Number(to.value) }), { id: "morning-hand" }))) : null,
        morning.state === "gone" ? null : make("div", { class: "one-field" }, make("label", { for: "morning-days" }, words.get("morning.pause_for")),
          make("div", { class: "pressing" }, days, button(words.get("morning.pause"), () => this.#take({ step: "pause", days: Number(days.value) }), { id: "morning-pause" }))),
        morning.state === "on" ? button(words.get("morning.off"), () => this.#take({ step: "off" }), { class: "plain", id: "morning-off" }) : null));
  }

  /** Who owns it, and in which language the mail speaks. @param {Morning | null} morning */
  #naming(morning) {
    const { words } = this.#tongue;
    const { colleagues } = this.#mornings;
    if (!colleagues.length) return make("p", {}, make("a", { href: MEMBERS }, words.get("morning.nobody_joined")));
    const member = make("select", { id: "morning-member" }, ...colleagues.map(({ id, name, office }) => make("option", { value: id, selected: id === morning?.owner.id }, `${name}, ${office}`)));
    const tongue = morning?.language ?? words.language;
    const language = make("select", { id: "morning-language" }, ...LANGUAGES.map((code) => make("option", { value: code, lang: code, selected: code === tongue }, LANGUAGE_NAMES[code])));
    const name = () => this.#run(() => this.#mornings.own(this.#key, Number(member.value), /** @type {Language} */ (language.value)));
    return make("div", { class: "naming" },
      make("div", { class: "one-field" }, make("label", { for: "morning-member" }, words.get("morning.member")), member),
      make("div", { class: "one-field" }, make("label", { for: "morning-language" }, words.get("morning.language")), language),
      make("p", {}, button(words.get("morning.name_owner"), () => void name(), { id: "morning-own" })));
  }

  /** @param {MorningStep} step */
  #take(step) {
    void this.#run(() => this.#mornings.take(this.#key, step));
  }

  /** @param {() => Promise<void>} ask */
  async #run(ask) {
    try {
      await ask();
      this.#trouble.hidden = true;
      if (!this.node.contains(document.activeElement)) this.node.focus({ preventScroll: true });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#trouble.hidden = false;
      this.#trouble.textContent = error.title ? `${error.title}. ${error.detail}` : this.#tongue.words.get("trouble.no_answer");
    }
  }
}
