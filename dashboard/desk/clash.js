/**
 * Two people worked on the same thing at once: both versions, side by side, until somebody chooses. Nothing is lost.
 *
 * @import { Clash, Draft } from "./draft.js"
 * @import { Fixed, Planned, Texts } from "./types.js"
 * @import { Said } from "./said.js"
 */

import { make } from "../elements/node.js";
import { button } from "./fields.js";
import { placeOf } from "./form.js";

/**
 * @param {Draft} draft
 * @param {Said} said
 * @param {(path: string, value: unknown) => void} choose
 */
export function showClashes(draft, said, choose) {
  const { words } = said;
  if (!draft.clashes.length && !draft.taken.length) return [];
  const name = (/** @type {string} */ path) => placeName(path, said);
  const taken = draft.taken.length ? make("p", {}, words.get("desk.clash.taken", { what: draft.taken.map(name).join(", ") })) : null;
  const head = make("h3", { id: "clash-title" }, words.get(draft.other ? "desk.clash.title_by" : "desk.clash.title", { by: draft.other ?? "" }));
  const both = draft.clashes.map((clash) => make("div", { class: "clash", role: "group", "aria-label": name(clash.path) },
    make("h4", {}, name(clash.path)),
    make("div", { class: "versions" },
      make("div", {}, make("p", { class: "whose" }, words.get("desk.clash.theirs")), shown(clash.theirs, clash, said), button(words.get("desk.clash.take_theirs"), () => choose(clash.path, clash.theirs))),
      make("div", {}, make("p", { class: "whose" }, words.get("desk.clash.mine")), shown(clash.mine, clash, said), button(words.get("desk.clash.keep_mine"), () => choose(clash.path, clash.mine)))),
    joined(clash) === null ? null : button(words.get("desk.clash.both"), () => choose(clash.path, joined(clash)), { class: "plain" })));
  return [make("section", { class: "clashes", id: "clashes", tabindex: -1, "aria-labelledby": "clash-title" }, head, make("p", {}, words.get(both.length ? "desk.clash.choose" : "desk.clash.fine")), taken, ...both)];
}

/** Both texts, one after the other; null for what cannot stand twice. @param {Clash} clash */
function joined({ path, mine, theirs }) {
  if (Array.isArray(mine) && Array.isArray(theirs)) {
    const known = new Set(theirs.map((row) => JSON.stringify(row)));
    const keys = new Set(theirs.map((row) => row?.key).filter(Boolean));
    return [...theirs, ...mine.filter((row) => !known.has(JSON.stringify(row)) && !(row?.key && keys.has(row.key)))];
  }
  if (typeof mine !== "string" || typeof theirs !== "string" || !path.includes(".") || !mine || !theirs) return null;
  return [theirs, mine].join(/^(title|stance_note|subject)\./.test(path) ? " / " : "\n\n");
}

/** @param {unknown} value @param {Clash} clash @param {Said} said */
function shown(value, { path }, said) {
  const code = path.includes(".") && typeof value === "string" ? path.split(".")[1] ?? null : null;
  const text = plain(value, path, said);
  return make("p", { class: text ? "version-words" : "version-words soft", dir: "auto", lang: code }, text || said.words.get("desk.clash.nothing"));
}

/** @param {unknown} value @param {string} path @param {Said} said @returns {string} */
function plain(value, path, said) {
  const { words, when } = said;
  if (value === null || value === undefined || value === "") return "";
  if (path === "until") return when.ofDay(String(value));
  if (path === "promise" || path === "stance") return words.get(`desk.${path}.${value}`);
  if (path.startsWith("phases.")) {
    const { opens, closes, question } = /** @type {Planned} */ (value);
    return [when.ofDay(opens), closes ? when.ofDay(closes) : "", ...Object.values(question)].filter(Boolean).join(" – ");
  }
  if (Array.isArray(value)) return value.map((row) => (typeof row === "string" ? row : lineOf(row))).join("\n");
  return String(value);
}

/** @param {{text: Texts} | Fixed} row */
function lineOf(row) {
  const because = "because" in row ? Object.values(row.because).join(" / ") : "";
  return `• ${Object.values(row.text).join(" / ")}${because ? ` (${because})` : ""}`;
}

/** @param {string} path @param {Said} said */
function placeName(path, said) {
  const [field = "", inner] = path.split(".");
  if (field === "phases" && inner) return said.words.get(`desk.phase.${inner}`);
  return placeOf(path, said).text;
}
