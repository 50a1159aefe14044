import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { When } from "../../dashboard/when.js";
import { Words } from "../../dashboard/words.js";

const now = new Date(2026, 10, 24, 15, 30).getTime(); // a Tuesday
const ago = (days, hour = 9, minute = 12) => new Date(2026, 10, 24 - days, hour, minute).getTime();

function when(code) {
  const messages = JSON.parse(readFileSync(new URL(`../../dashboard/messages/${code}.json`, import.meta.url), "utf8"));
  return new When(new Words(code, messages), () => now);
}

test("a moment is said as short as it can be without doubt", () => {
  const said = (at) => when("nl").said(at);
  assert.equal(said(now - 20_000), "zojuist");
  assert.equal(said(now - 4 * 60_000), "4 minuten geleden");
  assert.equal(said(ago(0)), "vandaag, 09:12");
  assert.equal(said(ago(1)), "gisteren, 09:12");
  assert.equal(said(ago(4)), "vrijdag, 09:12");
  assert.equal(said(ago(20)), "woensdag 4 november");
  assert.equal(said(ago(400)), "20 oktober 2025");
});

test("each language says it in its own way", () => {
  assert.equal(when("en").said(ago(20)), "Wednesday 4 November");
  assert.equal(when("fr").said(ago(1)), "hier, 09:12");
  assert.equal(when("de").said(ago(0)), "heute, 09:12");
});

test("yesterday is a day of the calendar, not a day of hours", () => {
  assert.match(when("en").said(ago(1, 23, 50)), /^yesterday/);
  assert.match(when("en").said(ago(0, 0, 5)), /^today/);
});

test("a clock that runs ahead says just now, not a moment to come", () => {
  assert.equal(when("en").said(now + 30_000), "just now");
});

test("a visit is said by its day", () => {
  assert.deepEqual(when("en").visit(ago(0)), { key: "today", day: "09:12" });
  assert.equal(when("en").visit(ago(1)).key, "yesterday");
  assert.deepEqual(when("en").visit(ago(4)), { key: "weekday", day: "Friday" });
  assert.deepEqual(when("en").visit(ago(20)), { key: "date", day: "4 November" });
});
