/**
 * What a submission says apart from its words, in the reader's language: short, and never a code. Knows no DOM.
 *
 * @import { Placement, Submission } from "./types.js"
 * @import { Themes } from "./themes/themes.js"
 */

import { picked } from "./desk/texts.js";
import { isGrave, NO_THEME } from "./filter.js";

export class Says {
  #words;
  #placements;
  #themes;
  #desks;
  #points;
  /** @type {Map<number, string>} names of colleagues, by their ids */
  team = new Map();

  /**
   * @param {import("./words.js").Words} words
   * @param {readonly Placement[]} placements
   * @param {Pick<Themes, "one" | "decision" | "loaded">} themes
   * @param {readonly {key: string, name: string}[]} [desks] to which a case can be handed
   * @param {readonly {key: string, name: string}[]} [points] contact points, to which a voice can be passed on
   */
  constructor(words, placements, themes, desks = [], points = []) {
    this.#points = new Map(points.map(({ key, name }) => [key, name]));
    this.#desks = new Map(desks.map(({ key, name }) => [key, name]));
    this.#words = words;
    this.#themes = themes;
    this.#placements = new Map(placements.map((placement) => [placement.key, placement]));
  }

  /** @param {string} key @returns {string} the name of a placement */
  placement(key) {
    return this.#placements.get(key)?.name || key;
  }

