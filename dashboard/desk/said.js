/**
 * What the desk says of a decision, in the reader's words: its name, its state, until when.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { Texts } from "./types.js"
 */

import { make } from "../elements/node.js";
import { LOCALES } from "../words.js";
import { daysBetween } from "./days.js";
import { picked } from "./texts.js";

export class Said {
  #tongue;
  #today;

  /** @param {Tongue} tongue @param {() => string} today */
  constructor(tongue, today) {
    this.#tongue = tongue;
    this.#today = today;
  }

  get words() {
    return this.#tongue.words;
  }

  get when() {
    return this.#tongue.when;
  }

  get today() {
    return this.#today();
  }

  /** A text of the team as a node in its own language. @param {Texts} texts @param {string} [without] said where there is none */
  text(texts, without = "") {
    const { text, lang } = picked(texts, this.words.language);
    return make("span", { lang: lang || null, dir: text ? "auto" : null, class: text ? null : "soft" }, text || without);
  }

  /** The same as plain words. @param {Texts} texts @param {string} [without] */
  plain(texts, without = "") {
    return picked(texts, this.words.language).text || without;
  }

  /** @param {Texts} title */
  title(title) {
    return this.text(title, this.words.get("desk.untitled"));
  }

  /** @param {string | null} day */
  day(day) {
    return day ? make("time", { datetime: day }, this.when.ofDay(day)) : "";
  }

  /** 9 December, as short as it goes. @param {string} day */
  short(day) {
    return new Intl.DateTimeFormat(LOCALES[this.words.language], { day: "numeric", month: "short", timeZone: "UTC" }).format(Date.parse(`${day}T00:00:00Z`));
  }

  /** "until Saturday 14 March", and how far that is. @param {string | null} until @param {boolean} open */
  until(until, open) {
    if (!until) return make("span", { class: "soft" }, this.words.get("desk.no_until"));
    const left = daysBetween(this.today, until);
    const far = left < 0 ? this.words.get("desk.closed") : left > 30 || !open ? "" : this.words.get("desk.days_left", { n: left });
    return make("span", {}, this.day(until), far ? make("span", { class: left <= 3 && open ? "left soon" : "left" }, ` · ${far}`) : null);
  }
}
