import assert from "node:assert/strict";
import { test } from "node:test";

import { following, NextUp } from "../../dashboard/reading/next.js";

const todo = (id, why = "grave") => ({ submission: { id }, why, since: 0, due: null, late: false });

test("the key goes on from the one that is open, and begins again after the last", () => {
  const items = [todo(5), todo(9), todo(7)];
  assert.equal(following(items, null)?.submission.id, 5);
  assert.equal(following(items, 5)?.submission.id, 9);
  assert.equal(following(items, 7)?.submission.id, 5);
  assert.equal(following(items, 1)?.submission.id, 5, "what was done is no longer in the list");
  assert.equal(following([todo(5)], 5), null, "nothing but the one that is open");
  assert.equal(following([], null), null);
});

test("when there is nothing to do it says so and goes nowhere", async () => {
  const said = [];
  const words = { get: (key) => key };
  await new NextUp({ ask: async () => ({ items: [] }) }, words, (text) => said.push(text), assert.fail).go(3);
  assert.deepEqual(said, ["todo.nothing"]);
});
