/**
 * One letter: why it lies here, its words whole, where it came from, and what its reader does with it.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { Kind } from "../kinds.js"
 * @import { Letter } from "./letters.js"
 *
 * @typedef {object} Acting  What a reader may do; null for one who may only read.
 * @property {(id: number) => void} read
 * @property {(id: number, kind: Kind) => void} kind
 */

import { glyph } from "../elements/glyph.js";
import { kinds } from "../elements/kinds.js";
import { make, words as said } from "../elements/node.js";
import { isGrave } from "../filter.js";

/**
 * What stands in the article of a letter.
 * @param {Letter} letter
 * @param {Tongue} tongue
 * @param {string} address where it is read with all that belongs to it
 * @param {Acting | null} acting
 * @returns {(HTMLElement | null)[]}
 */
export function letterParts(letter, tongue, address, acting) {
  const { voice } = letter;
  const text = said(voice.text ?? "", voice.language);
  text.id = `letter-${voice.id}`;
  return [
    make("p", { class: "why", id: `why-${voice.id}` }, isGrave(voice) ? glyph("grave") : null, why(letter, tongue.words)),
    text,
    origin(letter, tongue),
    state(letter, tongue),
    doings(letter, tongue, address, acting),
  ];
}

/**
 * "First because: lost a right, no other way, 9 days unread".
 * @param {Letter} letter
 * @param {Tongue["words"]} words
 */
export function why({ voice, because, days }, words) {
  const reasons = because.map((name) => words.get(voice.effect && words.has(`because.${name}.would`) ? `because.${name}.would` : `because.${name}`));
  const waited = words.get("reading.days", { n: days });
  return words.get(isGrave(voice) ? "reading.first" : "reading.here", { why: [...reasons, waited].join(", ") });
}

/** @param {Letter} letter @param {Tongue} tongue */
function origin({ voice }, { words, says, when }) {
  const opposed = says.contradiction(voice);
  const answer = says.answer(voice);
  const facts = says.context(voice);
  const line = make("p", { class: "context" });
  if (answer) line.append(make("span", { class: "answer" }, glyph(answer.value), answer.said), " · ");
  line.append(make("time", { datetime: when.machine(voice.received_at), "data-at": voice.received_at }, when.said(voice.received_at)));
  for (const fact of facts) line.append(" · ", make("bdi", {}, fact));
  if (voice.alike > 1) line.append(make("span", { class: "alike" }, words.get(voice.burst ? "stream.burst" : "stream.alike", { n: voice.alike - 1 })));
  if (opposed) line.append(" ", make("span", { class: "opposed" }, opposed));
  return line;
}

/** That somebody has read it, or only a key has. @param {Letter} letter @param {Tongue} tongue */
function state({ voice, open }, { words, when }) {
  if (voice.status === "new") return null;
  const by = voice.read_by ? words.get("step.submission.read.by", { by: voice.read_by }) : words.get("status.read");
  const at = voice.read_at === null ? "" : ` · ${when.said(voice.read_at)}`;
  return make("p", { class: "done" }, `${by}${at}`, open ? make("span", { class: "hint" }, words.get("lane.unnamed")) : null);
}

/** @param {Letter} letter @param {Tongue} tongue @param {string} address @param {Acting | null} acting */
function doings({ voice, open }, tongue, address, acting) {
  const { words } = tongue;
  const { id } = voice;
  const row = make("div", { class: "doings" });
  if (acting && (voice.status === "new" || open)) {
    const read = make("button", { type: "button", "data-does": "read", "aria-keyshortcuts": "r", "aria-describedby": `letter-${id}` }, words.get("reading.read"));
    read.addEventListener("click", () => acting.read(id));
    row.append(read);
  }
  row.append(make("a", { href: address, "data-does": "open", "aria-describedby": `letter-${id}` }, words.get("reading.open")));
  const own = make("div", { class: "acting" }, row);
  if (acting) own.append(kinds(voice.kind, tongue, (kind) => acting.kind(id, kind)));
  return own;
}
