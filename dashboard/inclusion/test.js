/**
 * An inclusion test as it is written: what is changed and not stored, what is missing, what rose. Knows no DOM.
 *
 * @import { Texts } from "../desk/types.js"
 * @import { Language } from "../words.js"
 *
 * @typedef {"who" | "value" | "device" | "identity" | "language" | "body" | "alone" | "tried"} Question
 * @typedef {"left" | "sign_in" | "help" | "no_way"} SignalName
 * @typedef {{name: SignalName, number: number, of: number}} Signal
 * @typedef {{step: Texts, way: Texts}} Step
 * @typedef {"yes" | "with" | "no"} Verdict
 * @typedef {{verdict: Verdict, note: Texts, signer: {name: string, organisation: string}, signed_at: number, signals: Signal[]}} Signed
 * @typedef {{because: "signals" | "year" | "written", at: number, signals: Signal[]}} Reopening
 *
 * @typedef {object} Inclusion
 * @property {string} placement its key
 * @property {string} name
 * @property {Partial<Record<Question, Texts>>} answers
 * @property {Step[]} steps
 * @property {Signal[]} signals
 * @property {string[]} missing
 * @property {Signed | null} signed
 * @property {Reopening | null} reopened
 * @property {boolean} published
 * @property {boolean} mine  I, or my office, wrote on it
 * @property {number} revision
 *
 * @typedef {{placement: string, name: string, state: "none" | "open" | "signed" | "reopened", verdict: Verdict | null,
 *   signed_at: number | null, because: Reopening["because"] | null, published: boolean}} InclusionLine
 */

import { tidyTexts } from "../desk/texts.js";

/** In the order of the page. @type {readonly Question[]} */
export const QUESTIONS = ["who", "value", "device", "identity", "language", "body", "alone", "tried"];
export const MOST_STEPS = 6;

export class Draft {
  /** @type {Partial<Record<Question, Texts>>} */
  answers = {};
  /** @type {Step[]} */
  steps = [];
  #stored = "";
  revision = 0;

  /** @param {Inclusion} inclusion */
  constructor(inclusion) {
    this.follow(inclusion);
  }

  /** What is stored now stands here too. @param {Inclusion} inclusion */
  follow({ answers, steps, revision }) {
    this.answers = structuredClone(answers);
    this.steps = steps.length ? structuredClone(steps) : [{ step: {}, way: {} }];
    this.revision = revision;
    this.#stored = this.#shape();
  }

  get dirty() {
    return this.#shape() !== this.#stored;
  }

  /** What is sent to be stored. */
  get body() {
    const { revision } = this;
    return { revision, answers: this.#answers(), steps: this.#steps() };
  }

  /** @param {Question} name @returns {Texts} */
  texts(name) {
    return (this.answers[name] ??= {});
  }

  #answers() {
    return Object.fromEntries(QUESTIONS.map((name) => [name, tidyTexts(this.answers[name] ?? {})]).filter(([, texts]) => Object.keys(texts ?? {}).length));
  }

  #steps() {
    return this.steps.map(({ step, way }) => ({ step: tidyTexts(step), way: tidyTexts(way) })).filter(({ step, way }) => Object.keys({ ...step, ...way }).length);
  }

  #shape() {
    return JSON.stringify([this.#answers(), this.#steps()]);
  }
}

/**
 * What is still missing, by question, each with the languages it lacks.
 * @param {readonly string[]} missing as in `device.fr`, `steps`
 * @returns {Map<string, Language[]>}
 */
export function missingBy(missing) {
  /** @type {Map<string, Language[]>} */
  const found = new Map();
  for (const [name, code] of missing.map((said) => said.split("."))) {
    if (!name) continue;
    const known = found.get(name) ?? [];
    if (code) known.push(/** @type {Language} */ (code));
    found.set(name, known);
  }
  return found;
}
