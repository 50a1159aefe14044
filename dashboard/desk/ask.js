/**
 * What the people of a decision are asked: the question that waits with its answers as they come, or the field to ask one; and
 * what was asked before, with what was heard to it.
 *
 * @import { Submission } from "../types.js"
 * @import { Board } from "./board.js"
 * @import { Asked, Lines, Work } from "./types.js"
 * @import { Said } from "./said.js"
 */

import { make, words as voice } from "../elements/node.js";
import { wordsLink } from "./address.js";
import { AskForm } from "./asking.js";
import { button } from "./fields.js";
import { HeardForm } from "./heard.js";
import { refill } from "./refill.js";

export class AskPage {
  #board;
  #key;
  #lines;
  #said;
  #may;
  #changed;
  #waits = make("section", { class: "block ask-waits", id: "ask-waits", tabindex: -1 });
  #answers = make("section", { class: "block", "aria-labelledby": "answers-title" });
  #before = make("section", { class: "block", "aria-labelledby": "asked-before" });
  #form;
  /** @type {Map<number, HeardForm>} */
  #tellings = new Map();

  /** @param {Board} board @param {Work} work @param {Lines} lines @param {Said} said @param {boolean} may @param {() => void} changed something is not sent any more, or is again */
  constructor(board, work, lines, said, may, changed) {
    this.#board = board;
    this.#key = work.key;
    this.#lines = lines;
    this.#said = said;
    this.#may = may;
    this.#changed = changed;
    this.#form = new AskForm(board, work, lines, said, changed, () => this.#waits.focus());
    const { words } = said;
    const how = ["where", "who", "after"].map((name) => make("li", {}, words.get(`desk.ask.how.${name}`)));
    this.node = make("div", { class: "desk-two" },
      make("div", { class: "desk-main" }, this.#waits, this.#form.node, this.#answers, this.#before),
      make("aside", { class: "panel", "aria-label": words.get("desk.ask.how") }, make("section", { class: "block" }, make("h3", {}, words.get("desk.ask.how")), make("ul", { class: "hint" }, ...how))));
  }

  update() {
    const { work } = this.#board;
    const asks = this.#board.asks.get(this.#key) ?? [];
    const answers = this.#board.answers.get(this.#key) ?? [];
    const open = asks.find((ask) => ask.is_open) ?? null;
    const [newest] = asks;
    const { words } = this.#said;
    this.#waits.hidden = !open;
    refill(this.#waits, [open, this.#said.today], () => (open ? this.#waiting(open) : []));
    const isPublic = work?.state === "published" || work?.state === "decided";
    this.#form.node.hidden = !!open || !isPublic || !this.#may;
    if (!this.#form.node.hidden) this.#form.update();
    this.#answers.hidden = !newest || (!newest.is_open && !newest.answers);
    refill(this.#answers, [newest?.id, newest?.answers, answers.map(({ id, revision }) => [id, revision])], () => (newest ? this.#answering(newest, answers) : []));
    const earlier = asks.filter((ask) => !ask.is_open);
    this.#before.hidden = earlier.length === 0;
    refill(this.#before, [earlier.map((ask) => ({ ...ask, unread: 0 })), this.#said.today], () => [make("h3", { id: "asked-before" }, words.get("desk.ask.before")), make("ul", { class: "asked-before" }, ...earlier.map((ask) => this.#over(ask)))]);
    for (const ask of earlier) this.#tellings.get(ask.id)?.update(ask);
  }

  /** @param {Asked} ask */
  #waiting(ask) {
    const { words, when } = this.#said;
    const trouble = make("p", { class: "refused", role: "alert", hidden: true });
    const back = button(words.get("desk.ask.withdraw_do"), () => void this.#board.linked(() => this.#board.client.unask(ask.id)).catch((error) => {
      trouble.hidden = false;
      trouble.textContent = error.title ? `${error.title}. ${error.detail}` : words.get("desk.no_answer");
    }), { class: "grave", id: "ask-back" });
    return [
      make("h3", {}, words.get("desk.ask.waits")),
      make("p", { class: "asked-text" }, this.#said.text(ask.text)),
      make("p", { class: "standing" }, words.get("desk.ask.meta", { office: ask.office, when: when.said(ask.asked_at), n: ask.reached }), " · ", this.#said.until(ask.until, true)),
      this.#may ? make("details", { class: "step" }, make("summary", {}, words.get("desk.ask.withdraw")), make("div", { class: "folded" }, make("p", { class: "hint" }, words.get("desk.ask.withdraw_hint")), back, trouble)) : null,
    ];
  }

  /** @param {Asked} ask @param {readonly Submission[]} answers the newest */
  #answering(ask, answers) {
    const { words, when } = this.#said;
    const list = answers.map((one) => make("li", {}, voice(one.text ?? "", one.language),
      make("p", { class: "standing" }, make("a", { href: `${answersLink(this.#key, ask)}&open=${one.id}` }, when.said(one.received_at)), " · ", words.get(`status.${one.status}`))));
    return [
      make("h3", { id: "answers-title" }, words.get("desk.ask.answers", { n: ask.answers })),
      make("p", { class: "standing", role: "status" }, words.get("desk.ask.of", { receipts: ask.by_receipt, unread: ask.unread })),
      list.length ? make("ul", { class: "answers" }, ...list) : make("p", { class: "soft" }, words.get("desk.ask.no_answers")),
      ask.answers ? make("p", {}, make("a", { href: answersLink(this.#key, ask) }, words.get("desk.ask.all"))) : null,
    ];
  }

  /** One that is over. @param {Asked} ask */
  #over(ask) {
    const { words, when } = this.#said;
    const ended = words.get(ask.withdrawn ? "desk.ask.taken_back" : "desk.ask.over", { when: when.day(ask.ended_at ?? 0) });
    const said = ask.heard_at === null ? null : make("div", { class: "said-heard" }, make("h4", {}, words.get("desk.ask.heard")), make("p", {}, this.#said.text(ask.heard)), make("p", { class: "hint" }, words.get("desk.ask.said_at", { when: when.said(ask.heard_at) })));
    const telling = this.#may ? this.#tellings.get(ask.id) ?? new HeardForm(this.#board, this.#key, ask, this.#lines, this.#said, this.#changed) : null;
    if (telling) this.#tellings.set(ask.id, telling);
    return make("li", {},
      make("p", { class: "asked-text" }, this.#said.text(ask.text)),
      make("p", { class: "standing" }, ended, " · ", ask.answers ? make("a", { href: answersLink(this.#key, ask) }, words.get("desk.ask.answers", { n: ask.answers })) : words.get("desk.ask.answers", { n: 0 })),
      said, telling?.node ?? null);
  }
}

/** The answers among the voices, live. @param {string} key @param {Asked} ask */
function answersLink(key, { id }) {
  return wordsLink(key, { ask: String(id) });
}
