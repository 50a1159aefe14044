/**
 * Choosing voices and sorting them: what ties the stream, the dialog, the bar at its foot and the way back together.
 *
 * @import { Api } from "./api.js"
 * @import { Tongue } from "./elements/article.js"
 * @import { Kind } from "./kinds.js"
 * @import { Room } from "./room.js"
 * @import { Submission } from "./types.js"
 */

import { Acts } from "./acts.js";
import { part } from "./elements/node.js";
import { Undo } from "./elements/undo.js";
import { follows } from "./status.js";
import { showBatch } from "./themes/batch.js";
import { Selection } from "./themes/selection.js";
import { Sorter } from "./themes/sorter.js";
import { Asking } from "./triage/asking.js";
import { Chooser } from "./triage/chooser.js";

export class Sorting {
  #room;
  #tongue;
  #selection;
  #sorter;
  #undo;
  acts;
  asking;

  /**
   * @param {Room} room
   * @param {Api} api
   * @param {Tongue} tongue
   * @param {() => void} chosen other voices are chosen now
   * @param {(error: unknown) => void} failed
   */
  constructor(room, api, tongue, chosen, failed) {
    this.#room = room;
    this.#tongue = tongue;
    this.#undo = new Undo(part("undo", HTMLElement), tongue.words);
    this.acts = new Acts(api, room, tongue, (said, back) => this.#undo.say(said, back), failed);
    this.asking = new Asking(new Chooser(part("chooser", HTMLDialogElement), tongue.words), tongue, room.me);
    const current = (/** @type {number} */ id) => (room.one?.id === id ? room.one : room.list.find(id));
    this.#sorter = new Sorter(part("sorter", HTMLDialogElement), tongue, room.themes, this.acts, room.me.required_languages, current, () => this.#selection.clear());
    this.#selection = new Selection(() => {
      this.#drawBatch();
      chosen();
    });
  }

  /** Whether the one who is signed in may sort. */
  get may() {
    return this.#room.me.role !== "viewer";
  }

  /** @param {number} id */
  has(id) {
    return this.#selection.has(id);
  }

  /**
   * A press on a box beside a voice; with shift, all up to it.
   * @param {number} id
   * @param {boolean} reach
   * @param {readonly number[]} order
   */
  pick(id, reach, order) {
    if (reach) this.#selection.reach(id, order);
    else this.#selection.toggle(id);
  }

  /** @param {number | null} id */
  toggle(id) {
    if (id !== null && this.may) this.#selection.toggle(id);
  }

  /** Opens the dialog for those that are chosen, else for this one. @param {number | null} id */
  sort(id) {
    if (!this.may) return;
    const ids = this.#selection.size ? this.#selection.ids : id === null ? [] : [id];
    this.#sorter.open(this.#voices(ids).filter(({ text, erased_at }) => text && erased_at === null));
  }

  /** The same for one that stands in no list. @param {Submission} voice */
  sortThis(voice) {
    if (this.may && voice.text) this.#sorter.open([voice]);
  }

  /** @param {number} id */
  sortOne(id) {
    this.#sorter.open(this.#voices([id]));
  }

  /** What was done with the one that is open. @param {string} said @param {(() => Promise<void>) | null} back */
  say(said, back) {
    this.#undo.say(said, back);
  }

  undo() {
    void this.#undo.run();
  }

  /** Rows, themes or the view changed. */
  refresh() {
    this.#selection.keep((id) => this.#room.list.find(id) !== null);
    this.#sorter.refresh();
  }

  /** @param {readonly number[]} ids */
  #voices(ids) {
    const { one, list } = this.#room;
    return /** @type {Submission[]} */ (ids.map((id) => (one?.id === id ? one : list.find(id))).filter((voice) => voice !== null));
  }

  /** Whether any are chosen. */
  get some() {
    return this.#selection.size > 0;
  }

  /** Sets the status of one, after asking what goes with it. @param {Submission} voice @param {string} status */
  async mark(voice, status) {
    const wanted = follows(voice.status, status) ? await this.asking.standing(status, 1) : null;
    if (wanted) await this.acts.mark([voice], wanted);
  }

  /** The same for all that are chosen. @param {string} status */
  async markChosen(status) {
    const wanted = await this.asking.standing(status, this.#selection.size);
    if (!wanted) return;
    await this.acts.mark(this.#voices(this.#selection.ids), wanted);
    this.#selection.clear();
  }

  /** What all that are chosen are. @param {Kind} kind */
  async kindOfChosen(kind) {
    await this.acts.kinds(this.#voices(this.#selection.ids).filter(({ text }) => text), kind);
    this.#selection.clear();
  }

  /** Lets go of all that are chosen. */
  clear() {
    if (this.some) this.#selection.clear();
  }

  /** Says whose they are: those that are chosen, else this one. @param {Submission | null} voice */
  async assign(voice) {
    const chosen = this.some;
    const voices = chosen ? this.#voices(this.#selection.ids) : voice ? [voice] : [];
    if (!voices.length || !this.may) return;
    const member = await this.asking.member(voices.length);
    if (member === undefined) return;
    await this.acts.assign(voices, member);
    if (chosen) this.#selection.clear();
  }

  #drawBatch() {
    part("stream", HTMLElement).classList.toggle("choosing-some", this.#selection.size > 0);
    showBatch(part("batch", HTMLElement), this.#selection.size, this.#tongue.words, {
      sort: () => this.sort(null),
      read: () => void this.markChosen("read"),
      with: () => void this.markChosen("with"),
      assign: () => void this.assign(null),
      answered: () => void this.markChosen("answered"),
      aside: () => void this.markChosen("aside"),
      clear: () => this.#selection.clear(),
    });
  }
}