  /** @param {string} key @returns {string} the title of a decision */
  decision(key) {
    const title = this.#themes.decision(key)?.title;
    return (title && picked(title, this.#words.language).text) || key;
  }

  /** @param {number | string} id of a theme, or none @returns {string} its name */
  theme(id) {
    if (id === NO_THEME) return this.#words.get("theme.none");
    const name = this.#themes.one(Number(id))?.name;
    if (name) return picked(name, this.#words.language).text;
    return this.#themes.loaded ? this.#words.get("theme.gone") : "…";
  }

  /**
   * An answer as a finding: "Did not manage", "Found part of it". Pages that inform ask for finding, not for managing.
   * @param {string} dimension
   * @param {string} value
   * @param {string} [placement] its key; without one, both questions are meant
   */
  value(dimension, value, placement) {
    if (dimension === "desk") return this.desk(value);
    if (dimension === "member") return this.#words.get("assign.for", { name: this.colleague(Number(value)) });
    if (dimension === "contact_point") return this.#words.get("with.point", { point: this.point(value) });
    if (dimension === "placement") return this.placement(value);
    if (dimension === "decision") return this.decision(value);
    if (dimension === "theme") return this.theme(value);
    if (dimension === "language") return this.#words.languageName(value);
    if (dimension === "outcome") return this.#words.get(`${this.question(placement)}.${value}`);
    if (dimension === "rating") return this.#words.get("rating.value", { n: Number(value) });
    return this.#words.get(`${dimension}.${value}`);
  }

  /** To which desk it was handed. @param {string} key */
  desk(key) {
    return this.#words.get("views.handed", { desk: this.#desks.get(key) ?? key });
  }

  /** What a colleague is called; who has left has no name here any more. @param {number} id */
  colleague(id) {
    return this.team.get(id) ?? "…";
  }

  /** What a contact point is called. @param {string} key */
  point(key) {
    return this.#points.get(key) ?? key;
  }

  /**
   * How it stands: "With the harbour desk", "Set aside: it was a try-out", "For the harbour desk, not yet read".
   * @param {import("./status.js").Standing} voice
   */
  standing({ status, contact_point, aside }) {
    if (status === "aside" && aside) return this.#words.get("aside.because", { because: this.#words.get(`aside.${aside}`) });
    const point = contact_point ? this.point(contact_point) : null;
    if (status === "with" && point) return this.#words.get("with.point", { point });
    const said = this.#words.get(`status.${status}`);
    return point && status !== "aside" && status !== "answered" ? this.#words.get("with.meant", { point, status: said }) : said;
  }

  /**
   * What a step of its status says; null for steps of other kinds, and for those that say no more than that there was one.
   * @param {string} change
   * @param {string | null} detail
   * @param {string | null} by
   */
  step(change, detail, by) {
    if (change === "submission.routed" && detail && detail !== "none" && !by) return this.#words.get("stood.by_rule", { point: this.point(detail) });
    if (change === "submission.assigned" && detail && detail !== "none" && !by) return this.#words.get("stood.by_rule", { point: this.colleague(Number(detail)) });
    if (!detail || !by) return null;
    if (change === "submission.routed") return this.#words.get(detail === "none" ? "stood.unrouted" : "stood.routed", { by, point: this.point(detail) });
    if (change === "submission.assigned") return this.#words.get(detail === "none" ? "stood.unassigned" : "stood.assigned", { by, name: this.colleague(Number(detail)) });
    if (change !== "submission.status") return null;
    const [status = "", more = ""] = detail.split(" ");
    return this.#words.get("stood", { by, status: this.standing({ status, ...(status === "with" ? { contact_point: more } : { aside: more }) }) });
  }

  /** @param {string} [placement] @returns {"outcome" | "found" | "mixed"} what its outcome answers */
  question(placement) {
    const asked = placement ? [this.#placements.get(placement)] : [...this.#placements.values()];
    const finding = asked.filter((one) => one?.question === "found").length;
    if (!finding) return "outcome";
    return finding === asked.length ? "found" : "mixed";
  }

  /**
   * The answer that was pressed.
   * @param {Submission} submission
   * @returns {{value: string, said: string} | null}
   */
  answer(submission) {
    for (const dimension of /** @type {const} */ (["outcome", "effect", "reason"])) {
      const value = submission[dimension];
      if (value) return { value, said: this.value(dimension, value, submission.placement) };
    }
    return submission.rating ? { value: "rating", said: this.value("rating", String(submission.rating)) } : null;
  }

  /**
   * What weighs: no other way, a right, health, money, time.
   * @param {Submission} submission
   * @returns {string[]}
   */
  weight({ another_way, impact }) {
    const said = another_way && another_way !== "yes" ? [this.#words.get(`another_way.${another_way}`)] : [];
    for (const name of ["health", "right", "money", "time"]) {
      if (impact?.includes(name)) said.push(this.#words.get(`impact.${name}`));
    }
    return said;
  }

  /**
   * That its score says the opposite of what it cost.
   * @param {Submission} submission
   */
  contradiction({ contradiction }) {
    return contradiction && this.#words.get(`contradiction.${contradiction}`);
  }

  /** @param {Submission} submission */
  grave(submission) {
    return isGrave(submission);
  }

  /**
   * Where and how, the page last because it is the longest.
   * @param {Submission} submission
   * @returns {string[]}
   */
  context(submission) {
    const said = this.#placements.size > 1 ? [this.placement(submission.placement)] : [];
    if (submission.language && submission.language !== this.#words.language) said.push(this.#words.languageName(submission.language));
    if (submission.kind) said.push(this.value("kind", submission.kind));
    if (submission.channel !== "web") said.push(this.value("channel", submission.channel));
    for (const id of submission.themes ?? []) said.push(this.theme(id));
    if ((submission.status !== "new" && submission.status !== "read") || submission.contact_point) said.push(this.standing(submission));
    if (submission.member) said.push(this.value("member", String(submission.member)));
    if (submission.page) said.push(shortPage(submission.page));
    return said;
  }
}

/**
 * The path of a page, the host where there is no path; cut in the middle when it is long.
 * @param {string} page
 */
export function shortPage(page) {
  const [, host = page, path = "/"] = /^https?:\/\/([^/]+)(\/.*)?$/.exec(page) ?? [];
  const said = path === "/" ? host : path;
  return said.length > 44 ? `${said.slice(0, 20)}…${said.slice(-22)}` : said;
}
