import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { chosen, fits, late, pick, sentence, spoken } from "../../widget/which.js";

const NOW = Date.UTC(2027, 0, 20, 12);
const texts = (/** @type {string} */ lang) => JSON.parse(readFileSync(new URL(`../../widget/messages/decision/${lang}.json`, import.meta.url), "utf8"));
/** @returns {any} */
const line = (/** @type {Record<string, unknown>} */ more) => ({
  key: "a", title: { nl: "A" }, state: "published", promise: "answer", until: "2027-03-14", closes_at: Date.UTC(2027, 2, 14, 23), is_open: true, patterns: [], changed_at: 1, ...more,
});

test("a pattern fits a path by its beginning, its end and what stands between stars", () => {
  for (const [pattern, path] of [
    ["/energie", "/energie"], ["/energie", "/energie/"], ["/energie/", "/energie"], ["/energie/*", "/energie/toelage"], ["/*/toelage", "/fr/toelage"],
    ["/*", "/"], ["/*/a/*/b", "/x/a/y/z/b"], ["/énergie/*", "/%C3%A9nergie/x"], ["/a*a", "/aa"], ["/", "/"],
  ]) assert.equal(fits(pattern, path), true, `${pattern} ${path}`);
  for (const [pattern, path] of [
    ["/energie", "/energie/toelage"], ["/energie", "/Energie"], ["/energie/*", "/andere/energie/x"], ["/*/toelage", "/fr/toelage/x"], ["/a*a", "/a"], ["/a.c", "/abc"],
  ]) assert.equal(fits(pattern, path), false, `${pattern} ${path}`);
});

test("a path that is no proper address is taken as it stands", () => {
  assert.equal(fits("/a*", "/a%E0%A4%A"), true);
});

test("a pattern of many stars is answered at once", () => {
  const start = performance.now();
  assert.equal(fits(`/${"*a".repeat(100)}b`, `/${"a".repeat(100_000)}`), false);
  assert.ok(performance.now() - start < 1000);
});

test("those for this page, the soonest closed first, then those too late, the last changed first", () => {
  const decisions = [
    line({ key: "decided", state: "decided", is_open: false, changed_at: 5 }), line({ key: "far", closes_at: NOW + 9e9 }), line({ key: "elsewhere", patterns: ["/elders/*"] }),
    line({ key: "just-closed", closes_at: NOW, changed_at: 9 }), line({ key: "soon", closes_at: NOW + 1000, patterns: ["/x", "/hier"] }),
  ];
  assert.deepEqual(chosen({ decisions, named: null }, "/hier", NOW).map(({ key }) => key), ["soon", "far", "just-closed", "decided"]);
  assert.deepEqual(chosen({ decisions, named: "elsewhere" }, "/hier", NOW).map(({ key }) => key), ["elsewhere"]);
});

test("it is too late from the moment at which it closes", () => {
  const one = line({ closes_at: NOW });
  assert.equal(late(one, NOW - 1), false);
  assert.equal(late(one, NOW), true);
  assert.equal(late(line({ is_open: false }), NOW), true);
  assert.equal(late(line({ closes_at: null }), NOW), true);
});

test("a day is said as people say it, with its year when that is not this one", () => {
  const said = { nl: ["14 maart", "1 januari 2028"], fr: ["14 mars", "1er janvier 2028"], de: ["14. März", "1. Januar 2028"], en: ["14 March", "1 January 2028"] };
  for (const [lang, [near, far]] of Object.entries(said)) {
    assert.equal(spoken("2027-03-14", lang, NOW), near);
    assert.equal(spoken("2028-01-01", lang, NOW), far);
  }
});

test("the line says until when and what is promised, or that it is too late, in every language", () => {
  assert.equal(sentence(line({}), texts("en"), "en", NOW), "You can react until 14 March. The team answers before it decides.");
  assert.equal(sentence(line({ promise: "tell" }), texts("fr"), "fr", NOW), "Vous pouvez réagir jusqu'au 14 mars inclus. L'équipe vous dit ce qu'elle décide.");
  for (const lang of ["nl", "fr", "de", "en"]) {
    const words = texts(lang);
    assert.equal(sentence(line({ closes_at: NOW }), words, lang, NOW), words.late);
    for (const state of ["decided", "withdrawn", "merged"]) assert.equal(sentence(line({ state, is_open: false }), words, lang, NOW), words[state]);
  }
});

test("a text that is not there in one's language comes in the first there is, and says which", () => {
  assert.deepEqual(pick({ nl: "Ja", fr: "Oui" }, "fr"), { lang: "fr", textContent: "Oui" });
  assert.deepEqual(pick({ nl: "Ja", fr: "Oui" }, "de"), { lang: "nl", textContent: "Ja" });
  assert.deepEqual(pick({}, "de"), { lang: "de", textContent: "" });
});
