/**
 * Changed passages, proposed from a comparison: what belongs together, in whole sentences. Knows no DOM.
 *
 * @import { Piece } from "./types.js"
 *
 * @typedef {{before: string, after: string}} Hunk
 */

const NEAR = 80; // characters between two changes that are one, unless a sentence ends there
const QUOTE = 2_000; // of a passage, as the collector takes it
const END = /[.!?…:;]["”»)]*\s|\n/g;

/**
 * @param {readonly Piece[]} pieces of one section
 * @returns {Hunk[]} in the order of the text; one of nothing before is new, one of nothing after is gone
 */
export function hunksOf(pieces) {
  /** @type {{before: string, after: string}[]} */
  const found = [];
  /** @type {Hunk | null} */
  let open = null;
  let lead = "";
  for (const [place, { kind, text }] of pieces.entries()) {
    if (kind !== "same") {
      open ??= { before: lead, after: lead };
      if (kind === "gone") open.before += text;
      else open.after += text;
      continue;
    }
    const last = place === pieces.length - 1;
    if (open) {
      const stays = text.length <= NEAR && !last && ![...text.matchAll(END)].length;
      const tail = stays ? text : upToEnd(text);
      open.before += tail;
      open.after += tail;
      if (stays) continue;
      const rest = text.slice(tail.length);
      found.push(open);
      open = null;
      lead = fromStart(rest);
    } else lead = fromStart(text);
  }
  if (open) found.push(open);
  return found.map(({ before, after }) => ({ before: before.trim().slice(0, QUOTE), after: after.trim().slice(0, QUOTE) })).filter(({ before, after }) => before !== after);
}

/** The rest of the sentence. @param {string} text */
function upToEnd(text) {
  if (/^\s*\n/.test(text)) return "";
  const end = [...text.matchAll(END)][0];
  return end ? text.slice(0, end.index + end[0].trimEnd().length || end.index) : text;
}

/** The beginning of the sentence that goes on after `text`. @param {string} text */
function fromStart(text) {
  const end = [...text.matchAll(END)].at(-1);
  return end ? text.slice(end.index + end[0].length) : text;
}

/**
 * The same passage in every language: the hunk at the same place, or the whole when they are not as many.
 * @param {Record<string, Hunk[]>} hunks by language
 * @param {string} language in which one was chosen
 * @param {number} place
 * @returns {{before: Record<string, string>, after: Record<string, string>}}
 */
export function inLanguages(hunks, language, place) {
  /** @type {Record<string, string>} */
  const before = {};
  /** @type {Record<string, string>} */
  const after = {};
  for (const [code, list] of Object.entries(hunks)) {
    const same = list.length === hunks[language]?.length;
    const chosen = same ? list.slice(place, place + 1) : list;
    const [was, is] = [chosen.map((hunk) => hunk.before), chosen.map((hunk) => hunk.after)].map((parts) => parts.filter(Boolean).join(" … ").slice(0, QUOTE));
    if (was) before[code] = was;
    if (is) after[code] = is;
  }
  return { before, after };
}
