/**
 * Who is not heard: at most three gaps, each with what to do this week and one number to ring; then what they rest on.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Accepted, Barriers, Gap, Measure, Silence } from "./types.js"
 */

import { draw, make } from "../elements/node.js";
import { count, FEW, percent, rate } from "./numbers.js";

const WIDTH = 200;
const REASONS = /** @type {const} */ (["sign_in", "fault", "unclear", "rule", "person", "later"]);
const WAYS = /** @type {const} */ (["yes", "help", "no"]);

export class SilenceView {
  #api;
  #tongue;
  #shown = "";
  #accepted = make("section", { class: "accepted", hidden: true });
  #body = make("div");
  node = make("div", { class: "silence" });

  /** @param {Api} api @param {Tongue} tongue */
  constructor(api, tongue) {
    this.#api = api;
    this.#tongue = tongue;
    this.node.append(make("p", { class: "lead" }, tongue.words.get("silence.lead")), this.#body);
  }

  path() {
    return "/api/silence";
  }

  /** @param {Silence} map */
  draw(map) {
    const state = JSON.stringify(map);
    if (state === this.#shown) return;
    this.#shown = state;
    void this.#accept();
    const { words } = this.#tongue;
    const { gaps, measures, n, apart, days } = map;
    this.#body.replaceChildren(
      make("p", { class: "basis" }, words.get("silence.basis", { n: days }), " ", count(n, words), apart ? make("span", { class: "soft inside" }, ` ${words.get("silence.apart", { n: apart })}`) : null),
      gaps.length ? make("ol", { class: "gaps" }, ...gaps.map((gap) => this.#gap(gap))) : make("p", { class: "no-gap" }, words.get(measures.some(({ verdict }) => verdict === "heard") ? "silence.no_gap" : "silence.too_few_all")),
      this.#measures(measures),
      this.#spread(map),
      this.#barriers(map.barriers),
      this.#accepted,
      this.#sources(map),
    );
  }

  /** @param {Gap} gap */
  #gap({ key, heard, n, share, helper }) {
    const { words, when } = this.#tongue;
    const call = helper && make("p", { class: "call" },
      make("span", { class: "soft" }, words.get("silence.ring")), " ", make("bdi", {}, helper.name), " ",
      make("a", { class: "phone", href: `tel:${helper.phone.replace(/[^+\d]/g, "")}` }, helper.phone),
      make("span", { class: "hint checked" }, helper.source
        ? words.get("silence.checked", { source: helper.source, day: when.ofDay(helper.checked_on ?? "") })
        : words.get("silence.own")));
    return make("li", {},
      make("h3", {}, words.get(`silence.gap.${key}`)),
      pair(heard / n, share, heard < FEW),
      make("p", { class: "beside" }, make("strong", {}, words.get("silence.heard")), " ", rate(heard, n, words)),
      make("p", { class: "beside" }, make("strong", {}, words.get("silence.belgium")), ` ${percent(share, words)} `, make("span", { class: "soft" }, words.get(`silence.figure.${key}`))),
      make("p", { class: "week" }, make("strong", {}, words.get("silence.week")), " ", words.get(`silence.do.${key}`)),
      call ?? make("p", { class: "call" }, words.get("silence.nobody")));
  }

  /** @param {Measure[]} measures */
  #measures(measures) {
    const { words } = this.#tongue;
    return make("section", {}, make("h3", { id: "silence-measures" }, words.get("silence.measures")),
      make("table", { class: "plain-table", "aria-labelledby": "silence-measures" },
        make("thead", {}, make("tr", {}, ...["who", "heard", "belgium", "verdict"].map((name) => make("th", { scope: "col" }, words.get(`silence.column.${name}`))))),
        make("tbody", {}, ...measures.map(({ figure, heard, n, verdict }) => make("tr", {},
          make("th", { scope: "row" }, words.get(`silence.name.${figure.key}`)),
          make("td", { "data-name": words.get("silence.column.heard") }, rate(heard, n, words)),
          make("td", { "data-name": words.get("silence.column.belgium") }, percent(figure.share, words)),
          make("td", { class: verdict === "gap" ? "weighs" : "soft" }, words.get(`silence.verdict.${verdict}`)))))),
      make("p", { class: "hint" }, words.get("silence.rule")));
  }

  /** @param {Silence} map */
  #spread({ languages, channels, n }) {
    const { words, says } = this.#tongue;
    const list = (/** @type {"language" | "channel"} */ name, /** @type {{value: string, voices: number}[]} */ found) =>
      make("div", {}, make("h3", { id: `silence-${name}` }, words.get(`by.${name}`)),
        make("table", { class: "plain-table", "aria-labelledby": `silence-${name}` }, make("tbody", {}, ...found.map(({ value, voices }) =>
          make("tr", {}, make("th", { scope: "row" }, says.value(name, value)), make("td", { class: "number" }, count(voices, words)))))));
    return n ? make("div", { class: "spread" }, list("language", languages), list("channel", channels)) : "";
  }

