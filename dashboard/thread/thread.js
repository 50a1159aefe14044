/**
 * What citizen and agency said to each other, in the order in which they said it, and by when the next word is owed.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { One } from "../types.js"
 * @import { Invitation, Message } from "../themes/types.js"
 */

import { make, words as said } from "../elements/node.js";

/**
 * @param {One} one
 * @param {Tongue} tongue
 * @returns {HTMLElement | null} null when nothing was said yet
 */
export function thread(one, tongue) {
  const { words, when } = tongue;
  const messages = one.messages ?? [];
  if (!messages.length && !one.felt && !one.message_due) return null;
  return make(
    "section",
    { class: "thread" },
    make("h3", {}, words.get("thread.title")),
    make("ol", {}, ...messages.map((message) => entry(message, one.language, tongue))),
    one.message_due ? make("p", { class: "owed" }, words.get("thread.due", { day: when.ofDay(one.message_due) })) : null,
    one.felt ? make("p", { class: "felt" }, words.get(`felt.${one.felt}`)) : null,
  );
}

/**
 * @param {Message} message
 * @param {string | null} language of the citizen
 * @param {Tongue} tongue
 */
function entry(message, language, tongue) {
  const { words, when } = tongue;
  const citizen = message.sender === "citizen";
  const who = citizen ? words.get(`message.${message.kind}`) : words.get(`message.${message.kind}.by`, { by: message.by ?? message.office ?? "", weight: message.weight ? words.get(`weigh.${message.weight}`) : "" });
  const text = message.text === null ? make("p", { class: "words without" }, words.get("message.erased")) : said(message.text, citizen ? language : null);
  return make(
    "li",
    { class: citizen ? "theirs" : "ours" },
    make("p", { class: "who" }, who, " · ", make("time", { datetime: when.machine(message.at) }, when.said(message.at))),
    text,
    message.invitation ? invitation(message.invitation, tongue) : null,
    message.masked.length ? make("p", { class: "masked" }, words.get("reader.masked", { what: message.masked.map((kind) => words.get(`masked.${kind}`)).join(", ") })) : null,
  );
}

/** @param {Invitation} asked @param {Tongue} tongue */
function invitation({ day, time, place, phone, video }, { words, when }) {
  const facts = make("dl", { class: "invitation" });
  const add = (/** @type {string} */ key, /** @type {string} */ told) => {
    if (told) facts.append(make("div", {}, make("dt", {}, words.get(key)), make("dd", { dir: "auto" }, told)));
  };
  add("invite.when", `${when.ofDay(day)}, ${time}`);
  add("invite.place", place);
  add("invite.phone", phone);
  add("invite.video", video);
  return facts;
}
