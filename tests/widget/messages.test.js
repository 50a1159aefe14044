import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../../widget/messages/", import.meta.url);
const read = (/** @type {string} */ name) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const names = (/** @type {any} */ texts, prefix = "") => Object.entries(texts).flatMap(([name, text]) => (typeof text === "object" ? names(text, `${prefix}${name}.`) : [`${prefix}${name}`])).sort();
const values = (/** @type {any} */ texts) => Object.values(texts).flatMap((text) => (typeof text === "object" ? values(text) : [text]));

for (const part of ["", "first/", "cost/", "after/", "kept/", "decision/", "act/"]) {
  const files = readdirSync(new URL(part || ".", folder)).filter((name) => name.endsWith(".json"));
  test(`every language has every text (${part || "messages"})`, () => {
    assert.deepEqual(files.sort(), ["de.json", "en.json", "fr.json", "nl.json"]);
    for (const file of files) assert.deepEqual(names(read(part + file)), names(read(`${part}en.json`)), file);
  });

  test(`texts say what they say without shouting, and keep their placeholders (${part || "messages"})`, () => {
    const holes = (/** @type {string} */ text) => (text.match(/\{\w+\}/g) ?? []).sort().join();
    const english = values(read(`${part}en.json`));
    for (const file of files) {
      values(read(part + file)).forEach((text, place) => {
        assert.ok(text.trim() && !text.includes("!"), `${file}: ${text}`);
        assert.equal(holes(text), holes(english[place]), `${file}: ${text}`);
      });
    }
  });
}
