/**
 * How the story of a decision stands, in the reader's words. Knows no DOM.
 *
 * @import { Morning } from "./mornings.js"
 * @import { Tongue } from "../elements/article.js"
 */

const OFF = { unread: "morning.is.unread", address: "morning.is.address", team: "morning.is.team" };

/** On, paused until a day, or off and why. @param {Morning} morning @param {Pick<Tongue, "words" | "when">} tongue */
export function stateOf({ state, off_because, paused_until }, { words, when }) {
  if (state === "paused") return words.get("morning.is.paused", { day: when.ofDay(paused_until ?? "") });
  if (state === "gone") return words.get("morning.is.gone");
  return off_because ? words.get(OFF[off_because]) : words.get("morning.is.on");
}

/** How many were sent and read, and when the last. @param {Morning} morning @param {Pick<Tongue, "words" | "when">} tongue */
export function figuresOf({ sent, read, unread, last_at }, { words, when }) {
  const said = [words.get("morning.figures", { sent, read })];
  if (last_at !== null) said.push(words.get("morning.last", { when: when.said(last_at) }));
  if (unread) said.push(words.get("morning.unread", { n: unread }));
  return said.join(" · ");
}

/** Whether it does not come although somebody should get it. @param {Morning} morning */
export function isOff({ state }) {
  return state === "off" || state === "gone";
}
