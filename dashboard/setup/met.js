/**
 * Where a placement is really met: on which pages' origins it works, is blocked or refused, and what to do there.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { Met, Sighting } from "./types.js"
 */

import { make } from "../elements/node.js";

const MANY = "*";

/** @param {Met} met @param {Tongue} tongue */
export function showMet({ since, origins, pages }, tongue) {
  const { words, when } = tongue;
  return [
    make("p", { class: "hint" }, words.get("setup.met_does", { day: when.ofDay(since) })),
    origins.length ? make("ul", { class: "met" }, ...origins.map((one) => origin(one, tongue))) : make("p", { class: "lead" }, words.get("setup.met_no_origin")),
    ...(pages.length
      ? [make("h4", {}, words.get("setup.pages")), make("ul", { class: "from-pages" }, ...pages.map(({ page, voices, words: said }) => make("li", {}, make("bdi", {}, page), " ", make("span", { class: "since" }, words.get("counter.presses", { n: voices }), " · ", words.get("counter.words", { n: said })))))]
      : []),
    make("p", { class: "hint" }, words.get("setup.doctor")),
    make("pre", { dir: "ltr", tabindex: 0, role: "group", "aria-label": words.get("setup.doctor_name") }, `tijdens doctor ${origins.find((one) => one.listed)?.origin ?? "https://…"}/…`),
  ];
}

/** @param {Sighting} one @param {Tongue} tongue */
function origin(one, { words, when }) {
  const name = one.origin === MANY ? words.get("setup.others") : one.origin || words.get("setup.nowhere");
  const refused = Object.entries(one.refused).sort((a, b) => b[1] - a[1]);
  const counted = [
    one.shown ? words.get("setup.n.shown", { n: one.shown }) : "",
    one.sent ? words.get("setup.n.sent", { n: one.sent }) : "",
    one.unknown ? words.get("setup.n.unknown", { n: one.unknown }) : "",
    one.last_on ? words.get("setup.last", { day: when.ofDay(one.last_on) }) : "",
  ].filter((said) => said);
  return make(
    "li",
    { class: one.state },
    make("p", {}, make("strong", {}, make("bdi", {}, name)), " ", make("span", { class: "state" }, words.get(`setup.state.${one.state}`))),
    one.state === "works" ? null : make("p", {}, words.get(`setup.state.${one.state}_does`)),
    counted.length ? make("p", { class: "since" }, counted.join(" · ")) : null,
    refused.length ? make("p", { class: "since" }, words.get("setup.refusals"), " ", refused.map(([code, n]) => `${because(code, words)} (${words.number(n)})`).join(", ")) : null,
  );
}

/** Why an answer did not get through; those that have no sentence of their own are told by their code. */
function because(/** @type {string} */ code, /** @type {import("../words.js").Words} */ words) {
  const key = `setup.refused.${code}`;
  return words.has(key) ? words.get(key) : code;
}
