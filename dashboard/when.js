/**
 * Moments as people say them: just now, 4 minutes ago, today 14:03, Friday 9:12, Friday 20 November. Knows no DOM.
 */

import { LOCALES } from "./words.js";

const MINUTE = 60_000;
const DAY = 86_400_000;

export class When {
  #words;
  #now;
  #time;
  #long;
  #weekday;
  #date;
  #dateWithYear;
  #relative;

  /**
   * @param {import("./words.js").Words} words
   * @param {() => number} [now] Unix milliseconds
   */
  constructor(words, now = Date.now) {
    const language = LOCALES[words.language];
    this.#words = words;
    this.#now = now;
    this.#time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.#weekday = new Intl.DateTimeFormat(language, { weekday: "long" });
    this.#date = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
    this.#dateWithYear = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" });
    this.#long = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short", hourCycle: "h23" });
    this.#relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  }

  /** For a line: as short as it can be without doubt. @param {number} at Unix milliseconds */
  said(at) {
    const ago = this.#now() - at;
    if (ago >= -MINUTE && ago < MINUTE) return this.#words.get("when.now");
    if (ago >= 0 && ago < 60 * MINUTE) return this.#relative.format(-Math.floor(ago / MINUTE), "minute");
    const time = this.#time.format(at);
    return this.#daysAgo(at) < 7 ? `${this.day(at)}, ${time}` : this.day(at);
  }

  /** A moment that is still to come: the time alone when it is today. @param {number} at Unix milliseconds */
  until(at) {
    const time = this.#time.format(at);
    const days = -this.#daysAgo(at);
    if (days === 0) return time;
    return `${days === 1 ? this.#relative.format(1, "day") : this.#date.format(at)}, ${time}`;
  }

  /** The whole moment, for a history. @param {number} at Unix milliseconds */
  whole(at) {
    return this.#long.format(at);
  }

  /** The time of the day alone. @param {number} at Unix milliseconds */
  time(at) {
    return this.#time.format(at);
  }

  /** Today, yesterday, Thursday, Thursday 12 November, 3 March 2025. @param {number} at Unix milliseconds */
  day(at) {
    const days = this.#daysAgo(at);
    if (days === 0 || days === 1) return this.#relative.format(-days, "day");
    if (days > 1 && days < 7) return this.#weekday.format(at);
    return this.#thisYear(at) ? this.#date.format(at) : this.#dateWithYear.format(at);
  }

  /**
   * Which sentence says "since you were here", and its day.
   * @param {number} at Unix milliseconds
   * @returns {{key: "today" | "yesterday" | "weekday" | "date", day: string}}
   */
  visit(at) {
    const days = this.#daysAgo(at);
    if (days <= 0) return { key: "today", day: this.#time.format(at) };
    if (days === 1) return { key: "yesterday", day: this.day(at) };
    if (days < 7) return { key: "weekday", day: this.day(at) };
    const date = new Intl.DateTimeFormat(LOCALES[this.#words.language], {
      day: "numeric",
      month: "long",
      ...(this.#thisYear(at) ? {} : { year: "numeric" }),
    });
    return { key: "date", day: date.format(at) };
  }

  /** @param {string} day `YYYY-MM-DD` */
  ofDay(day) {
    return this.day(new Date(`${day}T12:00:00`).getTime());
  }

  /** For machines. @param {number} at Unix milliseconds */
  machine(at) {
    return new Date(at).toISOString();
  }

  /** @param {number} at */
  #daysAgo(at) {
    const midnight = (/** @type {number} */ moment) => new Date(moment).setHours(0, 0, 0, 0);
    return Math.round((midnight(this.#now()) - midnight(at)) / DAY);
  }

  /** @param {number} at */
  #thisYear(at) {
    return new Date(at).getFullYear() === new Date(this.#now()).getFullYear();
  }
}
