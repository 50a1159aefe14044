/**
 * Asking back, telling, inviting to talk. What is half written stays while the page around it changes, and as long as its
 * voice is open.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { One } from "../types.js"
 * @import { Invitation, MessageKind } from "../themes/types.js"
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";

export const KINDS = /** @type {const} */ (["question", "note", "invitation", "handover"]);
const TEXT = 5_000;

export class Compose {
  #tongue;
  #send;
  #form;
  #doors;
  #text = make("textarea", { id: "compose-text", rows: 5, maxlength: TEXT, dir: "auto", required: true });
  #day = make("input", { type: "date", id: "compose-day" });
  #time = make("input", { type: "time", id: "compose-time" });
  #place = make("input", { type: "text", id: "compose-place", maxlength: 300 });
  #phone = make("input", { type: "tel", id: "compose-phone", maxlength: 60 });
  #video = make("input", { type: "text", id: "compose-video", maxlength: 500 });
  #desk = make("select", { id: "compose-desk" });
  #told = make("p", { class: "told", role: "alert" });
  #busy = false;
  #begin;
  node;

  /**
   * @param {One} one
   * @param {Tongue} tongue
   * @param {readonly {key: string, name: string}[]} desks to which a case can be handed
   * @param {(text: string, kind: MessageKind, more: {invitation?: Invitation, contact_point?: string}) => Promise<void>} send
   *   Problem when refused
   * @param {() => void} begin somebody begins to write
   */
  constructor(one, tongue, desks, send, begin) {
    this.#begin = begin;
    this.#tongue = tongue;
    this.#send = send;
    const { words } = tongue;
    this.#doors = make("p", { class: "doings" });
    this.#desk.append(...desks.map(({ key, name }) => make("option", { value: key }, name)));
    for (const kind of KINDS) {
      if (kind === "handover" && (!desks.length || one.desk)) continue; // nobody to propose, or handed over already
      const door = make("button", { type: "button", "data-kind": kind, "data-does": `write-${kind}` }, words.get(`compose.${kind}`));
      door.disabled = kind === "invitation" && !one.permissions.invite;
      door.addEventListener("click", () => this.open(kind));
      this.#doors.append(door);
    }
    this.#form = make("form", { class: "compose", hidden: true });
    const hints = [words.get("compose.where")];
    if (one.language && one.language !== words.language) hints.push(words.get("compose.language", { language: words.languageName(one.language) }));
    this.#form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation(); // leaves what is written, not the voice
      this.#close();
    });
    this.node = make("section", { class: "writing noprint" }, make("h3", {}, words.get("compose.title")), this.#doors, this.#form, make("p", { class: "hint" }, hints.join(" ")));
    if (!one.permissions.invite) this.#doors.append(make("span", { class: "hint" }, words.get("compose.not_asked")));
  }

  /** @param {typeof KINDS[number]} kind */
  open(kind) {
    const { words } = this.#tongue;
    const field = (/** @type {string} */ key, /** @type {HTMLElement} */ input) => make("p", { class: "field" }, make("label", { for: input.id }, words.get(key)), input);
    const send = make("button", { type: "submit", class: "main" }, words.get("compose.send"));
    const leave = make("button", { type: "button" }, words.get("compose.leave"));
    leave.addEventListener("click", () => this.#close());
    const meeting = make("div", { class: "meeting" }, field("invite.day", this.#day), field("invite.time", this.#time), field("invite.place", this.#place), field("invite.phone", this.#phone), field("invite.video", this.#video));
    const proposed = [field("compose.desk", this.#desk), make("p", { class: "hint" }, words.get("compose.desk_hint"))];
    this.#form.replaceChildren(field(`compose.${kind}.label`, this.#text), ...(kind === "handover" ? proposed : []), ...(kind === "invitation" ? [meeting, make("p", { class: "hint" }, words.get("invite.hint"))] : []), this.#told, make("p", { class: "doings" }, send, leave));
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      void this.#go(kind);
    };
    this.#told.textContent = "";
    this.#text.required = kind !== "handover";
    this.#form.hidden = false;
    this.#doors.hidden = true;
    this.#text.focus();
    this.#begin();
  }

  #close() {
    this.#form.hidden = true;
    this.#doors.hidden = false;
    this.#doors.querySelector("button")?.focus();
  }

  /** @param {typeof KINDS[number]} kind */
  async #go(kind) {
    const { words } = this.#tongue;
    const invitation = kind === "invitation" ? this.#invitation() : null;
    if (this.#busy) return;
    if (invitation && !(invitation.day && invitation.time && (invitation.place || invitation.phone || invitation.video))) {
      this.#told.textContent = words.get("invite.needs");
      return (invitation.day ? (invitation.time ? this.#place : this.#time) : this.#day).focus();
    }
    this.#busy = true;
    try {
      await this.#send(this.#text.value.trim(), kind, invitation ? { invitation } : kind === "handover" ? { contact_point: this.#desk.value } : {});
      for (const input of [this.#text, this.#day, this.#time, this.#place, this.#phone, this.#video]) input.value = "";
      this.#close();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#told.textContent = error.title ? [`${error.title}.`, error.detail, ...Object.values(error.told.fields ?? {})].join(" ") : words.get("trouble.no_answer");
    } finally {
      this.#busy = false;
    }
  }

  /** @returns {Invitation} */
  #invitation() {
    const said = (/** @type {HTMLInputElement} */ input) => input.value.trim();
    return { day: said(this.#day), time: said(this.#time), place: said(this.#place), phone: said(this.#phone), video: said(this.#video) };
  }
}
