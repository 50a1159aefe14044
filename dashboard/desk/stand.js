/**
 * How a decision stands: what waits for an answer, what was expected beside what was heard, how people felt about the
 * answer, what happened so far, and where to see it.
 *
 * @import { Felt, Heard, Theme, Work } from "./types.js"
 * @import { Said } from "./said.js"
 */

import { glyph } from "../elements/glyph.js";
import { make } from "../elements/node.js";
import { wordsLink } from "./address.js";
import { waitingLinks } from "./steps.js";

const NO_PERCENTAGE_UNDER = 30; // the fewest who came back of whom a share may be said

/** What waits, each with the way to its words. @param {Work} work @param {Said} said */
export function showWaiting(work, { words }) {
  const rows = waitingLinks(work.key, work.unanswered).map(({ name, n, href }) =>
    make("li", { class: `waits-${name}` }, make("a", { href }, name === "grave_unread" ? glyph("grave") : null, words.get(`desk.waiting.${name}`, { n }))));
  const nobody = make("p", {}, glyph("well"), words.get(work.voices ? "desk.nobody_waits" : "desk.nobody_spoke"));
  return [make("h3", {}, words.get("desk.waits")), rows.length ? make("ul", { class: "waiting" }, ...rows) : nobody];
}

/**
 * Expected beside heard; what nobody expected first.
 * @param {Work} work
 * @param {readonly Theme[]} themes of this decision
 * @param {Said} said
 */
export function showHeard(work, themes, said) {
  const { words } = said;
  const unexpected = work.unexpected.map((id) => themes.find((theme) => theme.id === id)).filter((theme) => theme !== undefined);
  const most = Math.max(1, ...unexpected.map(({ voices }) => voices), ...work.expected_heard.map(({ voices }) => voices));
  const rows = [
    ...unexpected.map((theme) => heardRow(said.text(theme.name), theme.voices, most, words.get("desk.heard.unexpected"), wordsLink(work.key, { theme: String(theme.id) }), "unexpected", said)),
    ...work.expected_heard.map((heard) => heardRow(said.text(heard.text), heard.voices, most, words.get(heard.voices ? "desk.heard.expected" : "desk.heard.not_heard"), heardLink(work.key, heard), heard.voices ? "expected" : "unheard", said)),
  ];
  return [
    make("h3", { id: "heard-title" }, words.get("desk.heard")),
    make("p", { class: "hint" }, words.get("desk.heard_hint", { n: work.with_words })),
    rows.length ? make("table", { class: "heard-beside", "aria-labelledby": "heard-title" },
      make("thead", {}, make("tr", {}, ...["what", "was", "n"].map((name) => make("th", { scope: "col" }, words.get(`desk.heard.${name}`))))),
      make("tbody", {}, ...rows)) : make("p", { class: "soft" }, words.get(work.file.expected.length ? "desk.heard.nothing" : "desk.heard.neither")),
  ];
}

/** @param {string} key @param {Heard} heard */
function heardLink(key, { themes }) {
  return wordsLink(key, themes.length === 1 ? { theme: String(themes[0]) } : {});
}

/** @param {Node} name @param {number} n @param {number} most @param {string} was @param {string} href @param {string} kind @param {Said} said */
function heardRow(name, n, most, was, href, kind, { words }) {
  const bar = make("meter", { min: 0, max: most, value: n, "aria-hidden": "true" });
  return make("tr", { class: kind }, make("th", { scope: "row" }, name), make("td", { class: "was" }, was), make("td", { class: "number" }, n ? make("a", { href }, words.number(n)) : "–", bar));
}

/**
 * "Of 214 answered, 31 came back, 12 felt heard." A share is said from thirty on.
 * @param {Felt} felt
 * @param {Said} said
 */
export function showFelt(felt, { words }) {
  if (!felt.answered) return [];
  return [make("h3", {}, words.get("desk.felt")), make("p", {}, feltLine(felt, words)), make("p", { class: "hint" }, words.get("desk.felt_hint"))];
}

