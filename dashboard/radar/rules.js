/**
 * Rules that do not fit: what people said of them, where, and what was done. For whoever can change a rule, on the screen
 * and on paper; groups under five stay on the screen.
 *
 * @import { Themes } from "../themes/themes.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { HearingAddress } from "./address.js"
 * @import { Group, Rules } from "./types.js"
 */

import { picked } from "../desk/texts.js";
import { linkTo } from "../filter.js";
import { sayings } from "../elements/article.js";
import { heard, make, words as said } from "../elements/node.js";
import { decisionChoice } from "./choice.js";
import { stepped } from "./numbers.js";

export class RulesView {
  #tongue;
  #themes;
  #choice = make("p", { class: "hearing-choice" });
  #print;
  #list = make("div");
  node = make("div", { class: "rules" });

  /** @param {Tongue} tongue @param {Themes} themes */
  constructor(tongue, themes) {
    this.#tongue = tongue;
    this.#themes = themes;
    const { words } = tongue;
    this.#print = make("p", { class: "printing" }, make("button", { type: "button" }, words.get("rules.print")), " ", make("span", { class: "hint" }, words.get("rules.print_hint")));
    this.#print.querySelector("button")?.addEventListener("click", () => print());
    this.node.append(make("p", { class: "lead" }, words.get("rules.lead")), this.#choice, this.#print, this.#list);
  }

  /** @param {HearingAddress} address */
  path({ decision }) {
    return `/api/rules${decision ? `?decision=${decision}` : ""}`;
  }

  /** @param {Rules} rules @param {HearingAddress} address */
  draw({ groups, outside }, { decision }) {
    decisionChoice(this.#choice, "rules", decision, this.#themes, this.#tongue);
    if (this.#list.contains(document.activeElement)) return; // never under somebody's hand
    const { words, when } = this.#tongue;
    this.#print.hidden = !outside;
    this.#list.replaceChildren(
      make("p", { class: "outside" }, words.get("rules.on_paper", { day: when.whole(Date.now()) })),
      ...groups.map((group) => this.#group(group)),
      ...(groups.length ? [] : [make("p", { class: "nothing-yet" }, words.get("rules.nothing"))]),
    );
  }

  /** @param {Group} group */
  #group(group) {
    const { words, says } = this.#tongue;
    const { theme, decision, voices, grave, few, stories } = group;
    const name = theme === null ? words.get("theme.none") : picked(group.name, words.language).text;
    const scope = { ...(theme === null ? { theme: "none", placement: group.placements[0] ?? "" } : { theme: String(theme) }), ...(decision ? { decision } : {}) };
    const where = [decision ? says.decision(decision) : null, ...group.placements.map((key) => says.placement(key))].filter((place) => place);
    const link = { href: linkTo(theme === null ? { ...scope, reason: "rule", words: "all" } : scope), class: "inside" };
    const number = voices
      ? [make("a", link, words.get("theme.voices", { n: voices })), make("span", { class: "outside" }, words.get("rules.at_least", { n: stepped(voices) ?? 0 }))]
      : [words.get("rules.nobody")];
    return make(
      "section",
      { class: few ? "misfit inside" : "misfit" },
      make("h3", {}, make("bdi", {}, name)),
      make("p", { class: "facts-line" }, ...number, grave ? make("strong", { class: "inside" }, ` · ${words.get("theme.grave", { n: grave })}`) : null, few ? make("span", { class: "inside" }, ` · ${words.get("rules.stays")}`) : null,
        where.length ? make("span", { class: "soft" }, " · ", make("bdi", {}, where.join(", "))) : null),
      this.#done(group),
      ...(stories.length ? [make("ul", { class: "stories" }, ...stories.map((one) => make("li", {},
        said(one.text ?? "", one.language), sayings(one, this.#tongue),
        make("p", { class: "context inside" }, make("a", { href: linkTo(scope, { open: one.id }) }, words.get("rules.read"), heard(` ${name}`))))))] : []),
    );
  }

  /** What was done about it. @param {Group} group */
  #done({ response, theme }) {
    const { words, when } = this.#tongue;
    if (!response) return make("p", { class: theme === null ? "done waits inside" : "done waits" }, words.get(theme === null ? "rules.unsorted" : "rules.waits"));
    const label = words.get(`response.${response.outcome}`, { day: response.by_day ? when.ofDay(response.by_day) : "", to: response.handed_to });
    const { text, lang } = picked(response.reason, words.language);
    return make("div", { class: "done" },
      make("p", {}, make("strong", {}, label), make("span", { class: "soft" }, ` · ${response.office}`, response.published_at ? ` · ${when.day(response.published_at)}` : "")),
      make("p", { class: "reason", lang, dir: "auto" }, text));
  }
}
