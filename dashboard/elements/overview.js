/**
 * The figures of a view, beside its words: how they are spread and when they came. Never a mean.
 *
 * @import { Counts } from "../types.js"
 * @import { Filter } from "../filter.js"
 * @import { Tongue } from "./article.js"
 */

import { dayOf, DIMENSIONS, everyDay } from "../figures.js";
import { linkTo, NO_BURST } from "../filter.js";
import { bars } from "./bars.js";
import { make } from "./node.js";
import { DAYS, FEWEST_DAYS, volume } from "./volume.js";

export class Overview {
  #root;
  #tongue;
  #shown = "";
  /** Whether somebody has just asked for the figures with bursts, or without: then they change under that very finger. */
  #turned = false;

  /**
   * @param {HTMLElement} root
   * @param {Tongue} tongue
   */
  constructor(root, tongue) {
    this.#root = root;
    this.#tongue = tongue;
  }

  /**
   * @param {Counts} counts
   * @param {Filter} scope
   */
  show(counts, scope) {
    const state = JSON.stringify([counts, scope]);
    if (state === this.#shown || (this.#busy() && !this.#turned)) return;
    this.#shown = state;
    this.#root.hidden = counts.presses === 0;
    const opened = this.#root.querySelector("details")?.open ?? false;
    const { words } = this.#tongue;
    const tables = DIMENSIONS.map((dimension) => (this.#worth(dimension, counts, scope) ? bars(dimension, counts, scope, this.#tongue) : null));
    const days = volume(everyDay(counts.days, dayOf(Date.now()), FEWEST_DAYS, DAYS), scope, this.#tongue);
    this.#root.replaceChildren(
      make("p", { class: "bar narrow" }, make("a", { href: linkTo(scope) }, words.get("reader.back"))),
      make("h2", {}, words.get("figures.title")),
      make("p", { class: "hint" }, words.get("figures.hint", { presses: counts.presses, n: counts.words })),
      this.#bursts(counts, scope),
      days,
      ...tables.filter((table) => table !== null),
    );
    const details = this.#root.querySelector("details");
    if (details) details.open = opened;
    if (this.#turned) /** @type {HTMLElement | null} */ (this.#root.querySelector("a.turn"))?.focus();
    this.#turned = false;
  }

  /**
   * What came in bursts is counted apart: the figures are read with it, or without.
   * @param {Counts} counts
   * @param {Filter} scope
   */
  #bursts({ bursts = 0 }, scope) {
    const { words } = this.#tongue;
    const { burst, ...rest } = scope;
    if (!burst && !bursts) return "";
    const said = burst ? words.get(burst === NO_BURST ? "bursts.left_out" : "bursts.alone") : words.get("bursts.among", { n: bursts });
    const href = linkTo(burst ? rest : { ...rest, burst: NO_BURST }, { figures: true });
    const link = make("a", { class: "turn", href }, words.get(burst ? "bursts.with" : "bursts.without"));
    link.addEventListener("click", () => (this.#turned = true));
    return make("p", { class: "hint" }, said, " ", link);
  }

  /** Whether somebody is on a figure right now: then it does not change under the finger. */
  #busy() {
    return this.#root.contains(document.activeElement);
  }

  /**
   * A dimension with one value tells nothing, unless it is the answer itself.
   * @param {typeof DIMENSIONS[number]} dimension
   * @param {Counts} counts
   * @param {Filter} scope
   */
  #worth(dimension, counts, scope) {
    if (dimension !== "placement" && dimension !== "language" && dimension !== "channel") return true;
    return !scope[dimension] && Object.keys(counts.by[dimension] ?? {}).length > 1;
  }
}
