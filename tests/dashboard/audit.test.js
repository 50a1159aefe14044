import assert from "node:assert/strict";
import { test } from "node:test";

import { runs, voices } from "../../dashboard/audit/runs.js";

const entry = (id, who, act, more = {}) => ({ id, at: id, who, act, subject_id: null, detail: null, number: null, decision: null, ...more });

test("three and more on end of the same person and act are one, two are not", () => {
  const found = runs([entry(7, "Ann", "words.listed"), entry(6, "Ann", "words.listed"), entry(5, "Ann", "words.listed"), entry(4, "Ann", "agency.changed"), entry(3, "Ann", "agency.changed"), entry(2, "Bo", "agency.changed"), entry(1, "Ann", "words.listed")]);
  assert.deepEqual(found.map((run) => run.map(({ id }) => id)), [[7, 6, 5], [4], [3], [2], [1]]);
});

test("nothing is lost and the order stays", () => {
  const all = Array.from({ length: 20 }, (_, at) => entry(at, at % 7 < 4 ? "Ann" : "Bo", at % 5 ? "words.opened" : "signed.in"));
  assert.deepEqual(runs(all).flat(), all);
});

test("acts on two decisions are two", () => {
  const one = (id, decision) => entry(id, "Ann", "decision.changed", { decision });
  assert.equal(runs([one(4, "a"), one(3, "a"), one(2, "b"), one(1, "b")]).length, 4);
});

test("how many voices were read in all of them is said where it is known", () => {
  assert.equal(voices([entry(2, "Ann", "words.listed", { number: 3 }), entry(1, "Ann", "words.listed", { number: 4 })]), 7);
  assert.equal(voices([entry(2, "Ann", "signed.in"), entry(1, "Ann", "signed.in")]), null);
});
