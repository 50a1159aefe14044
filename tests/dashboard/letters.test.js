import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { why } from "../../dashboard/reading/letter.js";
import { Letters } from "../../dashboard/reading/letters.js";
import { measure } from "../../dashboard/reading/measure.js";
import { Words } from "../../dashboard/words.js";
import { changed, erased, received, submission } from "./voices.js";

const words = new Words("en", JSON.parse(readFileSync(new URL("../../dashboard/messages/en.json", import.meta.url), "utf8")));
const next = (id, said = {}, more = {}) => ({ submission: submission(id, said), because: ["right"], days: 3, ...more });
const on = (letters) => letters.all.map(({ voice }) => voice.id);

function table() {
  const letters = new Letters();
  letters.fill([next(7), next(5)], { items: [next(5), next(3), next(9)], next: "1.9.0" });
  return letters;
}

test("the lane lies on top, and nobody lies there twice", () => {
  const letters = table();
  assert.deepEqual(on(letters), [7, 5, 3, 9]);
  letters.append({ items: [next(9), next(11)], next: null });
  assert.deepEqual(on(letters), [7, 5, 3, 9, 11]);
  assert.equal(letters.next, null);
});

test("whatever arrives waits, the grave counted apart, and nothing on the table moves", () => {
  const letters = table();
  const { changed: moved, gone } = letters.apply([received(20, { severity: 0 }), received(21, { severity: 5 }), received(22, { text: null })]);
  assert.deepEqual([moved, gone, on(letters)], [[], [], [7, 5, 3, 9]]);
  assert.deepEqual(letters.waiting, { grave: 1, others: 1 });
  letters.apply([changed("corrected", 22, { severity: 1 })]);
  assert.deepEqual(letters.waiting, { grave: 2, others: 1 }, "a press that got its words");
  letters.apply([changed("read", 20, { status: "read", severity: 0 }), erased(22)]);
  assert.deepEqual(letters.waiting, { grave: 0, others: 1 });
  letters.apply([changed("sorted", 99, { severity: 0 })]);
  assert.deepEqual(letters.waiting, { grave: 0, others: 1 }, "an older one further down is not new");
});

test("what a colleague read stays where it lies, what is erased leaves, an older state never comes back", () => {
  const letters = table();
  assert.deepEqual(letters.apply([changed("read", 3, { status: "read", read_by: "Ann" }, 4)]).changed, [3]);
  letters.apply([changed("kind", 3, { status: "new" }, 2)]);
  assert.equal(letters.find(3).voice.status, "read");
  assert.deepEqual(letters.apply([erased(5), changed("expired", 9, { text: null })]).gone, [5, 9]);
  assert.deepEqual(on(letters), [7, 3]);
});

test("the lane closes only when it is open no longer, and why it lies here can change", () => {
  const letters = table();
  letters.apply([changed("read", 7, { status: "read" }), changed("read", 5, { status: "read" })]);
  assert.deepEqual(letters.refresh([next(5)], [next(3, {}, { because: ["health", "right"] })]), [7, 3]);
  assert.deepEqual(letters.all.map(({ open }) => open), [false, true, false, false]);
  assert.deepEqual(on(letters), [7, 5, 3, 9]);
});

test("each says why it lies where it lies", () => {
  const said = (voice, because, days) => why({ voice: submission(1, voice), because, days, lane: false, open: false }, words);
  assert.equal(said({ severity: 1 }, ["right", "no_other_way"], 9), "First because: lost a right, no other way, 9 days unread");
  assert.equal(said({ severity: 1, effect: "harder" }, ["right"], 1), "First because: would lose a right, 1 day unread");
  assert.equal(said({ severity: 4 }, ["not_said"], 0), "Here because: did not say what it cost, came today");
  assert.equal(said({ severity: 6 }, [], 2), "Here because: 2 days unread");
});

test("no figure of the lane stands without the number it is of", () => {
  const lane = { days: 90, number: 3, read: 2, open: 1, median_hours: 5, longest_hours: 71.9, oldest_hours: 0.5, items: [] };
  assert.deepEqual(measure(lane, words), [
    "2 of 3 that came in 90 days were read by a person with a name (66 %).",
    "Half of them within 5 hours, the last one after 3 days.",
    "1 is open, for 30 minutes.",
  ]);
  assert.deepEqual(measure({ ...lane, number: 0, read: 0, open: 0, median_hours: null, longest_hours: null, oldest_hours: null }, words), ["None came in 90 days."]);
  assert.equal(measure({ ...lane, number: 200, read: 199 }, words)[0]?.includes("(99 %)"), true, "never all before all are");
});
