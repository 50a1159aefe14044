/**
 * The radar's page: the picture, how it is measured, the table, and the single voices.
 *
 * @import { Themes } from "../themes/themes.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { HearingAddress } from "./address.js"
 * @import { Point, Radar } from "./types.js"
 */

import { picked } from "../desk/texts.js";
import { make } from "../elements/node.js";
import { decisionChoice } from "./choice.js";
import { picture } from "./picture.js";
import { aloneList, pointsTable } from "./table.js";

const WIDEST = 1_120;

export class RadarView {
  #tongue;
  #themes;
  #width = 0;
  /** @type {Radar | null} */
  #radar = null;
  #shown = "";
  #figure = make("figure", { class: "radar-figure" });
  #choice = make("p", { class: "hearing-choice" });
  #rest = make("div");
  node = make("div", { class: "radar" });

  /** @param {Tongue} tongue @param {Themes} themes */
  constructor(tongue, themes) {
    this.#tongue = tongue;
    this.#themes = themes;
    const { words } = tongue;
    const rule = make("details", { class: "rule" }, make("summary", {}, words.get("radar.how")),
      ...["radar.rule_severity", "radar.rule_height", "radar.rule_reach", "radar.rule_signs"].map((key) => make("p", {}, words.get(key))));
    this.node.append(make("p", { class: "lead" }, words.get("radar.lead")), this.#choice, this.#figure, rule, this.#rest, make("p", { class: "outside" }, words.get("radar.on_screen")));
    new ResizeObserver(([entry]) => {
      const width = Math.min(WIDEST, Math.floor(entry?.contentRect.width ?? 0));
      if (!width || width === this.#width) return;
      this.#width = width;
      this.#paint();
    }).observe(this.#figure);
    // the point that a row speaks of stands out, and the row of a point
    for (const type of ["pointerover", "focusin"]) this.node.addEventListener(type, (event) => this.#point(event));
  }

  /** @param {HearingAddress} address */
  path({ decision }) {
    return `/api/radar${decision ? `?decision=${decision}` : ""}`;
  }

  /** @param {Radar} radar @param {HearingAddress} address */
  draw(radar, { decision }) {
    decisionChoice(this.#choice, "radar", decision, this.#themes, this.#tongue);
    const state = JSON.stringify([radar, decision, this.#themes.decisions.map(({ key, title }) => [key, title])]);
    if (state === this.#shown) return;
    if (this.#shown && this.#rest.contains(document.activeElement)) return; // never under somebody's hand
    this.#shown = state;
    this.#radar = radar;
    this.#paint();
    const { words } = this.#tongue;
    const { points, alone } = radar;
    const named = (/** @type {Point} */ point) => this.#named(point);
    this.#figure.hidden = !points.length && !alone.length;
    this.#rest.replaceChildren(
      ...(points.length ? [make("h3", { id: "radar-table" }, words.get("radar.table")), pointsTable(points, named, this.#tongue)] : []),
      ...(alone.length ? [aloneList(radar, decision, this.#tongue)] : []),
      ...(points.length || alone.length ? [] : [make("p", { class: "nothing-yet" }, words.get("radar.nothing"))]),
    );
  }

  #paint() {
    if (!this.#radar || !this.#width) return;
    this.#figure.replaceChildren(picture(this.#radar, this.#width, (point) => this.#named(point), this.#tongue));
  }

  /** @param {Point} point */
  #named({ name }) {
    return picked(name, this.#tongue.words.language).text;
  }

  /** @param {Event} event */
  #point(event) {
    const on = event.target instanceof Element ? event.target.closest("[data-theme]")?.getAttribute("data-theme") : null;
    for (const node of this.node.querySelectorAll("[data-theme]")) node.classList.toggle("pointed", on !== null && node.getAttribute("data-theme") === on);
  }
}
