import assert from "node:assert/strict";
import { test } from "node:test";

import { changesOf, Draft, emptyFile, keyOf, movedDates, tidy, together } from "../../dashboard/desk/draft.js";
import { hunksOf, inLanguages } from "../../dashboard/desk/hunks.js";
import { missingOf, spelled, wrongOf } from "../../dashboard/desk/missing.js";
import { GAINS } from "../../dashboard/desk/offered.js";
import { picked } from "../../dashboard/desk/texts.js";
import { sectionsIn, Writing } from "../../dashboard/desk/writing.js";
import { file, work } from "./decisions.js";

test("what is missing is named by field and language, in the order of the form", () => {
  assert.deepEqual(missingOf(emptyFile(), ["nl", "fr"]), ["title.nl", "title.fr", "open.nl", "open.fr", "until", "contact_point", "gain.nl", "gain.fr"]);
  assert.deepEqual(missingOf(file(), ["nl", "fr"]), []);
  assert.deepEqual(missingOf(file({ title: { nl: "Ja", fr: "  " } }), ["nl", "fr"]), ["title.fr"]);
  assert.deepEqual(missingOf(file({ summary: { nl: "Ja" }, fixed: [{ text: { nl: "Vast", fr: "Fixé" }, because: { nl: "Wet" } }] }), ["nl", "fr"]), ["summary.fr", "fixed.fr"]);
  assert.deepEqual(spelled(["title", "until", "open.fr"], ["nl", "fr"]), ["title.nl", "title.fr", "until", "open.fr"]);
});

test("phases out of order, a question without a day and a pattern that is none are told before they are sent", () => {
  const phase = (name, opens, closes = null, question = {}) => ({ phase: name, opens, closes, question });
  assert.deepEqual(wrongOf(file({ phases: [phase("drafting", "2026-02-01"), phase("deciding", "2026-01-01")] })), ["phases"]);
  assert.deepEqual(wrongOf(file({ phases: [phase("drafting", "2026-02-01", "2026-01-01")] })), ["phases"]);
  assert.deepEqual(wrongOf(file({ phases: [phase("drafting", "", null, { nl: "Hoe?" })] })), ["phases"]);
  assert.deepEqual(wrongOf(file({ phases: [phase("deciding", "2026-02-02"), phase("agenda", "2026-02-01", "2026-02-01")] })), []);
  assert.deepEqual(wrongOf(file({ patterns: ["toelage"] })), ["patterns"]);
  assert.deepEqual(wrongOf(file({ fixed: [{ text: {}, because: { nl: "Wet" } }] })), ["fixed"]);
});

test("only what differs is sent, and empty rows and outer spaces are no difference", () => {
  const base = file();
  assert.deepEqual(changesOf(base, { ...base, title: { nl: " Een fietsstraat ", fr: "Une rue", de: "" }, expected: [{ key: "e1", text: {} }] }), {});
  assert.deepEqual(changesOf(base, { ...base, owner: "De raad" }), { owner: "De raad" });
  assert.equal(new Draft(work()).dirty, false);
});

test("a public date that moves is counted as the collector counts it", () => {
  const planned = { phase: "drafting", opens: "2026-11-01", closes: null, question: {} };
  const base = file({ phases: [planned] });
  assert.deepEqual(movedDates(base, { ...base, until: "2026-12-21" }), [{ what: "until", before: "2026-12-14", after: "2026-12-21" }]);
  assert.deepEqual(movedDates(base, { ...base, phases: [{ ...planned, closes: "2026-12-01" }] }), [{ what: "drafting", before: null, after: "2026-12-01" }]);
  assert.deepEqual(movedDates(base, { ...base, phases: [planned, { ...planned, phase: "deciding", opens: "2026-12-15" }] }), []);
  assert.deepEqual(new Draft(work({ state: "draft" })).moved, []);
});

test("what two changed apart fits together, and what both changed keeps both works", () => {
  const base = file();
  const mine = { ...base, title: { nl: "Mijn", fr: "Une rue" }, owner: "Ik" };
  const theirs = { ...base, title: { nl: "Een fietsstraat", fr: "La leur" }, owner: "Zij", until: "2027-01-01" };
  const { file: both, taken, clashes } = together(base, mine, theirs);
  assert.deepEqual(both.title, { nl: "Mijn", fr: "La leur" });
  assert.equal(both.until, "2027-01-01");
  assert.deepEqual(taken.toSorted(), ["title.fr", "until"]);
  assert.deepEqual(clashes, [{ path: "owner", base: "", mine: "Ik", theirs: "Zij" }]);
});

test("phases are brought together one by one", () => {
  const phase = (name, opens) => ({ phase: name, opens, closes: null, question: {} });
  const base = file({ phases: [phase("drafting", "2026-11-01"), phase("deciding", "2026-12-01")] });
  const mine = { ...base, phases: [phase("drafting", "2026-11-02"), phase("deciding", "2026-12-01")] };
  const theirs = { ...base, phases: [phase("drafting", "2026-11-01"), phase("deciding", "2026-12-08")] };
  assert.deepEqual(tidy(together(base, mine, theirs).file).phases.map(({ opens }) => opens), ["2026-11-02", "2026-12-08"]);
});

