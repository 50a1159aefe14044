import assert from "node:assert/strict";
import { test } from "node:test";

import { dayOf, everyDay, Figures } from "../../dashboard/figures.js";
import { changed, erased, received } from "./voices.js";

const empty = () => ({ presses: 0, words: 0, by: {}, words_by: {}, days: [] });

test("what arrives is added, presses apart from words", () => {
  const figures = new Figures(() => true);
  figures.set({ ...empty(), unread: 0 });
  figures.apply([received(1), received(2, { text: null, outcome: "yes", language: "fr" })]);
  const { counts } = figures;
  assert.deepEqual([counts.presses, counts.words, counts.unread], [2, 1, 1]);
  assert.deepEqual(counts.by.outcome, { no: 1, yes: 1 });
  assert.deepEqual(counts.words_by.language, { nl: 1, fr: 0 });
  assert.deepEqual(counts.days, [{ day: dayOf(1_795_000_000_001), presses: 2, words: 1 }]);
  assert.equal(figures.stale, false);
});

test("what is outside its scope is not added", () => {
  const figures = new Figures(({ language }) => language === "fr");
  figures.set(empty());
  figures.apply([received(1)]);
  assert.equal(figures.counts.presses, 0);
});

test("what cannot be added makes it stale, and a new answer fresh", () => {
  for (const change of [changed("corrected", 1), erased(1), changed("expired", 1), changed("received", 1, {}, 2)]) {
    const figures = new Figures(() => true);
    figures.set(empty());
    figures.apply([change]);
    assert.equal(figures.stale, true, change.change);
    figures.asking();
    figures.set(empty());
    assert.equal(figures.stale, false);
  }
});

test("what comes while the collector counts is counted once more", () => {
  const figures = new Figures(() => true);
  figures.set(empty());
  figures.asking();
  figures.apply([received(1)]);
  figures.set({ ...empty(), presses: 1, words: 1 });
  assert.equal(figures.counts.presses, 1);
  assert.equal(figures.stale, true);
});

test("days without a voice are there as well, and the newest is today", () => {
  const days = everyDay([{ day: "2026-10-24", presses: 2, words: 1 }, { day: "2026-10-27", presses: 1, words: 1 }], "2026-10-28", 1, 30);
  assert.deepEqual(days.map(({ day, presses }) => `${day} ${presses}`), [
    "2026-10-24 2", "2026-10-25 0", "2026-10-26 0", "2026-10-27 1", "2026-10-28 0",
  ]);
});

test("there are never fewer days than the least, nor more than the most", () => {
  assert.equal(everyDay([], "2026-10-28", 14, 30).length, 14);
  const days = everyDay([{ day: "2020-01-01", presses: 1, words: 1 }], "2026-10-28", 14, 30);
  assert.equal(days.length, 30);
  assert.equal(days.at(-1).day, "2026-10-28");
});
