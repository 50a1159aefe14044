/**
 * What somebody is writing about a decision: what stands there, what she made of it, and what of it is not saved. Two who
 * write at once both keep their work. Knows no DOM.
 *
 * @import { File, Moved, Phase, Texts, Work } from "./types.js"
 *
 * @typedef {keyof File} Field
 *
 * @typedef {object} Clash  Something that two changed: as it was, as I wrote it, as it stands now.
 * @property {string} path `until`, `title.fr`, `phases.deciding`
 * @property {unknown} base
 * @property {unknown} mine
 * @property {unknown} theirs
 */

import { tidyTexts } from "./texts.js";

export const TEXTS = /** @type {const} */ (["title", "open", "gain", "summary", "stance_note", "subject"]);
export const PHASES = /** @type {const} */ (["agenda", "drafting", "deciding", "implementing", "monitoring", "reformulating"]);

/** @returns {File} nothing written yet; what was promised is the middle of three */
export function emptyFile() {
  return {
    title: {}, open: {}, until: null, contact_point: null, gain: {}, promise: "answer", summary: {}, owner: "", stance: null,
    stance_note: {}, fixed: [], phases: [], expected: [], placements: [], patterns: [], subject: {},
  };
}

/**
 * The file as the collector would store it: trimmed, without rows that say nothing, phases in their order.
 * @param {File} file
 * @returns {File}
 */
export function tidy(file) {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, tidyTexts(file[name])]));
  return {
    ...file,
    ...texts,
    until: file.until || null,
    contact_point: file.contact_point || null,
    owner: file.owner.split(/\s+/).filter(Boolean).join(" "),
    fixed: file.fixed.map(({ text, because }) => ({ text: tidyTexts(text), because: tidyTexts(because) })).filter((row) => says(row.text) || says(row.because)),
    phases: PHASES.flatMap((phase) => file.phases.filter((planned) => planned.phase === phase && planned.opens))
      .map((planned) => ({ ...planned, closes: planned.closes || null, question: tidyTexts(planned.question) })),
    expected: file.expected.map(({ key, text }) => ({ key, text: tidyTexts(text) })).filter((row) => says(row.text)),
    placements: [...new Set(file.placements)],
    patterns: [...new Set(file.patterns.map((line) => line.trim()).filter(Boolean))],
  };
}

/** @param {Texts} texts */
const says = (texts) => Object.keys(texts).length > 0;
/** @param {unknown} one @param {unknown} other */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * The fields that differ.
 * @param {File} base
 * @param {File} file
 * @returns {Partial<File>}
 */
export function changesOf(base, file) {
  const [was, is] = [tidy(base), tidy(file)];
  const names = /** @type {Field[]} */ (Object.keys(was));
  return Object.fromEntries(names.filter((name) => !same(was[name], is[name])).map((name) => [name, is[name]]));
}

/**
 * The dates that differ: which, from and to which day.
 * @param {File} base
 * @param {File} file
 * @returns {Pick<Moved, "what" | "before" | "after">[]} as the collector counts them: a phase that is planned anew has not moved
 */
export function movedDates(base, file) {
  const found = base.until !== file.until && (base.until || file.until) ? [{ what: "until", before: base.until || null, after: file.until || null }] : [];
  for (const phase of PHASES) {
    const was = base.phases.find((planned) => planned.phase === phase);
    const is = tidy(file).phases.find((planned) => planned.phase === phase);
    if (!was) continue;
    if (was.opens !== (is?.opens ?? null)) found.push({ what: phase, before: was.opens, after: is?.opens ?? null });
    else if (was.closes !== (is?.closes ?? null)) found.push({ what: phase, before: was.closes, after: is?.closes ?? null });
  }
  return found;
}

/** @param {File} file @returns {Map<string, unknown>} each part that two may change without getting in each other's way */
function parts(file) {
  const found = new Map();
  for (const [name, value] of /** @type {[string, any][]} */ (Object.entries(tidy(file)))) {
    if (/** @type {readonly string[]} */ (TEXTS).includes(name)) for (const code of ["nl", "fr", "de", "en"]) found.set(`${name}.${code}`, value[code] ?? "");
    else if (name === "phases") for (const phase of PHASES) found.set(`phases.${phase}`, value.find((/** @type {{phase: string}} */ planned) => planned.phase === phase) ?? null);
    else found.set(name, value);
  }
  return found;
}

/**
 * The same file with one part set.
 * @param {File} file
 * @param {string} path
 * @param {unknown} value
 * @returns {File}
 */
