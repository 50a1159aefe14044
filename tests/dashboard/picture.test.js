import assert from "node:assert/strict";
import { test } from "node:test";

import { before, daysOf, otherFilter, pictureAddress, pictureLink, yearEarlier } from "../../dashboard/picture/address.js";
import { FEW, margin, mean, means, shares } from "../../dashboard/picture/compare.js";
import { outside, spans, unitOf } from "../../dashboard/picture/numbers.js";

const TODAY = "2026-11-25";
const near = (number, wanted, by = 0.0006) => assert.ok(Math.abs(number - wanted) < by, `${number} is not ${wanted}`);

test("without days it is of the last ninety, and the address says all that is chosen", () => {
  const look = pictureAddress("#picture", TODAY);
  assert.deepEqual([look.from, look.to, daysOf(look.from, look.to), look.other], ["2026-08-28", TODAY, 90, null]);
  for (const more of [{}, { other: { placement: "heating" } }, { other: { from: "2026-01-01", to: "2026-01-31" } }, { over: "language", report: true }]) {
    const chosen = { ...look, filter: { ...look.filter, decision: "square", language: "fr", burst: "none" }, ...more };
    assert.deepEqual(pictureAddress(pictureLink(chosen), TODAY), chosen);
  }
});

test("what is no day, no dimension or another place's address is not taken", () => {
  const odd = pictureAddress("#picture?from=tomorrow&over=age&other_from=2026-02-01&other_to=2026-01-01&since=12&day=2026-01-01", TODAY);
  assert.deepEqual([odd.from, odd.over, odd.other, odd.filter.since, odd.filter.day], ["2026-08-28", "placement", null, undefined, undefined]);
  assert.equal(pictureAddress("#picture?from=2026-12-24&to=2026-12-01", TODAY).from, "2026-12-01");
  for (const elsewhere of ["", "#", "#pictures", "#radar?decision=square"]) assert.equal(pictureAddress(elsewhere, TODAY), null);
});

test("the days before are as many, and a year earlier weekends meet weekends, over every change of the clocks", () => {
  assert.deepEqual(before({ from: "2026-10-20", to: "2026-11-02" }), { from: "2026-10-06", to: "2026-10-19" });
  const year = yearEarlier({ from: "2026-03-01", to: "2026-04-05" });
  assert.equal(new Date(year.from).getUTCDay(), new Date("2026-03-01").getUTCDay());
  assert.equal(daysOf(year.from, year.to), 36);
  const look = pictureAddress("#picture?placement=page&from=2026-10-20&to=2026-11-02&other_from=2026-10-06&other_to=2026-10-19", TODAY);
  assert.deepEqual(otherFilter(look), { placement: "page", from: "2026-10-06", to: "2026-10-19" });
});

test("margins and differences are those of the papers they are from", () => {
  // Newcombe (1998): 81/263 in the paper on one share, 56/70 against 48/80 in the one on two
  const [low, high] = margin(81, 263);
  near(low, 0.2553);
  near(high, 0.3662);
  const first = shares(56, 70, 48, 80);
  near(first.low, 0.0524);
  near(first.high, 0.3339);
  assert.equal(first.verdict, "more");
  assert.equal(shares(48, 80, 56, 70).verdict, "less");
  assert.equal(shares(30, 100, 36, 100).verdict, "unsure");
  assert.equal(shares(9, 10, 3, 10).verdict, "few", "so few are not compared, however far apart");
  for (const n of [1, 5, 40]) for (const k of [0, n]) for (const end of margin(k, n)) assert.ok(end >= 0 && end <= 1);
});

test("a mean comes with its spread and its n, or not at all", () => {
  assert.equal(mean([]), null);
  const ratings = mean([[1, 10], [3, 0], [5, 10]]);
  assert.deepEqual([ratings.n, ratings.mean], [20, 3]);
  near(ratings.spread, 2.052);
  const all = mean([[4, 60], [5, 60]]);
  assert.equal(means(all, mean([[1, 60], [2, 60]])).verdict, "more");
  assert.equal(means(all, mean([[4, 61], [5, 59]])).verdict, "unsure");
  assert.equal(means(all, mean([[1, FEW - 1]])).verdict, "few");
});

const slice = (value, presses, words = 0, bursts = 0) => ({ value, presses, words, grave: 0, bursts });
const picture = {
  from: "2026-10-15", to: "2026-11-10", presses: 19, words: 4, grave: 0, bursts: 0,
  days: [slice("2026-10-15", 3, 1), slice("2026-10-25", 5, 2), slice("2026-10-26", 7, 1), slice("2026-11-10", 4)],
  by: { outcome: [slice("no", 14), slice("yes", 5), slice("hard", 4)] }, over: [{ value: "page", presses: [1, 2, 3, 4], words: [0, 0, 0, 0] }],
};

test("days are put together without a gap and without losing one", () => {
  const weeks = spans(picture, "week");
  assert.deepEqual(weeks.map(({ from, to, presses }) => [from, to, presses]), [
    ["2026-10-15", "2026-10-18", 3], ["2026-10-19", "2026-10-25", 5], ["2026-10-26", "2026-11-01", 7], ["2026-11-02", "2026-11-08", 0], ["2026-11-09", "2026-11-10", 4],
  ]);
  assert.deepEqual(weeks.map(({ over }) => over[0]), [1, 2, 3, 0, 4]);
  assert.equal(spans(picture, "day").length, 27);
  assert.deepEqual(spans(picture, "month").map(({ to, presses }) => [to, presses]), [["2026-10-31", 15], ["2026-11-10", 4]]);
  assert.deepEqual([unitOf("2026-11-01", "2026-11-30"), unitOf("2026-01-01", "2026-11-30"), unitOf("2024-01-01", "2026-11-30")], ["day", "week", "month"]);
});

test("what goes out on paper is in steps of five, and four look like nobody", () => {
  const paper = outside(picture);
  assert.deepEqual([paper.presses, paper.words], [15, 0]);
  assert.deepEqual(paper.by.outcome.map(({ presses }) => presses), [10, 5, 0]);
});