/** @param {Felt} felt @param {import("../words.js").Words} words */
export function feltLine({ answered, came_back, heard, not_really, again }, words) {
  const line = words.get("desk.felt_line", { answered, came: came_back, heard });
  const rest = came_back ? ` ${words.get("desk.felt_rest", { not_really, again })}` : "";
  const share = came_back >= NO_PERCENTAGE_UNDER ? ` ${words.get("desk.felt_share", { share: Math.round((heard / came_back) * 100), n: came_back })}` : "";
  return line + rest + share;
}

/** What happened, newest first. @param {Work} work @param {Said} said */
export function showHistory(work, said) {
  const { words, when } = said;
  const steps = [...work.history].reverse().filter((step, place, all) => step.change !== all[place - 1]?.change || step.by !== all[place - 1]?.by).map(({ change, at, by }) => {
    const key = `desk.step.${change.replace("decision.", "")}`;
    const text = words.has(key) ? words.get(key) : change;
    return make("li", {}, by ? words.get("desk.step_by", { what: text, by }) : text, " ", make("time", { datetime: when.machine(at), title: when.whole(at) }, when.said(at)));
  });
  const moved = work.course.moved.map(({ what, before, after, because, at }) =>
    make("li", {}, make("p", {}, words.get(what === "until" ? "desk.short.until" : `desk.phase.${what}`), ": ", said.day(before), " → ", after ? said.day(after) : words.get("desk.no_day")), make("p", { class: "hint" }, said.text(because), " · ", when.said(at))));
  return [
    make("h3", {}, words.get("desk.history")),
    moved.length ? make("details", {}, make("summary", {}, words.get("desk.moved", { n: moved.length })), make("ul", { class: "moved-dates" }, ...moved)) : null,
    make("ol", { class: "history" }, ...steps),
  ];
}

/** How it ended, and what was published in spite of what waited. @param {Work} work @param {Said} said */
export function showEnding(work, said) {
  const { words, when } = said;
  const { decided, withdrawn, override } = work.course;
  const nodes = [];
  for (const [name, ending] of /** @type {const} */ ([["decided", decided], ["withdrawn", withdrawn]])) {
    if (ending) nodes.push(make("p", { class: "ended" }, make("strong", {}, words.get(`desk.ended.${name}`, { when: when.day(ending.at) })), " ", said.text(ending.text)));
  }
  if (override) {
    nodes.push(make("div", { class: "refused" }, make("p", {}, make("strong", {}, words.get("desk.overridden", { by: override.by, when: when.day(override.at) }))), make("p", {}, said.text(override.reason)), Object.keys(override.sentence).length ? make("p", {}, said.text(override.sentence)) : null));
  }
  return nodes;
}

/** Where it is to be seen. @param {Work} work @param {Said} said */
export function showLinks(work, said) {
  const { words } = said;
  const away = (/** @type {string} */ href, /** @type {string} */ name) => make("li", {}, make("a", { href, target: "_blank", rel: "noopener" }, words.get(`desk.link.${name}`)));
  const isPublic = work.state !== "draft";
  const path = `/d/${work.key}`;
  const lang = words.language;
  return [
    make("h3", {}, words.get("desk.links")),
    make("ul", { class: "links" },
      isPublic ? away(`${path}?lang=${lang}`, "public") : null,
      away(`/brief/${work.key}?lang=${lang}`, "brief"),
      isPublic ? away(`${path}.atom?lang=${lang}`, "feed") : null,
      make("li", {}, make("a", { href: wordsLink(work.key) }, words.get("desk.link.themes"))),
      work.started_by !== null ? make("li", {}, make("a", { href: wordsLink(work.key, { theme: String(work.started_by) }) }, words.get("desk.link.started"))) : null,
      work.merged_into ? make("li", {}, make("a", { href: `#desk/${work.merged_into}` }, words.get("desk.link.merged"))) : null),
  ];
}
