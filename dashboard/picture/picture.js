/**
 * The picture: how what people said is spread over days, places, languages, channels and answers, and how two of them differ.
 * It is counted when somebody looks, and never moves under her eyes.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Themes } from "../themes/themes.js"
 * @import { Me } from "../types.js"
 * @import { Look } from "./address.js"
 * @import { PictureData } from "./numbers.js"
 * @import { Side } from "./tables.js"
 */

import { make, set } from "../elements/node.js";
import { Place } from "../elements/place.js";
import { Refused } from "../elements/refused.js";
import { dayOf } from "../figures.js";
import { ANY_BURST, linkTo, NO_BURST, question } from "../filter.js";
import { DIMENSIONS, otherFilter, pictureAddress, pictureLink } from "./address.js";
import { choosing, overWhat } from "./choosing.js";
import { FEW } from "./compare.js";
import { named } from "./draw.js";
import { how } from "./how.js";
import { spans, unitOf } from "./numbers.js";
import { Report } from "./report.js";
import { courses, distribution, volumes } from "./tables.js";

export class Picture extends Place {
  #api;
  #me;
  #tongue;
  #themes;
  #refused;
  #report;
  #asked = 0;
  #title = make("h2", { id: "picture-title" });
  #fields = make("div", { class: "fields" });
  #body = make("div", { class: "drawn", "aria-busy": "true" });
  #again = make("button", { type: "button", class: "plain" });
  #said = make("p", { role: "status", class: "heard" });

  /**
   * @param {HTMLElement} root
   * @param {Api} api
   * @param {Me} me
   * @param {Tongue} tongue
   * @param {Themes} themes
   */
  constructor(root, api, me, tongue, themes) {
    super(root, tongue.words);
    this.#api = api;
    this.#me = me;
    this.#tongue = tongue;
    this.#themes = themes;
    this.#refused = new Refused(tongue.words);
    this.#report = new Report(api, me, tongue);
  }

