import assert from "node:assert/strict";
import { test } from "node:test";

import { admits, bounds, exportQuestion, isGrave, linkTo, narrowed, parseView, question } from "../../dashboard/filter.js";
import { submission } from "./voices.js";

test("a view survives the way into an address and back", () => {
  const filter = { placement: "heating", language: "nl", outcome: "no", q: "deur & raam#1", words: "all" };
  assert.deepEqual(parseView(linkTo(filter, { open: 3_676_548_765_432_832, figures: true })), {
    filter, open: 3_676_548_765_432_832, figures: true,
  });
});

test("what is no view is everything", () => {
  for (const odd of ["", "#", "#content", "#open=x&day=tomorrow&since=-1&nonsense=1"]) {
    assert.deepEqual(parseView(odd), { filter: {}, open: null, figures: false });
  }
});

test("a criterion takes the place of the one before, and a scope is added", () => {
  const filter = { placement: "heating", outcome: "no" };
  assert.deepEqual(narrowed(filter, "status", "new"), { placement: "heating", status: "new" });
  assert.deepEqual(narrowed(filter, "language", "fr"), { placement: "heating", language: "fr" });
  assert.deepEqual(narrowed(filter, "placement", null), {});
});

test("words are what is shown, unless presses are asked for as well", () => {
  const press = submission(1, { text: null });
  assert.equal(admits({}, press), false);
  assert.equal(admits({ words: "all" }, press), true);
  assert.deepEqual(question({}), { words: "1" });
  assert.deepEqual(question({ words: "all", outcome: "no" }), { outcome: "no" });
});

test("each choice lets in what has it and nothing else", () => {
  const one = submission(1, { rating: 3, impact: ["time"], another_way: "help" });
  for (const [name, value, other] of [
    ["placement", "page", "other"], ["language", "nl", "fr"], ["channel", "web", "paper"], ["outcome", "no", "yes"],
    ["status", "new", "read"], ["rating", "3", "4"],
  ]) {
    assert.equal(admits({ [name]: value }, one), true, name);
    assert.equal(admits({ [name]: other }, one), false, name);
  }
});

test("what is erased is in no view", () => {
  assert.equal(admits({ words: "all" }, submission(1, { erased_at: 5 })), false);
});

test("grave is health, a right, or no other way", () => {
  for (const weight of [0, 1, 2]) assert.equal(isGrave({ weight }), true);
  for (const weight of [3, 4, 5, 6]) assert.equal(isGrave({ weight }), false);
});

test("days from and to hold what came from the first midnight until the last, and narrow with everything else", () => {
  const filter = { from: "2026-11-01", to: "2026-11-24", placement: "page" };
  assert.deepEqual(parseView(linkTo(filter)).filter, filter);
  const { after, before } = bounds(filter);
  assert.deepEqual([after, before], [bounds({ day: "2026-11-01" }).after, bounds({ day: "2026-11-24" }).before]);
  assert.deepEqual(question(narrowed(filter, "outcome", "no")), { placement: "page", outcome: "no", words: "1", after: String(after), before: String(before) });
  assert.equal(bounds({ from: "2026-11-01", since: String(after + 7) }).after, after + 7);
  assert.equal(bounds({ from: "2026-11-01", day: "2026-11-03" }).after, bounds({ day: "2026-11-03" }).after);
  assert.deepEqual(parseView("#from=soon&to=2026-1-1&weight=7").filter, {});
});

test("a severity holds those with words alone", () => {
  assert.equal(admits({ weight: "1" }, submission(1, { weight: 1 })), true);
  assert.equal(admits({ weight: "1" }, submission(1, { weight: 2 })), false);
  assert.equal(admits({ weight: "1", words: "all" }, submission(1, { weight: 1, text: null })), false);
});

test("a day holds what came between its midnights", () => {
  const start = new Date(2026, 10, 24).getTime();
  const { after, before } = bounds({ day: "2026-11-24" });
  assert.ok(start * 2048 > after && (start - 1) * 2048 <= after);
  assert.equal(before, new Date(2026, 10, 25).getTime() * 2048);
  assert.equal(admits({ day: "2026-11-24" }, submission(start * 2048)), true);
  assert.equal(admits({ day: "2026-11-24" }, submission(start * 2048 - 1)), false);
});

test("since a visit is what has a later id", () => {
  assert.equal(admits({ since: "100" }, submission(101)), true);
  assert.equal(admits({ since: "100" }, submission(100)), false);
  assert.equal(question({ since: "100" }).after, "100");
});

test("a theme holds its voices, and none holds the words that are in no theme and not set aside", () => {
  const sorted = submission(1, { themes: [7, 12], decision: "heating" });
  assert.equal(admits({ theme: "7" }, sorted), true);
  assert.equal(admits({ theme: "1" }, sorted), false);
  assert.equal(admits({ theme: "none" }, sorted), false);
  assert.equal(admits({ theme: "none" }, submission(2)), true);
  assert.equal(admits({ theme: "none" }, submission(2, { status: "aside" })), false);
  assert.equal(admits({ theme: "none", words: "all" }, submission(2, { text: null })), false);
  assert.equal(admits({ decision: "heating" }, sorted), true);
  assert.equal(admits({ decision: "other" }, sorted), false);
  for (const odd of ["x", "-1", "7;drop", "none2"]) assert.equal(parseView(`#theme=${odd}`).filter.theme, undefined, odd);
});

test("another decision takes the theme with it", () => {
  assert.deepEqual(narrowed({ decision: "one", theme: "7", language: "nl" }, "decision", "two"), { decision: "two", language: "nl" });
  assert.deepEqual(narrowed({ decision: "one", theme: "7" }, "status", "new"), { decision: "one", theme: "7", status: "new" });
});

test("grave is asked of the collector, and a press without words is not among it", () => {
  assert.deepEqual(question({ grave: "1", status: "new" }), { status: "new", grave: "1", words: "1" });
  assert.equal(admits({ grave: "1", words: "all" }, submission(1, { text: null, severity: 2 })), false);
});

test("an export says the same as its view, whatever the view", () => {
  assert.equal(exportQuestion({ outcome: "no", language: "nl" }), "language=nl&outcome=no&words=1");
  assert.equal(exportQuestion({ decision: "heating", theme: "none", grave: "1" }), "decision=heating&theme=none&grave=1&words=1");
  assert.equal(exportQuestion({ since: "100", waiting: "1" }), "waiting=1&words=1&after=100");
  const { after, before } = bounds({ day: "2026-11-24" });
  assert.equal(exportQuestion({ day: "2026-11-24" }), `words=1&after=${after}&before=${before}`);
});
