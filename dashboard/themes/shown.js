/**
 * A response as it stands: what follows, why, who signs.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { Texts } from "../desk/types.js"
 * @import { Response } from "./types.js"
 */

import { picked } from "../desk/texts.js";
import { make } from "../elements/node.js";

/**
 * The first line of a response: "Will change by Friday 12 March".
 * @param {Pick<Response, "outcome" | "by_day" | "handed_to">} response
 * @param {Tongue} tongue
 */
export function outcomeOf({ outcome, by_day, handed_to }, { words, when }) {
  const day = by_day ? when.ofDay(by_day) : "…";
  return words.get(`response.${outcome}`, { day, to: handed_to || "…" });
}

/**
 * @param {Response} response
 * @param {Tongue} tongue
 */
export function shown(response, tongue) {
  const { words, when } = tongue;
  const signed = [response.office, response.published_at ? when.said(response.published_at) : null].filter((part) => part);
  const several = response.themes.length > 1 ? make("p", { class: "hint" }, words.get("response.several", { n: response.themes.length })) : null;
  return make(
    "div",
    { class: "response" },
    make("p", { class: "outcome" }, outcomeOf(response, tongue)),
    ...paragraphs(response.reason, words.language),
    ...(Object.keys(response.did_not_know).length ? [make("h4", {}, words.get("response.did_not_know")), ...paragraphs(response.did_not_know, words.language)] : []),
    make("p", { class: "signed" }, signed.join(" · ")),
    several,
  );
}

/**
 * @param {Texts} texts
 * @param {string} language
 */
function paragraphs(texts, language) {
  const { text, lang } = picked(texts, language);
  return text ? text.split(/\n{2,}/).map((paragraph) => make("p", { lang, dir: "auto", class: "reason" }, paragraph)) : [];
}