test("a key is made of a title, and can stand in an address", () => {
  assert.equal(keyOf({ nl: "  Éen «fietsstraat» in de Kerkstraat? " }), "een-fietsstraat-in-de-kerkstraat");
  assert.equal(keyOf({ fr: "Œuvres & Straße" }), "oeuvres-strasse");
  assert.equal(keyOf({ nl: "الشارع" }), "");
  assert.match(keyOf({ nl: "lang woord ".repeat(20) }), /^[a-z0-9][a-z0-9-]{0,62}$/);
});

test("a text is shown in the reader's language, else in the first there is, with its name", () => {
  assert.deepEqual(picked({ nl: "Ja", fr: "Oui" }, "fr"), { text: "Oui", lang: "fr" });
  assert.deepEqual(picked({ fr: "Oui" }, "en"), { text: "Oui", lang: "fr" });
  assert.deepEqual(picked({}, "en"), { text: "", lang: "" });
});

test("the sentence that is offered is there for every promise in every language", () => {
  for (const texts of Object.values(GAINS)) assert.deepEqual(Object.keys(texts), ["nl", "fr", "de", "en"]);
});

test("a pasted text is divided at its headings, or at its paragraphs", () => {
  assert.deepEqual(sectionsIn("Een.\n\nTwee\nregels.\r\n\r\nDrie."), [{ title: "", text: "Een." }, { title: "", text: "Twee\nregels." }, { title: "", text: "Drie." }]);
  assert.deepEqual(sectionsIn("Vooraf.\nArtikel 1\nEen.\n\nNog.\n# Slot\nEinde."), [
    { title: "", text: "Vooraf." }, { title: "Artikel 1", text: "Een.\n\nNog." }, { title: "Slot", text: "Einde." },
  ]);
  assert.deepEqual(sectionsIn("  \n\n "), []);
});

test("sections keep their keys when a text is poured in again or in another language", () => {
  const sections = [{ key: "s1", title: { nl: "Een" }, text: { nl: "A", fr: "A" } }, { key: "s2", title: {}, text: { nl: "B", fr: "B" } }];
  const writing = new Writing(work({ version: 1, sections }));
  writing.pour(sectionsIn("A nieuw\n\nB\n\nC"), "nl");
  assert.deepEqual(writing.sections.map(({ key, text }) => [key, text]), [["s1", { nl: "A nieuw", fr: "A" }], ["s2", { nl: "B", fr: "B" }], ["s3", { nl: "C" }]]);
  assert.deepEqual(writing.lacks(["nl", "fr"]), [{ key: "s3", languages: ["fr"] }]);
  writing.remove(1);
  assert.equal(writing.add().key, "s4", "a key of the published text is not given again");
});

test("another version that came meanwhile is taken over where nothing was written, and shown where both wrote", () => {
  const section = (key, nl) => ({ key, title: {}, text: { nl } });
  const writing = new Writing(work({ version: 1, sections: [section("s1", "A"), section("s2", "B"), section("s3", "C")] }));
  writing.sections[0].text.nl = "A van mij";
  writing.meets(work({ version: 2, sections: [section("s1", "A van haar"), section("s2", "B van haar"), section("s4", "D")] }));
  assert.deepEqual(writing.sections.map(({ key, text }) => [key, text.nl]), [["s1", "A van mij"], ["s2", "B van haar"], ["s4", "D"]]);
  assert.equal(writing.meetings.length, 1);
  writing.choose(writing.meetings[0], true);
  assert.equal(writing.sections[0].text.nl, "A van haar");
  assert.deepEqual(writing.meetings, []);
});

const piece = (kind, text) => ({ kind, text });

test("a changed passage is proposed in whole sentences, changes near each other as one", () => {
  const pieces = [piece("same", "De straat wordt rustig. Leveren kan tot "), piece("gone", "10"), piece("new", "12"), piece("same", " uur"), piece("new", ", ook voor bewoners"), piece("same", ". De regel gaat in op 1 maart.")];
  assert.deepEqual(hunksOf(pieces), [{ before: "Leveren kan tot 10 uur.", after: "Leveren kan tot 12 uur, ook voor bewoners." }]);
});

test("changes in two sentences are two passages; what is new has no before", () => {
  const pieces = [piece("same", "Tot "), piece("gone", "10"), piece("new", "12"), piece("same", " uur. Dit blijft staan. Op "), piece("gone", "1"), piece("new", "2"), piece("same", " maart.")];
  assert.deepEqual(hunksOf(pieces), [{ before: "Tot 10 uur.", after: "Tot 12 uur." }, { before: "Op 1 maart.", after: "Op 2 maart." }]);
  assert.deepEqual(hunksOf([piece("new", "Helemaal nieuw.")]), [{ before: "", after: "Helemaal nieuw." }]);
  assert.deepEqual(hunksOf([piece("same", "Niets.")]), []);
});

test("the same passage is proposed in every language", () => {
  const hunks = { nl: [{ before: "a", after: "b" }, { before: "c", after: "d" }], fr: [{ before: "x", after: "y" }, { before: "", after: "z" }], de: [{ before: "p", after: "q" }] };
  assert.deepEqual(inLanguages(hunks, "nl", 1), { before: { nl: "c", de: "p" }, after: { nl: "d", fr: "z", de: "q" } });
});
