import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen, fits, pick } from "../../widget/which.js";

const line = (/** @type {string} */ key, /** @type {string[]} */ ...patterns) => ({ key, patterns, title: {}, said: "", url: "" });

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

test("those for this page, in the order in which they came", () => {
  const decisions = [line("everywhere"), line("elsewhere", "/elders/*"), line("here", "/x", "/hier")];
  assert.deepEqual(chosen({ decisions, named: null }, "/hier").map(({ key }) => key), ["everywhere", "here"]);
  assert.deepEqual(chosen({ decisions, named: "elsewhere" }, "/hier").map(({ key }) => key), ["elsewhere"]);
});

test("a text says in which language it is", () => {
  assert.deepEqual(pick({ fr: "Oui" }), { lang: "fr", textContent: "Oui" });
  assert.deepEqual(pick({}), { lang: "", textContent: "" });
});
