/**
 * The text of a decision while somebody writes on its next version. Knows no DOM.
 *
 * @import { Language } from "../words.js"
 * @import { Section, Texts, Work } from "./types.js"
 *
 * @typedef {{section: Section, theirs: Section | null}} Meeting  a section of mine, and as it stands now; null: it is gone
 */

import { tidyTexts } from "./texts.js";

/** @param {Section} section */
const tidySection = ({ key, text, title }) => ({ key, text: tidyTexts(text), title: tidyTexts(title) });
/** @param {readonly Section[]} sections */
const written = (sections) => JSON.stringify(sections.map(tidySection));

export class Writing {
  /** @type {Texts} what is new in it */
  note = {};
  /** @type {Meeting[]} what two changed */
  meetings = [];

  /** @param {Work} work */
  constructor(work) {
    this.base = work.sections;
    this.version = work.version;
    /** @type {Section[]} */
    this.sections = structuredClone(work.sections);
  }

  get dirty() {
    return written(this.sections) !== written(this.base) || Object.keys(tidyTexts(this.note)).length > 0;
  }

  /** Ready to be sent: without sections that say nothing. */
  get ready() {
    return { sections: this.sections.map(tidySection).filter(({ text, title }) => Object.keys(text).length || Object.keys(title).length), note: tidyTexts(this.note) };
  }

  /**
   * What keeps it from being published.
   * @param {readonly Language[]} languages
   * @returns {{key: string, languages: Language[]}[]} sections and the languages that they lack
   */
  lacks(languages) {
    return this.ready.sections
      .map(({ key, text }) => ({ key, languages: languages.filter((code) => !text[code]) }))
      .filter((found) => found.languages.length);
  }

  /** @param {number} [place] after which it stands; at the end otherwise */
  add(place = this.sections.length - 1) {
    const section = { key: freeKey(this.sections, this.base), text: {}, title: {} };
    this.sections.splice(place + 1, 0, section);
    return section;
  }

  /** @param {number} place @param {number} step */
  move(place, step) {
    const [section] = this.sections.splice(place, 1);
    if (section) this.sections.splice(Math.max(0, place + step), 0, section);
  }

  /** @param {number} place */
  remove(place) {
    this.sections.splice(place, 1);
  }

  /**
   * A whole text in one language, section by section: the first lands in the first. Sections that are there keep their
   * keys and what they say in other languages.
   * @param {readonly {title: string, text: string}[]} parts
   * @param {Language} language
   */
  pour(parts, language) {
    for (const [place, part] of parts.entries()) {
      const section = this.sections[place] ?? this.add();
      section.text[language] = part.text;
      if (part.title) section.title[language] = part.title;
      else delete section.title[language];
    }
    for (const section of this.sections.slice(parts.length)) {
      delete section.text[language];
      delete section.title[language];
    }
    this.sections = this.sections.filter((section, place) => place < parts.length || Object.keys(section.text).length);
  }

  /**
   * Another version came meanwhile: what only the other changed is taken over, what both changed is shown.
   * @param {Work} work
   */
  meets(work) {
    if (work.version === this.version) return;
    /** @type {Meeting[]} */
    const meetings = [];
    const is = (/** @type {Section | null} */ one, /** @type {Section | null} */ other) => written(one ? [one] : []) === written(other ? [other] : []);
    const at = (/** @type {readonly Section[]} */ list, /** @type {string} */ key) => list.find((section) => section.key === key) ?? null;
    const keys = new Set([...this.sections, ...work.sections].map(({ key }) => key));
    for (const key of keys) {
      const [was, mine, theirs] = [at(this.base, key), at(this.sections, key), at(work.sections, key)];
      if (is(was, theirs) || is(mine, theirs)) continue;
      if (mine && is(was, mine)) {
        if (theirs) Object.assign(mine, structuredClone(theirs));
        else this.sections = this.sections.filter((section) => section !== mine);
      } else if (!mine && !was && theirs) this.sections.splice(work.sections.indexOf(theirs), 0, structuredClone(theirs));
      else if (mine) meetings.push({ section: mine, theirs });
    }
    this.meetings = meetings;
    this.base = work.sections;
    this.version = work.version;
  }

  /**
   * It is published now; what was typed while it was on its way stays.
   * @param {Work} work
   * @param {{sections: Section[], note: Texts}} sent
   */
  stored(work, sent) {
    const typed = JSON.stringify(this.ready) !== JSON.stringify(sent);
    this.base = work.sections;
    this.version = work.version;
    if (typed) return;
    this.sections = structuredClone(work.sections);
    this.note = {};
  }

  /** @param {Meeting} meeting @param {boolean} theirs whether the other's stands */
  choose(meeting, theirs) {
    this.meetings = this.meetings.filter((found) => found !== meeting);
    if (!theirs) return;
    if (meeting.theirs) Object.assign(meeting.section, structuredClone(meeting.theirs));
    else this.sections = this.sections.filter((section) => section !== meeting.section);
  }
}

/** A key that stays for good. @param {...readonly Section[]} lists */
function freeKey(...lists) {
  const taken = new Set(lists.flat().map(({ key }) => key));
  let number = 1;
  while (taken.has(`s${number}`)) number += 1;
  return `s${number}`;
}

const HEADING = /^(?:#{1,6}\s+(.+)|((?:art(?:\.|ikel|icle)?|§|hoofdstuk|chapitre|kapitel|chapter)\s*\d+[\w.]*.{0,200}))$/i;

/**
 * A pasted text in sections. A line that begins with `#`, or with "Article 3" as a law does, begins one; without any, each
 * paragraph is one.
 * @param {string} text
 * @returns {{title: string, text: string}[]}
 */
export function sectionsIn(text) {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  if (!lines.some((line) => HEADING.test(line.trim()))) {
    return text.replaceAll("\r\n", "\n").split(/\n\s*\n/).map((part) => ({ title: "", text: part.trim() })).filter((part) => part.text);
  }
  const found = [{ title: "", text: "" }];
  for (const line of lines) {
    const heading = HEADING.exec(line.trim());
    if (heading) found.push({ title: (heading[1] ?? heading[2] ?? "").trim(), text: "" });
    else /** @type {{text: string}} */ (found.at(-1)).text += `${line}\n`;
  }
  return found.map(({ title, text: said }) => ({ title, text: said.trim() || title })).filter((part) => part.text);
}
