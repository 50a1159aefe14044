/**
 * The settings that have a place of their own, with what they are set to; and the clocks, which nobody sets.
 *
 * @import { Words } from "../words.js"
 * @import { Settings } from "./types.js"
 */

import { ACCESS } from "../access/address.js";
import { AUDIT } from "../audit/address.js";
import { CONTACTS } from "../contacts/address.js";
import { COUNTER } from "../counter/address.js";
import { make } from "../elements/node.js";
import { MEMBERS } from "../members/address.js";
import { READING } from "../reading/address.js";

/** @param {Settings} settings @param {Words} words */
export function elsewhere(settings, words) {
  /** @type {[string, string, string][]} name, what it is set to, where it is */
  const rows = [
    ["second_factor", words.get(settings.second_factor ? "setup.asked" : "setup.not_asked"), ACCESS],
    ["audit_days", words.get("access.days", { n: settings.audit_days }), AUDIT],
    ["stale_days", words.get("setup.again", { n: settings.stale_days }), CONTACTS],
    ["alarm", words.get("rule.now", { n: settings.alarm_days, voices: settings.alarm_voices }), READING],
    ["members", "", MEMBERS],
    ["kiosks", "", COUNTER],
  ];
  return make(
    "section",
    { "aria-labelledby": "setup-elsewhere" },
    make("h3", { id: "setup-elsewhere" }, words.get("setup.elsewhere")),
    make(
      "ul",
      { class: "set" },
      ...rows.map(([name, said, where]) =>
        make("li", {}, make("p", {}, make("a", { href: where }, words.get(`setup.${name}`)), said ? make("span", { class: "is" }, said) : null), make("p", { class: "hint" }, words.get(`setup.${name}_does`)))),
    ),
  );
}

/** @param {Settings} settings @param {Words} words */
export function clocks(settings, words) {
  const heads = ["clock_of", "clock_days", "clock_source"].map((key) => make("th", { scope: "col" }, words.get(`setup.${key}`)));
  return make(
    "section",
    { "aria-labelledby": "setup-clocks" },
    make("h3", { id: "setup-clocks" }, words.get("setup.clocks")),
    make("p", { class: "hint" }, words.get("setup.clocks_does")),
    make(
      "table",
      { class: "members", "aria-labelledby": "setup-clocks" },
      make("thead", {}, make("tr", {}, ...heads)),
      make("tbody", {}, ...settings.clocks.map(({ kind, days, working, source }) =>
        make("tr", {}, make("th", { scope: "row" }, words.get(`setup.clock.${kind}`)), make("td", {}, words.get(working ? "setup.working_days" : "setup.calendar_days", { n: days })), make("td", { class: "since" }, source)))),
    ),
  );
}
