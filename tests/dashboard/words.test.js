import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { chosenLanguage, LANGUAGES, Words } from "../../dashboard/words.js";

const folder = new URL("../../dashboard/", import.meta.url);
const messages = Object.fromEntries(LANGUAGES.map((code) => [code, JSON.parse(readFileSync(new URL(`messages/${code}.json`, folder), "utf8"))]));
const holes = (message) => [...new Set(Object.values(typeof message === "string" ? [message] : message).join(" ").match(/\{\w+\}/g) ?? [])].sort();

/** Keys that the code puts together from a value. */
const FAMILIES = /^(aside|assign|choice|claim|contradiction|counter|inclusion|barriers|todo|offers|routing|views|kind|rule|because|weigh|hearing|radar\.(level|column)|silence\.(gap|way|figure|do|name|column|verdict)|members|access|audit|hooks|alerting|setup|contacts|callback|notice\.until|picture\.(beside|each|field|legend|points|marks|unit|verdict)|report\.missing|meeting|outcome|outcome_choice|response|message|compose|felt|phase|batch|found|mixed|effect|reason|channel|status|by|impact|another_way|answer\.another_way|connection|do|export|fact|key|masked|role|since|step|place|desk\.(ask\.(how|basis)|column|do|ended|explain|field|go|heard|hint|link|more|part|phase|promise|short|stance|state|step|text|waiting))\./;

test("every sentence is there in every language, with the same holes", () => {
  for (const code of LANGUAGES) {
    assert.deepEqual(Object.keys(messages[code]), Object.keys(messages.en), code);
    for (const [key, message] of Object.entries(messages[code])) {
      assert.deepEqual(holes(message), holes(messages.en[key]), `${code} ${key}`);
      assert.ok(Object.values(typeof message === "string" ? [message] : message).every((sentence) => sentence.trim()), `${code} ${key}`);
    }
  }
});

test("every plural has the forms that its language needs", () => {
  for (const code of LANGUAGES) {
    for (const [key, message] of Object.entries(messages[code])) {
      if (typeof message === "object") assert.ok(message.one && message.other, `${code} ${key}`);
    }
  }
});

test("every key that the code names is a sentence, and every sentence is used", () => {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js"));
  const code = files.map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n");
  const named = [...code.matchAll(/(?:words\.get|add)\(\s*"([a-z_.]+)"/g)].map((match) => match[1]);
  assert.ok(named.length > 60);
  for (const key of named) assert.ok(key in messages.en, key);
  for (const key of Object.keys(messages.en)) assert.ok(code.includes(`"${key}"`) || FAMILIES.test(key), key);
});

test("no sentence shouts, and the polite form is kept", () => {
  const rude = { nl: /\b(je|jij|jouw|jullie)\b/i, fr: /\b(tu|ton|ta|tes|toi)\b/i, de: /\b(du|dein\w*|dir|dich|ihr)\b/, en: /\boops\b/i };
  for (const code of LANGUAGES) {
    for (const [key, message] of Object.entries(messages[code])) {
      const said = Object.values(typeof message === "string" ? [message] : message).join(" ");
      assert.doesNotMatch(said, /!/, `${code} ${key}`);
      assert.doesNotMatch(said, rude[code], `${code} ${key}`);
    }
  }
});

test("plurals, numbers and holes are filled as the language writes them", () => {
  const words = new Words("nl", messages.nl);
  assert.equal(words.get("counter.presses", { n: 1 }), "1 antwoord");
  assert.equal(words.get("counter.presses", { n: 1204 }), "1.204 antwoorden");
  assert.equal(words.get("counter.words", { n: 0 }), "geen met woorden");
  assert.equal(new Words("fr", messages.fr).get("since.voices", { n: 2_000_000 }).replace(/\s/g, " "), "2 000 000 voix");
});

test("what a person wrote is not filled in again", () => {
  const words = new Words("en", messages.en);
  assert.equal(words.get("views.search", { q: "{n} $& {q}" }), "Search: {n} $& {q}");
});

test("a missing sentence shows its key and does not stop the page", () => {
  assert.equal(new Words("en", {}).get("nothing.here"), "nothing.here");
});

test("a language has its name, and a tag that nobody knows stays what it is", () => {
  const words = new Words("nl", messages.nl);
  assert.equal(words.languageName("ar"), "Arabisch");
  assert.equal(words.languageName("x"), "x");
});

test("the first language of ours that is wanted is taken, else English", () => {
  assert.equal(chosenLanguage([null, "es-ES", "de-BE", "nl"]), "de");
  assert.equal(chosenLanguage([undefined, "tr"]), "en");
});
