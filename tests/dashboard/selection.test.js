import assert from "node:assert/strict";
import { test } from "node:test";

import { Selection } from "../../dashboard/themes/selection.js";

const order = [9, 7, 5, 3, 1];

function selection() {
  let told = 0;
  const chosen = new Selection(() => (told += 1));
  return { chosen, told: () => told };
}

test("a voice is chosen and let go", () => {
  const { chosen, told } = selection();
  chosen.toggle(5);
  assert.deepEqual([chosen.ids, chosen.has(5), chosen.size], [[5], true, 1]);
  chosen.toggle(5);
  assert.deepEqual([chosen.ids, told()], [[], 2]);
});

test("reaching takes all between, upwards and downwards, and keeps what was chosen", () => {
  const { chosen } = selection();
  chosen.toggle(1);
  chosen.toggle(7);
  chosen.reach(3, order);
  assert.deepEqual(chosen.ids.sort(), [1, 3, 5, 7]);
  chosen.reach(9, order);
  assert.deepEqual(chosen.ids.sort(), [1, 3, 5, 7, 9]);
});

test("reaching without a start, or from what is gone, chooses the one", () => {
  const { chosen } = selection();
  chosen.reach(3, order);
  assert.deepEqual(chosen.ids, [3]);
  chosen.reach(5, [5]);
  assert.deepEqual(chosen.ids, [3, 5]);
});

test("what leaves the stream is not chosen any more, and nobody is told twice", () => {
  const { chosen, told } = selection();
  chosen.toggle(5);
  chosen.toggle(3);
  chosen.keep((id) => id !== 5);
  chosen.keep(() => true);
  assert.deepEqual([chosen.ids, told()], [[3], 3]);
  chosen.clear();
  chosen.clear();
  assert.deepEqual([chosen.size, told()], [0, 4]);
});
