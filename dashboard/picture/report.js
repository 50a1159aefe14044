/**
 * The picture as a page for paper: what was chosen, figures in steps of five, some voices of those who allowed it, when it was
 * made, and what it does not show.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Filter } from "../filter.js"
 * @import { Me, Submission } from "../types.js"
 * @import { Look } from "./address.js"
 * @import { Side } from "./tables.js"
 */

import { labelOf } from "../elements/heading.js";
import { make, words as said } from "../elements/node.js";
import { question } from "../filter.js";
import { When } from "../when.js";
import { daysOf, DIMENSIONS, pictureLink } from "./address.js";
import { margins } from "./how.js";
import { named } from "./draw.js";
import { outside, spans, spansOutside } from "./numbers.js";
import { distribution, volumes } from "./tables.js";

const VOICES = 6;
const MISSING = ["silent", "steps", "voices", "bursts", "moment"];

export class Report {
  #api;
  #me;
  #tongue;
  /** Days with their year: what is printed today is read next month. */
  #dates;
  node = make("article", { class: "paper", "aria-labelledby": "report-title" });

  /** @param {Api} api @param {Me} me @param {Tongue} tongue */
  constructor(api, me, tongue) {
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#dates = new When(tongue.words, () => 0);
  }

  /** @param {Look} look @param {Side[]} exact */
  async draw(look, exact) {
    const { words } = this.#tongue;
    const tongue = { ...this.#tongue, when: this.#dates, paper: true };
    const sides = exact.map((side) => ({ ...side, picture: outside(side.picture) }));
    const days = daysOf(look.from, look.to);
    const unit = days <= 16 ? "day" : days <= 112 ? "week" : "month";
    const voices = await this.#voices(look.filter);
    const print = make("button", { type: "button", class: "main" }, words.get("do.print"));
    print.addEventListener("click", () => window.print());
    const spoken = exact.some(({ picture }) => picture.presses >= 5);
    this.node.replaceChildren(
      make("p", { class: "doings noprint" }, print, make("a", { href: pictureLink({ ...look, report: false }) }, words.get("report.back"))),
      make("p", { class: "kicker" }, make("bdi", {}, this.#me.agency.name), " · ", make("time", { datetime: new Date().toISOString() }, words.get("report.made", { at: this.#tongue.when.whole(Date.now()) }))),
      make("h2", { id: "report-title" }, words.get("report.title")),
      ...sides.map((side) => this.#side(side, sides.length > 1)),
      make("p", { class: "hint" }, words.get("report.steps")),
      ...(spoken ? [
        make("section", { class: "when" }, make("h3", {}, words.get("picture.days")), volumes(sides.map((side, place) => ({ side, spans: spansOutside(spans(exact[place]?.picture ?? side.picture, unit)) })), unit, tongue)),
        ...DIMENSIONS.map((name) => distribution(name, sides, tongue)).filter((node) => node !== null),
        ...(sides.length > 1 ? [make("section", { class: "margins" }, make("h3", {}, words.get("picture.how")), ...margins(words))] : []),
      ] : [make("p", { class: "nothing-yet" }, words.get("report.few"))]),
      make("section", { class: "some" }, make("h3", {}, words.get("report.voices")),
        make("p", { class: "hint" }, words.get(voices.items.length ? "report.voices_hint" : "report.no_voices")),
        ...voices.items.map(({ submission }) => this.#voice(submission))),
      make("section", { class: "missing" }, make("h3", {}, words.get("report.missing")), make("ul", {}, ...MISSING.map((name) => make("li", {}, words.get(`report.missing.${name}`))))),
    );
  }

  /** What was looked at, and how many spoke. @param {Side} side @param {boolean} two */
  #side({ mark, picture, filter }, two) {
    const { words, says } = this.#tongue;
    const where = filter.placement ? says.placement(filter.placement) : words.get("report.everywhere");
    const more = Object.keys(filter).filter((name) => !["from", "to", "placement", "words"].includes(name)).map((name) => labelOf(/** @type {any} */ (name), filter, this.#tongue));
    return make("div", { class: "side-of" },
      make("p", { class: "choice-of" }, two ? `${mark} · ` : "", make("strong", {}, named({ from: filter.from ?? "", to: filter.to ?? "" }, this.#dates)), ...[where, ...more].flatMap((one) => [" · ", make("bdi", {}, one)])),
      make("p", { class: "total" }, picture.presses ? words.get("report.total", { n: picture.presses, words: picture.words ? words.number(picture.words) : words.get("hearing.few") }) : words.get("report.few")),
      picture.bursts ? make("p", {}, words.get("report.bursts", { n: picture.bursts })) : "");
  }

  /** @param {Filter} filter @returns {Promise<{items: {submission: Submission}[]}>} */
  async #voices({ from, to, ...filter }) {
    if (filter.q) return { items: [] }; // what is searched for has no order of reading
    const { words: _, ...asked } = question(filter);
    return this.#api.ask("GET", `/api/meeting?${new URLSearchParams({ ...asked, from: from ?? "", to: to ?? "", limit: String(VOICES) })}`);
  }

  /** Without its day: words and a day together tell of somebody. @param {Submission} submission */
  #voice(submission) {
    const { says } = this.#tongue;
    const answer = says.answer(submission);
    const line = [answer?.said, says.placement(submission.placement), ...says.weight(submission)].filter(Boolean).join(" · ");
    return make("blockquote", {}, said(submission.text ?? "", submission.language), make("p", { class: "hint" }, line));
  }
}