  /** @param {Barriers[]} barriers */
  #barriers(barriers) {
    const { words, says } = this.#tongue;
    return make("section", {}, make("h3", {}, words.get("silence.barriers")), make("p", { class: "hint" }, words.get("silence.barriers_hint")),
      ...barriers.map(({ placement, voices, left, reasons, asked, ways }) => make("div", { class: "barriers" },
        make("h4", {}, make("bdi", {}, says.placement(placement)), " ", make("span", { class: "n" }, words.get("silence.voices"), " ", count(voices, words))),
        left || asked ? make("ul", {},
          ...REASONS.filter((name) => reasons[name]).map((name) => make("li", {}, `${words.get(`reason.${name}`)}: `, rate(reasons[name] ?? 0, left, words))),
          ...WAYS.filter((name) => ways[name]).map((name) => make("li", {}, `${words.get(`silence.way.${name}`)}: `, rate(ways[name] ?? 0, asked, words))))
          : make("p", { class: "soft" }, words.get(voices ? "silence.no_barrier" : "silence.silent")))));
  }

  /** @param {Silence} map */
  #sources({ figures }) {
    const { words } = this.#tongue;
    return make("section", {}, make("h3", {}, words.get("silence.sources")),
      make("ul", { class: "sources" }, ...figures.map(({ key, share, year, source, url }) =>
        make("li", {}, make("strong", {}, percent(share, words)), ` ${words.get(`silence.figure.${key}`)} (${year}). `, make("span", { class: "soft" }, source, " · ", make("bdi", { class: "address" }, url))))));
  }

  /** Whose words changed something, by channel: asked apart, since it looks at every answer. */
  async #accept() {
    const { words, says } = this.#tongue;
    /** @type {{items: Accepted[]}} */
    const { items } = await this.#api.ask("GET", "/api/acceptance").catch(() => ({ items: [] }));
    this.#accepted.hidden = false;
    this.#accepted.replaceChildren(
      make("h3", { id: "silence-accepted" }, words.get("silence.accepted")),
      make("p", { class: "hint" }, words.get("silence.accepted_hint")),
      items.length ? make("table", { class: "plain-table", "aria-labelledby": "silence-accepted" }, make("tbody", {}, ...items.map(({ channel, voices, changed }) =>
        make("tr", {}, make("th", { scope: "row" }, says.value("channel", channel)),
          make("td", {}, changed === null ? words.get("hearing.few_of", { n: voices }) : words.get("hearing.rate", { share: percent(changed / voices, words), heard: words.number(changed), n: voices }))))))
        : make("p", { class: "soft" }, words.get("silence.accepted_none")));
  }
}

/** Two bars, one under the other: what was heard, and the country. @param {number} heard @param {number} share @param {boolean} few so few that it stays inside */
function pair(heard, share, few) {
  const wide = (/** @type {number} */ part) => Math.max(1.5, Math.min(1, part) * WIDTH).toFixed(1);
  return draw("svg", { class: few ? "pair inside" : "pair", viewBox: `0 0 ${WIDTH} 22`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    draw("rect", { class: "words", x: 0, y: 0, width: wide(heard), height: 9 }),
    draw("rect", { class: "presses", x: 0, y: 13, width: wide(share), height: 9 }));
}