export function withPart(file, path, value) {
  const [name = "", inner] = path.split(".");
  if (name === "phases") {
    const rest = file.phases.filter((planned) => planned.phase !== inner);
    return { ...file, phases: value ? [...rest, /** @type {File["phases"][number]} */ (value)] : rest };
  }
  if (inner) return { ...file, [name]: { .../** @type {any} */ (file)[name], [inner]: value } };
  return { ...file, [name]: value };
}

/**
 * What two made of the same file, brought together: what only one changed is taken from that one; what both changed
 * stays mine until somebody chooses.
 * @param {File} base
 * @param {File} mine
 * @param {File} theirs
 * @returns {{file: File, taken: string[], clashes: Clash[]}} `taken`: what came from the other
 */
export function together(base, mine, theirs) {
  const [was, is, stands] = [parts(base), parts(mine), parts(theirs)];
  let file = mine;
  const taken = [];
  const clashes = [];
  for (const [path, now] of stands) {
    const [old, own] = [was.get(path), is.get(path)];
    if (same(now, old) || same(now, own)) continue;
    if (same(own, old)) {
      file = withPart(file, path, now);
      taken.push(path);
    } else clashes.push({ path, base: old, mine: own, theirs: now });
  }
  return { file, taken, clashes };
}

/**
 * A key that can stand in an address, from a title.
 * @param {Texts} title
 */
export function keyOf(title) {
  const text = title.nl || title.fr || title.de || title.en || "";
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss").replaceAll("œ", "oe").replaceAll("æ", "ae");
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+/, "").slice(0, 48).replace(/-+$/, "");
}

export class Draft {
  /** As it stands at the collector. @type {File} */
  base;
  /** As it is written here. @type {File} */
  file;
  /** Why public dates move. @type {Texts} */
  because = {};
  /** @type {Clash[]} what two changed and nobody has chosen yet */
  clashes = [];
  /** @type {string[]} what somebody else changed meanwhile, and what stands */
  taken = [];
  /** @type {string | null} who that was */
  other = null;
  /** @type {number | null} when it was saved here */
  savedAt = null;
  /** The key that was chosen by hand, before it exists. */
  key = "";

  /** @param {Work | null} work null: a new one @param {File} [file] what a new one begins with */
  constructor(work, file = emptyFile()) {
    this.work = work;
    this.base = work?.file ?? emptyFile();
    this.file = structuredClone(work?.file ?? file);
    /** What a new one begins with is nobody's typing yet. */
    this.start = structuredClone(this.file);
  }

  get dirty() {
    return Object.keys(changesOf(this.work ? this.base : this.start, this.file)).length > 0 || Object.keys(tidyTexts(this.because)).length > 0;
  }

  /** Dates that are public and move. */
  get moved() {
    return this.work && this.work.state !== "draft" ? movedDates(this.base, this.file) : [];
  }

  /**
   * It is stored now; what was typed while it was on its way stays.
   * @param {Work} work
   * @param {number | null} at null: it was not us who stored it
   * @param {File} [sent] what was stored
   */
  saved(work, at, sent = this.file) {
    const typed = changesOf(sent, this.file);
    this.work = work;
    this.base = work.file;
    this.file = structuredClone({ ...work.file, ...typed });
    this.start = structuredClone(work.file);
    this.because = {};
    this.clashes = [];
    this.taken = [];
    this.other = null;
    this.savedAt = at ?? this.savedAt;
  }

  /** Somebody took a step; nothing that is written here changed. @param {Work} work */
  follows(work) {
    if (this.dirty) {
      this.work = work;
      this.base = work.file;
    } else this.saved(work, null);
  }

  /** What is not saved is thrown away. */
  discard() {
    if (this.work) this.saved(this.work, null);
    else this.file = structuredClone(this.start);
    this.key = "";
  }

  /**
   * Somebody else was first: hers stands, mine stays here.
   * @param {Work} work
   */
  meets(work) {
    const { file, taken, clashes } = together(this.base, this.file, work.file);
    this.file = structuredClone(file);
    this.clashes = [...this.clashes.filter((old) => !clashes.some((clash) => clash.path === old.path)), ...clashes];
    this.taken = [...new Set([...this.taken, ...taken])];
    this.other = work.history.at(-1)?.by ?? null;
    this.work = work;
    this.base = work.file;
  }

  /** @param {string} path @param {unknown} value what is to stand there */
  choose(path, value) {
    this.file = withPart(this.file, path, structuredClone(value));
    this.clashes = this.clashes.filter((clash) => clash.path !== path);
  }
}
