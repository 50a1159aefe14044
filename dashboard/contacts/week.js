/**
 * A week as somebody fills it in: for each day two openings at most. What is empty is closed.
 *
 * @import { Words } from "../words.js"
 * @import { Hours, Timetable } from "./types.js"
 */

import { heard, make, set } from "../elements/node.js";
import { LOCALES } from "../words.js";

const DAYS = [1, 2, 3, 4, 5, 6, 7];
const TIMES = /** @type {const} */ ([["from", 0], ["until", 0], ["from", 1], ["until", 1]]);

/** The name of a day of the week; 1 is Monday. @param {number} day @param {Words} words */
export function weekday(day, words) {
  return new Intl.DateTimeFormat(LOCALES[words.language], { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, day));
}

export class Week {
  #words;
  /** @type {HTMLInputElement[][]} a row a day: from, until, from, until */
  #rows;
  #holidays;
  node;

  /** @param {Words} words @param {string} name what begins the ids of its fields */
  constructor(words, name) {
    this.#words = words;
    this.#rows = DAYS.map((day) => TIMES.map(([which, turn]) => make("input", { type: "time", id: `${name}-${day}-${which}-${turn}`, "aria-label": `${weekday(day, words)}: ${words.get(`contacts.${which}`)}${turn ? ` (${words.get("contacts.second")})` : ""}` })));
    this.#holidays = make("input", { type: "checkbox", id: `${name}-holidays` });
    const same = make("button", { type: "button" }, words.get("contacts.same"));
    same.addEventListener("click", () => this.#copy());
    this.node = make(
      "fieldset",
      { class: "week" },
      make("legend", {}, words.get("contacts.week")),
      make("p", { class: "hint" }, words.get("contacts.week_hint")),
      ...DAYS.map((day, place) => {
        const [a, b, c, d] = /** @type {HTMLInputElement[]} */ (this.#rows[place]);
        return make("p", { class: "day" }, make("span", { class: "name" }, weekday(day, words)), make("span", { class: "opening" }, a, "–", b), make("span", { class: "opening" }, c, "–", d));
      }),
      make("p", { class: "doings" }, same),
      make("p", {}, make("label", { class: "tick" }, this.#holidays, " ", words.get("contacts.holidays"))),
    );
  }

  /** @param {Timetable | null} timetable */
  fill(timetable) {
    for (const input of this.#rows.flat()) input.value = "";
    this.#holidays.checked = timetable?.holidays ?? false;
    for (const [place, day] of DAYS.entries()) {
      const own = (timetable?.hours ?? []).filter(({ days }) => days.includes(day)).sort((a, b) => a.opens.localeCompare(b.opens));
      const row = /** @type {HTMLInputElement[]} */ (this.#rows[place]);
      own.slice(0, 2).forEach(({ opens, closes }, turn) => {
        /** @type {HTMLInputElement} */ (row[turn * 2]).value = opens;
        /** @type {HTMLInputElement} */ (row[turn * 2 + 1]).value = closes === "24:00" ? "00:00" : closes;
      });
    }
  }

  /** What is filled in; null for a week without openings. @returns {Timetable | null} */
  get timetable() {
    /** @type {Hours[]} */
    const hours = [];
    for (const [place, day] of DAYS.entries()) {
      const row = /** @type {HTMLInputElement[]} */ (this.#rows[place]).map(({ value }) => value);
      for (const turn of [0, 2]) {
        const [opens, closes] = [row[turn] ?? "", row[turn + 1] ?? ""];
        if (!opens && !closes) continue;
        const ends = closes === "00:00" ? "24:00" : closes || opens;
        const known = hours.find((found) => found.opens === opens && found.closes === ends);
        if (known) known.days.push(day);
        else hours.push({ days: [day], opens: opens || ends, closes: ends });
      }
    }
    return hours.length ? { hours, holidays: this.#holidays.checked } : null;
  }

  /** Tuesday to Friday as Monday. */
  #copy() {
    const [monday, ...others] = this.#rows;
    for (const row of others.slice(0, 4)) row.forEach((input, place) => (input.value = monday?.[place]?.value ?? ""));
  }

  /** @param {boolean} wrong */
  wrong(wrong) {
    for (const input of this.#rows.flat()) set(input, { "aria-invalid": wrong && input.value ? "true" : null });
  }
}

/**
 * A timetable in lines, days with the same hours together.
 * @param {Timetable} timetable
 * @param {Words} words
 */
export function weekLines(timetable, words) {
  /** @type {Map<string, number[]>} */
  const found = new Map();
  for (const day of DAYS) {
    const times = timetable.hours.filter(({ days }) => days.includes(day)).map(({ opens, closes }) => `${opens}–${closes}`).sort().join(", ");
    if (times) found.set(times, [...(found.get(times) ?? []), day]);
  }
  return [...found].map(([times, days]) => {
    const runs = days.length > 2 && days.at(-1) === /** @type {number} */ (days[0]) + days.length - 1;
    const said = runs ? `${weekday(/** @type {number} */ (days[0]), words)} – ${weekday(/** @type {number} */ (days.at(-1)), words)}` : days.map((day) => weekday(day, words)).join(", ");
    return make("span", { class: "line" }, said, heard(":"), " ", make("span", { class: "times" }, times));
  });
}
