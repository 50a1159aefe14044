/**
 * What is on top of the stream: which view this is, what came since the last visit, what can be taken along.
 *
 * @import { Me } from "../types.js"
 * @import { Filter } from "../filter.js"
 * @import { Tongue } from "./article.js"
 */

import { CRITERIA, exportQuestion, linkTo, NO_BURST, SCOPE } from "../filter.js";
import { meetingLink } from "../meeting/address.js";
import { pictureOf } from "../picture/address.js";
import { heard, make } from "./node.js";

const RECENT_MS = 6 * 3_600_000; // back so soon, "nothing new" is no news
const FORMATS = ["csv", "jsonl", "xlsx"];

/**
 * The name of a view: what is said, or what is searched.
 * @param {Filter} filter
 * @param {Tongue} tongue
 */
export function titleOf(filter, tongue) {
  const names = CRITERIA.filter((name) => filter[name]).map((name) => labelOf(name, filter, tongue));
  const named = names.length ? null : titled(filter);
  if (named) names.push(labelOf(named, filter, tongue));
  if (!names.length) names.push(tongue.words.get(filter.words === "all" ? "views.presses" : "views.all"));
  return names.join(" · ");
}

/** Which part of the scope gives a view its name, when nothing that is said does. @param {Filter} filter */
function titled(filter) {
  if (CRITERIA.some((name) => filter[name]) || filter.words === "all") return null;
  return filter.theme ? "theme" : filter.decision ? "decision" : filter.burst ? "burst" : null;
}

/**
 * Where and how, each a link that takes it back; and the way to everything.
 * @param {HTMLElement} root
 * @param {Filter} filter
 * @param {Tongue} tongue
 */
export function showChoices(root, filter, tongue) {
  const links = SCOPE.filter((name) => filter[name] && name !== titled(filter)).map((name) => {
    const rest = { ...filter };
    delete rest[name];
    const label = make("bdi", {}, labelOf(name, filter, tongue));
    return make("a", { href: linkTo(rest), class: "choice" }, heard(tongue.words.get("choice.take")), label, make("span", { "aria-hidden": "true" }, "×"));
  });
  const narrowed = Object.keys(filter).length > 0;
  if (narrowed) links.push(make("a", { href: linkTo({}), class: "everything" }, tongue.words.get("empty.all")));
  root.hidden = !narrowed;
  root.replaceChildren(...links);
}

/**
 * @param {typeof CRITERIA[number] | typeof SCOPE[number]} name
 * @param {Filter} filter
 * @param {Tongue} tongue
 */
export function labelOf(name, filter, { words, says, when }) {
  const value = filter[name] ?? "";
  if (name === "q") return words.get("views.search", { q: value });
  if (name === "day") return when.ofDay(value);
  if (name === "from" || name === "to") return words.get(`choice.${name}`, { day: when.ofDay(value) });
  if (name === "weight") return words.get(`radar.level.${value}`);
  if (name === "grave") return words.get("views.grave");
  if (name === "waiting") return words.get("views.waiting_for_us");
  if (name === "callback") return words.get("views.calls");
  if (name === "ask") return words.get("views.ask");
  if (name === "desk" || name === "contact_point" || name === "member") return says.value(name, value);
  if (name === "burst") return words.get(value === NO_BURST ? "views.no_burst" : "views.burst");
  if (name === "alike") return words.get("views.alike");
  if (name === "since") return words.get("views.since");
  if (name === "status") return words.get(value === "new" ? "views.unread" : `status.${value}`);
  return says.value(name, value, filter.placement);
}

/**
 * "Since you were here on Friday: 4 voices, 1 grave".
 * @param {HTMLElement} line
 * @param {Me} me
 * @param {Tongue} tongue
 */
export function showSince(line, { since }, { words, when }) {
  line.hidden = since === null || (!since.voices && Date.now() - since.at < RECENT_MS);
  if (!since) return;
  const visit = when.visit(since.at);
  const lead = words.get(`since.${visit.key}`, { day: visit.day });
  if (!since.voices) {
    line.replaceChildren(`${lead} `, words.get("since.nothing"));
    return;
  }
  const after = String(since.cursor);
  line.replaceChildren(`${lead} `, make("a", { href: linkTo({ since: after }) }, words.get("since.voices", { n: since.voices })));
  if (since.grave) {
    const grave = linkTo({ since: after, grave: "1" });
    line.append(", ", make("a", { href: grave, class: "gravity" }, words.get("since.grave", { n: since.grave })));
  }
}

/**
 * @param {HTMLElement} root
 * @param {Filter} filter
 * @param {Tongue} tongue
 */
export function showExport(root, filter, { words }) {
  const question = exportQuestion(filter);
  const links = FORMATS.map((format) => make("a", { href: `/api/export.${format}?${question}`, download: true }, words.get(`export.${format}`)));
  root.replaceChildren(make("p", {}, words.get("export.what")), make("p", { class: "formats" }, ...links),
    make("p", {}, make("a", { href: pictureOf(filter) }, words.get("picture.title")), " · ", make("a", { href: meetingLink({ filter, unread: false }) }, words.get("meeting.to"))));
}
