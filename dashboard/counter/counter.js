/**
 * At the counter, on the telephone, from paper: one line, a digit, Enter. What was stored is read back, and the receipt is
 * of the person who spoke: it is spoken in groups or printed, and then it leaves the screen.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Change, Me } from "../types.js"
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";
import { Place } from "../elements/place.js";
import { LANGUAGES } from "../words.js";
import { Choice } from "./choice.js";
import { answersOf, COSTS, freshKey, WAYS } from "./questions.js";
import { fateOf, Full, lasting, Queue } from "../kiosk/queue.js";
import { Kiosks } from "./kiosks.js";
import { Receipt } from "./receipt.js";

const CHANNELS = /** @type {const} */ (["counter", "phone", "workshop", "paper", "staff"]);
const CHARACTERS = 5_000;
const SPARE = 10;

export class Counter extends Place {
  #api;
  #me;
  #tongue;
  #key = freshKey();
  #sending = false;
  #receipt;
  #queue;
  #kiosks;
  /** @type {{key: string, receipt: string} | null} issued for the person who speaks now */
  #issued = null;
  #waiting;
  /** @type {Promise<void> | null} */
  #opened = null;
  #waits = make("p", { class: "waits", role: "status", hidden: true });
  #form = make("form", { class: "taking fielded", novalidate: true });
  #told = make("p", { role: "alert", class: "refused", hidden: true });
  #done = make("p", { role: "status", class: "typed", hidden: true });
  #channel = make("select", { id: "counter-channel" });
  #placement = make("select", { id: "counter-placement" });
  #language = make("select", { id: "counter-language" });
  #number = make("input", { id: "counter-number", type: "text", inputmode: "numeric", autocomplete: "off", maxlength: "20", placeholder: "123/4567/89012" });
  #text = make("textarea", { id: "counter-text", rows: "2", dir: "auto", maxlength: String(CHARACTERS), spellcheck: "true", "aria-describedby": "counter-hint" });
  #asked = make("div", { class: "asked" });
  #more = make("div", { class: "more" });
  /** @type {Choice | null} */
  #answer = null;
  /** @type {Choice | null} */
  #way = null;
  /** @type {Choice | null} */
  #cost = null;
  /** @type {Choice | null} */
  #allows = null;

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {(number: number) => void} waiting how many wait on this device
   */
  constructor(root, api, me, tongue, waiting) {
    super(root, tongue.words);
    this.#waiting = waiting;
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#kiosks = new Kiosks(api, me, tongue);
    this.#queue = new Queue(`tijdens-counter-${me.agency.key}`, (item) => this.#deliver(item), () => this.#say());
    this.#receipt = new Receipt(tongue, () => this.#next());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#send();
    });
    this.#form.addEventListener("keydown", (event) => this.#enter(event));
    for (const choice of [this.#channel, this.#placement]) choice.addEventListener("change", () => this.#ask());
  }

  focus() {
    this.#first.focus();
  }

  /** Whatever waits on this device is sent as soon as a colleague is in the room, wherever she looks. */
  async wake() {
    if (this.#me.role === "viewer") return;
    addEventListener("online", () => void this.#queue.flush());
    this.#opened = this.#queue.open();
    await this.#opened;
  }

  enter() {
    if (!this.#form.isConnected) return;
    void lasting();
    void this.#stock();
  }

  leave() {
    this.#kiosks.forget();
    this.#receipt.forget(); // nobody finds somebody's code by coming back here
  }

  /** @param {readonly Change[]} _changes */
  apply(_changes) {}

  get #paper() {
    return this.#channel.value === "paper";
  }

  get #first() {
    return this.#paper ? this.#number : this.#text;
  }

  build() {
    const { words, says } = this.#tongue;
    const may = this.#me.role !== "viewer" && this.#me.placements.length > 0;
    const title = make("h2", { id: "counter-title" }, words.get("counter.title"));
    if (!may) return this.root.append(title, make("p", { class: "lead" }, words.get("counter.editors")));
    this.#channel.append(...CHANNELS.map((value) => make("option", { value }, words.get(`channel.${value}`))));
    this.#placement.append(...this.#me.placements.filter(({ live }) => live).map(({ key }) => make("option", { value: key }, says.placement(key))));
    this.#language.append(...LANGUAGES.map((code) => make("option", { value: code, selected: code === words.language }, words.languageName(code))), make("option", { value: "" }, words.get("counter.other_language")));
    const field = (/** @type {string} */ id, /** @type {HTMLElement} */ control) => make("p", { class: "one-field" }, make("label", { for: id }, words.get(`counter.${id.replace("counter-", "")}`)), control);
    const number = field("counter-number", this.#number);
    this.#form.append(
      make("div", { class: "settings" }, field("counter-channel", this.#channel), field("counter-placement", this.#placement), field("counter-language", this.#language)),
      number,
      make("p", { class: "one-field" }, make("label", { for: "counter-text" }, words.get("counter.text")), make("span", { class: "hint", id: "counter-hint" }, words.get("counter.hint")), this.#text),
      this.#asked,
      this.#more,
      this.#told,
      make("p", { class: "doings" }, make("button", { type: "submit", class: "first" }, words.get("counter.send")), make("a", { id: "counter-paper", href: "#" }, words.get("counter.sheets")), make("a", { id: "counter-poster", href: "#" }, words.get("counter.poster"))),
    );
    this.root.append(title, make("p", { class: "hint" }, words.get("counter.how")), this.#receipt.node, this.#waits, this.#done, this.#form, this.#kiosks.node);
    this.#ask();
  }

  get #chosen() {
    return this.#me.placements.find(({ key }) => key === this.#placement.value);
  }

  /** The questions of the placement that is chosen, as they are asked aloud. */
  #ask() {
    const { words, says } = this.#tongue;
    const placement = this.#chosen;
    if (!placement) return;
    const { field, values } = answersOf(placement.question);
    const options = values.map((value) => /** @type {const} */ ([value, says.value(field, value, placement.key)]));
    this.#answer = new Choice("counter-answer", words.get(`counter.question.${placement.question}`), options);
    this.#way = new Choice("counter-way", words.get("counter.way"), WAYS.map((value) => [value, words.get(`counter.ways.${value}`)]));
    this.#cost = new Choice("counter-cost", words.get("counter.cost"), [...COSTS.map((value) => /** @type {const} */ ([value, words.get(`counter.costs.${value}`)])), ["none", words.get("counter.none")]], { several: true });
    this.#allows = new Choice("counter-allows", words.get("counter.allows"), [["quote", words.get("counter.quote")], ["invite", words.get("counter.invite")]], { several: true });
    this.#asked.replaceChildren(this.#answer.node);
    this.#more.replaceChildren(this.#way.node, this.#cost.node, this.#allows.node);
    const number = /** @type {HTMLElement} */ (this.#number.closest("p"));
    number.hidden = !this.#paper;
    for (const name of ["paper", "poster"]) {
      const link = this.#form.querySelector(`#counter-${name}`);
      if (link instanceof HTMLAnchorElement) link.href = `/${name}/${encodeURIComponent(placement.key)}?lang=${this.#language.value || words.language}`;
    }
  }

  /** Enter goes from the number to the words, from the words to the answer, and from there it sends. @param {KeyboardEvent} event */
  #enter(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    const { target } = event;
    if (target === this.#number) {
      event.preventDefault();
      this.#text.focus();
    } else if (target === this.#text) {
      event.preventDefault();
      this.#answer?.focus();
    } else if (target instanceof HTMLInputElement) {
      event.preventDefault();
      this.#form.requestSubmit();
    }
  }

  async #send() {
    const placement = this.#chosen;
    if (!placement || this.#sending) return;
    const { words } = this.#tongue;
    const { field } = answersOf(placement.question);
    const cost = this.#cost?.values ?? [];
    const allowed = this.#allows?.values ?? [];
    const said = {
      placement: placement.key,
      ...(this.#answer?.values[0] ? { [field]: this.#answer.values[0] } : {}),
      ...(this.#text.value.trim() ? { text: this.#text.value } : {}),
      ...(this.#way?.values[0] ? { another_way: this.#way.values[0] } : {}),
      ...(cost.length ? { impact: cost.filter((name) => name !== "none") } : {}),
      ...(this.#language.value ? { language: this.#language.value } : {}),
      ...(allowed.length ? { permissions: { quote: allowed.includes("quote"), invite: allowed.includes("invite") } } : {}),
    };
    this.#sending = true;
    try {
      if (!this.#paper) await this.#issue(placement);
      if (this.#paper) {
        const typed = await this.#api.ask("POST", "/api/sheets", { ...said, number: this.#number.value });
        this.#done.textContent = words.get(typed.repeated ? "counter.typed_before" : "counter.typed", { number: this.#number.value });
        this.#done.hidden = false;
        this.#next();
      } else {
        const taken = await this.#take({ ...said, key: this.#key, channel: this.#channel.value });
        this.#done.hidden = true;
        this.#form.hidden = true;
        this.#receipt.show(taken, this.#channel.value === "staff");
        void this.#stock();
      }
      this.#told.hidden = true;
    } catch (error) {
      if (error instanceof Full) {
        this.#told.textContent = words.get("counter.full");
        this.#told.hidden = false;
        return;
      }
      if (!(error instanceof Problem)) throw error;
      this.#told.textContent = error.title ? [`${error.title}.`, error.detail, ...Object.values(error.told.fields ?? {})].join(" ") : words.get("counter.no_answer");
      this.#told.hidden = false;
      if (error.told.fields?.number) this.#number.focus();
    } finally {
      this.#sending = false;
    }
  }

  /**
   * Stored; or, while the network is gone, kept on this device under a key whose receipt was issued before.
   * @param {Record<string, any> & {key: string}} said
   * @returns {Promise<import("./receipt.js").Taken>}
   */
  async #take(said) {
    try {
      return await this.#api.ask("POST", "/api/counter", said);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 0) throw error;
      await this.#queue.put(said); // under the key that was tried: if it arrived after all, it is known again
      return { id: 0, receipt: this.#issued?.key === said.key ? this.#issued.receipt : "", text: said.text ?? null, masked_notice: null };
    }
  }

  /** Takes a receipt that was issued for this placement, once a person. @param {{key: string}} placement */
  async #issue(placement) {
    if (this.#issued) return;
    const issued = await this.#queue.take();
    if (issued?.placement !== placement.key) return;
    this.#issued = { key: issued.key, receipt: String(issued.receipt) };
    this.#key = issued.key;
  }

  /** @param {import("../kiosk/queue.js").Item} item @returns {Promise<import("../kiosk/queue.js").Fate>} */
  async #deliver(item) {
    const response = await fetch("/api/counter", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(item), signal: AbortSignal.timeout(15_000) });
    return fateOf(response);
  }

  /** Receipts for those who speak while the network is gone. */
  async #stock() {
    const placement = this.#chosen;
    if (!placement || (await this.#queue.spare()) >= SPARE / 2) return;
    try {
      const { items } = await this.#api.ask("POST", "/api/counter/receipts", { placement: placement.key, number: SPARE });
      await this.#queue.stock(items.map((/** @type {any} */ item) => ({ ...item, placement: placement.key })));
    } catch (error) {
      if (!(error instanceof Problem)) throw error; // the network is gone: there is a next time
    }
  }

  /** How many wait on this device. */
  #say() {
    const { words } = this.#tongue;
    const { waiting, refused } = this.#queue;
    this.#waiting(waiting + refused);
    this.#waits.textContent = [waiting ? words.get("counter.waiting", { n: waiting }) : "", refused ? words.get("counter.refused", { n: refused }) : ""].filter(Boolean).join(" ");
    this.#waits.hidden = !waiting && !refused;
  }

  /** An empty form for the next person; where, how and in which language stay. */
  #next() {
    this.#key = freshKey();
    this.#issued = null;
    this.#text.value = "";
    this.#number.value = "";
    this.#form.hidden = false;
    this.#ask();
    this.#first.focus();
  }
}
