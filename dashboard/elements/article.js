/**
 * One voice in the stream: whole sentences, then two lines of context.
 *
 * @import { Submission } from "../types.js"
 * @import { Says } from "../says.js"
 * @import { People } from "../triage/people.js"
 * @import { When } from "../when.js"
 * @import { Words } from "../words.js"
 *
 * @typedef {{words: Words, says: Says, when: When, people?: People, sought?: string, forms?: Set<string>}} Tongue  `sought`: what is searched for; `forms`: the words that are found as another form of it; all that turns data into sentences
 */

import { excerpt, SHOWN } from "../excerpt.js";
import { finds, fromFind } from "../sought.js";
import { glyph } from "./glyph.js";
import { nameOf } from "../triage/people.js";
import { heard, make, words as said } from "./node.js";

/**
 * @param {Submission} submission
 * @param {Tongue} tongue
 * @param {string} address where it is read
 * @param {string} [place] where it stands, so that one voice may stand in two
 */
export function article(submission, tongue, address, place = "words") {
  const { words } = tongue;
  const state = ["voice"];
  if (submission.status === "new") state.push("unread");
  if (tongue.says.grave(submission)) state.push("grave");
  const name = `${place}-${submission.id}`;
  const node = make("article", { class: state.join(" "), "data-id": submission.id, tabindex: -1, "aria-labelledby": name });
  const opens = make(
    "a",
    { class: "opens", href: address, tabindex: -1 },
    heard(words.get(submission.status === "new" ? "stream.open_unread" : "stream.open")),
    make("time", { datetime: tongue.when.machine(submission.received_at), "data-at": submission.received_at }, tongue.when.said(submission.received_at)),
  );
  const shown = voice(submission, tongue);
  shown.id = name;
  node.append(shown, sayings(submission, tongue), make("p", { class: "context" }, opens, claimed(submission, tongue), dots(tongue.says.context(submission))));
  return node;
}

/**
 * Who answers it at this moment.
 * @param {Submission} submission
 * @param {Tongue} tongue
 */
function claimed(submission, { people, words }) {
  const claim = people?.claim(submission);
  if (!people || !claim) return null;
  const whose = people.whose(submission);
  const said = whose === "mine" ? words.get("claim.mine_short") : words.get("claim.theirs", { by: nameOf(claim.by) });
  return make("span", { class: `claim ${whose}`, "data-until": claim.until }, " · ", make("strong", {}, said));
}

/**
 * The words, or that there are none.
 * @param {Submission} submission
 * @param {Tongue} tongue
 */
function voice(submission, { words, sought = "", forms }) {
  if (!submission.text) return make("p", { class: "words without" }, words.get("stream.without"));
  const { text, whole } = excerpt(sought ? fromFind(submission.text, sought, SHOWN, forms) : submission.text, submission.language);
  const shown = said(whole ? text : `${text} …`, submission.language, sought ? finds(text, sought, forms) : []);
  if (!whole) shown.append(" ", make("span", { class: "more", lang: words.language }, words.get("stream.more")));
  return shown;
}

/**
 * What was pressed, and what weighs.
 * @param {Submission} submission
 * @param {Tongue} tongue
 */
export function sayings(submission, { says, words }) {
  const line = make("p", { class: "sayings" });
  if (says.grave(submission)) line.append(make("strong", { class: "gravity" }, glyph("grave"), words.get("grave")), " ");
  if (submission.barrier) line.append(make("strong", { class: "barred" }, words.get(`barriers.${submission.barrier}`)), " ");
  if (submission.ask) line.append(make("strong", { class: "asked" }, words.get("stream.ask")), " ");
  const answer = says.answer(submission);
  if (answer) line.append(make("span", { class: "answer" }, glyph(answer.value), answer.said));
  line.append(dots(says.weight(submission), answer !== null));
  if (submission.alike > 1 && !submission.folded) line.append(make("span", { class: "alike" }, words.get(submission.burst ? "stream.burst" : "stream.alike", { n: submission.alike - 1 })));
  const opposed = says.contradiction(submission);
  if (opposed) line.append(" ", make("span", { class: "opposed" }, opposed));
  return line;
}

/**
 * A row of facts with a middle dot before each.
 * @param {readonly string[]} facts
 * @param {boolean} [first] whether the first has one too
 */
function dots(facts, first = true) {
  const node = document.createDocumentFragment();
  facts.forEach((fact, place) => node.append(place || first ? " · " : "", make("bdi", {}, fact)));
  return node;
}
