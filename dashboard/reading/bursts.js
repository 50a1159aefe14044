/**
 * Many voices in nearly the same words within minutes: one quiet line above what is read first, with a link to them and to
 * all others. It moves and hides nothing; whether one person is behind it or many, nobody can tell.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 *
 * @typedef {object} Burst
 * @property {number} id  of its first voice
 * @property {string} placement
 * @property {number} from_at
 * @property {number} until_at
 * @property {number} voices
 * @property {number} grave  of these
 * @property {number} of  all that came to the placement in that time
 */

import { kept, make } from "../elements/node.js";
import { linkTo, NO_BURST } from "../filter.js";
import { span } from "./measure.js";

const HOUR = 3_600_000;

export class Bursts {
  #api;
  #tongue;
  #shown = "";
  node = make("section", { id: "bursts", hidden: true });

  /**
   * @param {Api} api
   * @param {Tongue} tongue
   */
  constructor(api, tongue) {
    this.#api = api;
    this.#tongue = tongue;
    this.node.setAttribute("aria-label", tongue.words.get("bursts.title"));
  }

  /** Problem when the collector does not answer. */
  async load() {
    /** @type {{items: Burst[], days: number}} */
    const { items, days } = await this.#api.ask("GET", "/api/bursts");
    const state = JSON.stringify(items);
    if (state === this.#shown) return; // nothing that somebody stands on is drawn anew
    this.#shown = state;
    this.#draw(items, days);
  }

  /** @param {Burst[]} bursts @param {number} days */
  #draw([newest, ...earlier], days) {
    const { words } = this.#tongue;
    this.node.hidden = !newest;
    if (!newest) return this.node.replaceChildren();
    const line = this.#line("p", newest);
    line.append(" · ", make("a", { href: linkTo({ burst: NO_BURST }) }, words.get("bursts.others")));
    const more = make("details", {}, make("summary", {}, words.get("bursts.what")), make("p", { class: "hint" }, words.get("bursts.means")));
    if (earlier.length) {
      more.append(make("p", { class: "hint" }, words.get("bursts.earlier", { n: earlier.length, days })), make("ul", {}, ...earlier.map((burst) => this.#line("li", burst))));
    }
    this.node.replaceChildren(line, more);
  }

  /** @param {"p" | "li"} name @param {Burst} burst */
  #line(name, { id, placement, from_at, until_at, voices, grave, of }) {
    const { words, says, when } = this.#tongue;
    const said = words.get("bursts.said", { voices: words.number(voices), of: words.number(of), span: span((until_at - from_at) / HOUR, words) });
    const where = make("bdi", {}, says.placement(placement));
    return make(
      name,
      {},
      ...kept([
        said, " ", where, `, ${when.said(from_at)}. `,
        grave > 0 && `${words.get("bursts.grave", { n: grave })} `,
        make("a", { href: linkTo({ burst: String(id) }), "aria-label": `${words.get("bursts.read")}: ${says.placement(placement)}, ${when.said(from_at)}` }, words.get("bursts.read")),
      ]),
    );
  }
}
