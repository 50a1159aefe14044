/**
 * A rule as one reads it: "If the language is French or German and it is grave → Liège desk". Knows no DOM.
 *
 * @import { Says } from "../says.js"
 * @import { Words } from "../words.js"
 * @import { Condition, Field, Rule } from "./draft.js"
 */

/** What one can choose among, for those fields whose values are always the same. @type {Partial<Record<Field, readonly string[]>>} */
export const VALUES = {
  language: ["nl", "fr", "de", "en", "other"],
  channel: ["web", "form", "kiosk", "paper", "phone", "counter", "staff", "workshop", "import"],
  grave: ["yes", "no"],
  impact: ["health", "right", "money", "time"],
  another_way: ["no", "help", "yes"],
  outcome: ["yes", "hard", "no"],
  effect: ["helps", "none", "harder", "unknown"],
  reason: ["sign_in", "fault", "unclear", "rule", "person", "later"],
  kind: ["fault", "unclear", "rule", "person", "idea", "praise"],
};

/** @param {Field} field @param {string} value @param {{words: Words, says: Says}} tongue */
export function valueSaid(field, value, { words, says }) {
  if (field === "grave" || field === "another_way") return words.get(`routing.${field}.${value}`);
  if (field === "language" && value === "other") return words.get("routing.language.other");
  return says.value(field, value);
}

/** @param {Condition} condition @param {{words: Words, says: Says}} tongue */
export function conditionSaid({ field, values }, tongue) {
  const said = values.map((value) => valueSaid(field, value, tongue));
  if (field === "grave") return said.length === 1 ? said[0] ?? "" : tongue.words.get("routing.any");
  return tongue.words.get(`routing.if.${field}`, { values: said.length ? tongue.words.either(said) : "…" });
}

/** @param {Rule} rule @param {number} place from 0 @param {{words: Words, says: Says}} tongue */
export function whenSaid({ conditions }, place, tongue) {
  const { words } = tongue;
  if (!conditions.length) return words.get(place ? "routing.rest" : "routing.all");
  return words.get("routing.when", { conditions: words.list(conditions.map((condition) => conditionSaid(condition, tongue))) });
}

/** To whom it goes. @param {Rule} rule @param {{words: Words, says: Says}} tongue */
export function targetSaid({ contact_point: point, member }, { words, says }) {
  const colleague = member === null ? null : says.colleague(member);
  if (point === null) return colleague ?? "…";
  return colleague ? words.get("routing.both", { point: says.point(point), name: colleague }) : says.point(point);
}
