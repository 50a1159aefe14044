/**
 * What a voice says apart from its words, and where it came from, one fact a line.
 *
 * @import { One, Part } from "../types.js"
 * @import { Words } from "../words.js"
 * @import { Tongue } from "./article.js"
 */

import { picked } from "../desk/texts.js";
import { excerpt } from "../excerpt.js";
import { make } from "./node.js";

/**
 * @param {One} one
 * @param {Tongue} tongue
 */
export function facts(one, { words, says, when }) {
  const list = make("dl", { class: "facts" });
  /** @type {(key: string, ...told: (string | Node | null)[]) => void} */
  const add = (key, ...told) => {
    if (told[0]) list.append(make("div", {}, make("dt", {}, words.get(key)), make("dd", {}, ...told)));
  };
  const asked = says.question(one.placement);
  add(`fact.${asked}`, one.outcome && says.value("outcome", one.outcome, one.placement));
  add("fact.effect", one.effect && says.value("effect", one.effect));
  add("fact.reason", one.reason && says.value("reason", one.reason));
  add("fact.another_way", one.another_way && words.get(`answer.another_way.${one.another_way}`));
  add("fact.impact", one.impact && (one.impact.map((name) => words.get(`impact.${name}`)).join(", ") || words.get("impact.nothing")));
  add("fact.rating", one.rating ? words.get("rating.value", { n: one.rating }) : null);
  if (one.asked) add("fact.ask", ...askedOf(one.asked, words));
  if (one.part) add("fact.part", ...partOf(one.part, words));
  add("fact.placement", make("bdi", {}, says.placement(one.placement)));
  add("fact.page", one.page && make("bdi", { class: "address" }, one.page));
  add("fact.language", one.language && words.languageName(one.language));
  add("fact.channel", says.value("channel", one.channel));
  add("fact.received", make("time", { datetime: when.machine(one.received_at) }, when.whole(one.received_at)));
  if (one.sent_at && Math.abs(one.sent_at - one.received_at) > 3_600_000) add("fact.sent", when.whole(one.sent_at));
  add("fact.quote", one.text ? words.get(one.permissions.quote ? "answer.yes_anonymous" : "answer.not_allowed") : null);
  add("fact.invite", one.permissions.invite ? words.get("answer.yes") : null);
  return list;
}

/** The question of the office. @param {Record<string, string>} asked @param {Words} words */
function askedOf(asked, words) {
  const { text, lang } = picked(asked, words.language);
  return [make("span", { lang, dir: "auto" }, text)];
}

/** The words of the text that it reacts to, after where they stand. @param {Part} part @param {Words} words */
function partOf(part, words) {
  const told = picked(part.text, words.language);
  const { text: shown, whole } = excerpt(told.text, told.lang);
  return [
    ...partName(part, words),
    ` · ${words.get("part.version", { n: part.version })}`,
    make("p", { class: "part", lang: told.lang }, whole ? shown : `${shown} …`),
  ];
}

/** What people call a part of a text: its title, or which section it is, and which paragraph. @param {Part} part @param {Words} words */
export function partName({ title, place, paragraph }, words) {
  const named = picked(title, words.language);
  return [
    make("bdi", { lang: named.text ? named.lang : null }, named.text || words.get("part.place", { n: place })),
    paragraph === null ? "" : `, ${words.get("part.paragraph", { n: paragraph })}`,
  ];
}
