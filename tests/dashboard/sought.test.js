import assert from "node:assert/strict";
import { test } from "node:test";

import { finds, fromFind } from "../../dashboard/sought.js";

/** The words that are found. */
const found = (text, typed) => finds(text, typed).map(([from, to]) => text.slice(from, to));

test("whole words are found, without regard to case and accents", () => {
  assert.deepEqual(found("Het loket is dicht. LOKET! Het loketje niet.", "loket"), ["loket", "LOKET"]);
  assert.deepEqual(found("L'école est fermée; l'ecole aussi.", "école"), ["école", "ecole"]);
  assert.deepEqual(found("Die Straße, größer als gedacht", "grosser"), []); // ß is a letter of its own
  assert.deepEqual(found("دخلت إلى الموقع", "الموقع"), ["الموقع"]);
});

test("a star finds beginnings, quotes find words side by side", () => {
  assert.deepEqual(found("Het loketje en de lokethulp", "loket*"), ["loketje", "lokethulp"]);
  assert.deepEqual(found("De rode bus. De bus, rode. Rode  bus?", '"rode bus"'), ["rode bus", "Rode  bus"]);
  assert.deepEqual(found("De rode bussen", '"rode bus"'), []);
});

test("another form that the collector found is marked, and alone", () => {
  const forms = new Set(["vergunningen", "fermee"]);
  const marked = (text, typed) => finds(text, typed, forms).map(([from, to]) => text.slice(from, to));
  assert.deepEqual(marked("Een vergunning, twee Vergunningen", "vergunning"), ["vergunning", "Vergunningen"]);
  assert.deepEqual(marked("La porte fermée", "fermé"), ["fermée"]);
  const text = `${"Een lange aanloop. ".repeat(60)}Daar zijn de vergunningen.`;
  assert.match(fromFind(text, "vergunning", 400, forms), /^… .*vergunningen/s);
});

test("each term is marked, and none in another", () => {
  const text = "De bus naar de school, de bus.";
  assert.deepEqual(found(text, 'bus "de bus" school'), ["De bus", "school", "de bus"]);
  assert.deepEqual(found(text, "( * ) \""), []);
  assert.deepEqual(found("a\u0301 is á", "á"), ["a\u0301", "á"]);
});

test("what lies deep in a long text is shown from shortly before it", () => {
  const text = `${"Een lange aanloop. ".repeat(60)}Daar is het loket.`;
  const shown = fromFind(text, "loket", 420);
  assert.ok(shown.startsWith("… ") && shown.endsWith("Daar is het loket.") && shown.length < 150, shown);
  assert.equal(fromFind(text, "aanloop", 420), text);
  assert.equal(fromFind(text, "niets", 420), text);
});