  build() {
    const { words } = this.#tongue;
    this.#title.textContent = words.get("picture.title");
    this.#again.textContent = words.get("picture.again");
    this.#again.addEventListener("click", () => void this.#load());
    this.root.append(
      make("header", { class: "picture-head" }, this.#title, make("p", { class: "hint" }, words.get("picture.hint")), this.#fields, this.#refused.node, this.#said),
      this.#body, this.#report.node);
  }

  enter() {
    addEventListener("hashchange", this.#look);
    void this.#load();
  }

  leave() {
    removeEventListener("hashchange", this.#look);
  }

  #look = () => {
    if (pictureAddress(location.hash, this.#today())) void this.#load();
  };

  /** What comes meanwhile waits until somebody counts again. */
  apply() {}

  #today() {
    return dayOf(Date.now());
  }

  async #load() {
    const look = pictureAddress(location.hash, this.#today());
    if (!look) return;
    const asked = ++this.#asked;
    for (const node of [this.#body, this.#report.node]) set(node, { "aria-busy": "true" });
    set(this.root, { class: look.report ? "as-report" : null });
    await this.#refused.attempt(async () => {
      if (!this.#themes.loaded) await this.#themes.load();
      const besides = otherFilter(look);
      const [first, second] = await Promise.all([look.filter, ...(besides ? [besides] : [])].map((filter) => this.#ask(filter, look)));
      if (asked !== this.#asked || !first) return;
      const sides = [{ mark: "A", picture: first, filter: look.filter }, ...(second && besides ? [{ mark: "B", picture: second, filter: besides }] : [])];
      if (look.report) await this.#report.draw(look, sides);
      else this.#draw(look, sides);
      this.#said.textContent = this.#tongue.words.get("picture.counted");
    });
    if (asked === this.#asked) for (const node of [this.#body, this.#report.node]) set(node, { "aria-busy": "false" });
  }

  /** @param {import("../filter.js").Filter} filter @param {Look} look @returns {Promise<PictureData>} */
  #ask({ from, to, ...filter }, { over }) {
    const { words: _, ...chosen } = question(filter); // presses count as well
    return this.#api.ask("GET", `/api/picture?${new URLSearchParams({ ...chosen, from: from ?? "", to: to ?? "", over })}`);
  }

  /** @param {Look} look @param {Side[]} sides */
  #draw(look, sides) {
    const { words, says } = this.#tongue;
    const held = document.activeElement instanceof HTMLElement && this.#fields.contains(document.activeElement) ? document.activeElement.id : "";
    this.#fields.replaceChildren(...choosing(look, this.#today(), this.#me, this.#themes, this.#tongue));
    const tongue = { ...this.#tongue, paper: false };
    const unit = unitOf(look.from, look.to);
    const spread = DIMENSIONS.map((name) => distribution(name, sides, tongue)).filter((node) => node !== null);
    const over = overWhat(look, words, says);
    this.#body.replaceChildren(
      ...this.#heads(look, sides),
      ...(sides.some(({ picture }) => picture.presses) ? [
        make("section", { "aria-labelledby": "picture-days" }, make("h3", { id: "picture-days" }, words.get("picture.days")), legend(words),
          volumes(sides.map((side) => ({ side, spans: spans(side.picture, unit) })), unit, tongue)),
        make("section", { "aria-label": words.get("picture.over") }, over,
          ...sides.map((side) => make("div", {}, sides.length > 1 ? make("h4", {}, side.mark) : "", courses(side, look.over, spans(side.picture, unit), unit, tongue) ?? make("p", { class: "soft" }, words.get("picture.nobody_said"))))),
        make("h3", { class: "spread-title" }, words.get("figures.title")),
        ...(sides.length > 1 ? [how(words)] : []),
        make("div", { class: "distributions" }, ...spread),
      ] : [make("p", { class: "nothing-yet" }, words.get("picture.nothing"))]),
      make("p", { class: "doings" }, make("a", { href: pictureLink({ ...look, report: true }) }, words.get("picture.report")), this.#again),
      make("p", { class: "outside" }, words.get("picture.on_screen")));
    if (held) document.getElementById(held)?.focus({ preventScroll: true });
  }

  /** What each side is, and how many spoke there. @param {Look} look @param {Side[]} sides */
  #heads({ other }, sides) {
    const { words, when, says } = this.#tongue;
    const two = sides.length > 1;
    return [make("div", { class: `sides-of${two ? " two" : ""}` }, ...sides.map(({ mark, picture, filter }) => {
      const where = filter.placement ? says.placement(filter.placement) : words.get("radar.everything");
      const days = named({ from: filter.from ?? "", to: filter.to ?? "" }, when);
      return make("div", { class: "side-of" },
        two ? make("h3", {}, `${mark} · `, make("bdi", {}, other && "placement" in other ? where : days)) : "",
        make("p", { class: "total" }, make("strong", {}, words.get("counter.presses", { n: picture.presses })), `, ${words.get("counter.words", { n: picture.words })}`,
          ...(picture.grave ? [", ", make("a", { href: linkTo({ ...filter, grave: "1" }), class: "gravity" }, words.get("picture.grave", { n: picture.grave }))] : []), `. ${two && !(other && "placement" in other) ? "" : `${days}.`}`),
        picture.presses && picture.presses < FEW ? make("p", { class: "small-n" }, words.get("picture.small", { n: picture.presses })) : "",
        burstsOf(filter, picture.bursts, words));
    }))];
  }
}

/** @param {import("../filter.js").Filter} filter @param {number} bursts @param {Tongue["words"]} words */
function burstsOf(filter, bursts, words) {
  if (filter.burst === NO_BURST) return make("p", { class: "hint" }, words.get("bursts.left_out"));
  if (!bursts || filter.burst) return "";
  return make("p", { class: "hint" }, words.get("bursts.among", { n: bursts }), " ", make("a", { href: linkTo({ ...filter, burst: ANY_BURST, words: "all" }) }, words.get("bursts.read")));
}

/** @param {Tongue["words"]} words */
function legend(words) {
  return make("p", { class: "legend" }, ...["words", "presses", "burst"].map((name) => make("span", { class: `key for-${name}` }, words.get(`picture.legend.${name}`))));
}
