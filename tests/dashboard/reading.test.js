import assert from "node:assert/strict";
import { test } from "node:test";

import { excerpt } from "../../dashboard/excerpt.js";
import { commandOf, KEYS } from "../../dashboard/keys.js";
import { Says, shortPage } from "../../dashboard/says.js";
import { submission } from "./voices.js";

const press = (key, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });
const placements = [
  { key: "page", name: "Toelage", question: "outcome", live: true },
  { key: "info", name: "Uitleg", question: "found", live: true },
];
const says = (some = placements) => new Says({ language: "nl", get: (key) => key, languageName: (tag) => tag }, some);

test("a short text is shown whole", () => {
  assert.deepEqual(excerpt("Kort.", "nl"), { text: "Kort.", whole: true });
});

test("a long text is cut where a sentence ends", () => {
  const { text, whole } = excerpt("Dit is een zin van enige lengte. ".repeat(40), "nl");
  assert.equal(whole, false);
  assert.ok(text.length > 200 && text.length <= 440);
  assert.ok(text.endsWith("lengte."));
});

test("a text without sentences, words or a known language is cut all the same, never through a character", () => {
  for (const long of ["x".repeat(5_000), "😀".repeat(2_500), "a ".repeat(2_500), `Dat is zo. ${"Y".repeat(4_000)}`]) {
    const { text, whole } = excerpt(long, "no such language");
    assert.equal(whole, false);
    assert.ok(text.length >= 140 && text.length <= 700, String(text.length));
    assert.equal(text.isWellFormed(), true);
  }
});

test("keys do nothing while somebody writes, with a modifier, or when they are turned off", () => {
  assert.equal(commandOf(press("j"), "page", true), "next");
  assert.equal(commandOf(press("j"), "text", true), null);
  assert.equal(commandOf(press("j", { ctrlKey: true }), "page", true), null);
  assert.equal(commandOf(press("j"), "page", false), null);
  assert.equal(commandOf(press("Escape"), "text", false), "close");
});

test("Enter reads a voice, and is left to links and buttons", () => {
  assert.equal(commandOf(press("Enter"), "voice", false), "open");
  assert.equal(commandOf(press("Enter"), "control", true), null);
});

test("the keys of a feed move by one voice as well", () => {
  assert.equal(commandOf(press("PageDown"), "voice", false), "next");
  assert.equal(commandOf(press("PageDown"), "page", false), null);
});

test("every key that help lists does what it says", () => {
  for (const [key, command] of KEYS) assert.equal(commandOf(press(key), "voice", true), command);
});

test("a score that says the opposite of what it cost is named, no other", () => {
  const named = ["good_score_grave_words", "bad_score_nothing_lost", null].map((contradiction) => says().contradiction(submission(1, { contradiction })));
  assert.deepEqual(named, ["contradiction.good_score_grave_words", "contradiction.bad_score_nothing_lost", null]);
});

test("an answer is named after the question of its placement", () => {
  assert.equal(says().value("outcome", "hard", "page"), "outcome.hard");
  assert.equal(says().value("outcome", "hard", "info"), "found.hard");
  assert.equal(says().value("outcome", "hard"), "mixed.hard");
  assert.equal(says(placements.slice(1)).value("outcome", "hard"), "found.hard");
});

test("what weighs most is said first", () => {
  const one = submission(1, { another_way: "no", impact: ["time", "money", "right", "health"] });
  assert.deepEqual(says().weight(one), ["another_way.no", "impact.health", "impact.right", "impact.money", "impact.time"]);
  assert.deepEqual(says().weight(submission(1, { another_way: "yes", impact: [] })), []);
});

test("a page is said by its path, a long one cut in the middle", () => {
  assert.equal(shortPage("https://www.town.example/a/b"), "/a/b");
  assert.equal(shortPage("https://www.town.example/"), "www.town.example");
  assert.ok(shortPage(`https://www.town.example/${"a".repeat(100)}`).length <= 44);
});
