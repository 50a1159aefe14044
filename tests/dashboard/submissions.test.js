import assert from "node:assert/strict";
import { test } from "node:test";

import { admits } from "../../dashboard/filter.js";
import { SubmissionList } from "../../dashboard/submissions.js";
import { random } from "./held.js";
import { changed, erased, ids, received, submission } from "./voices.js";

function listOf(items, { filter = {}, more = false, limit = 500 } = {}) {
  const list = new SubmissionList((one) => admits(filter, one), limit);
  list.fill(items.map((item) => (typeof item === "number" ? submission(item) : item)), more);
  return list;
}

test("what arrives waits, and moves nothing until it is let in", () => {
  const list = listOf([2, 1]);
  const { arrived } = list.apply([received(3), received(4)]);
  assert.deepEqual(ids(arrived), [4, 3]);
  assert.deepEqual([ids(list.rows), list.waiting], [[2, 1], 2]);
  assert.deepEqual(ids(list.letIn()), [4, 3]);
  assert.deepEqual([ids(list.rows), list.waiting], [[4, 3, 2, 1], 0]);
});

test("a bare press does not come among the words, and comes when it gets some", () => {
  const list = listOf([1]);
  assert.equal(list.apply([received(2, { text: null })]).arrived.length, 0);
  assert.deepEqual(ids(list.apply([changed("corrected", 2, { text: "Nu wel." })]).arrived), [2]);
});

test("a correction changes its row where it stands", () => {
  const list = listOf([submission(2, { alike: 4 }), 1]);
  const { changed: rows } = list.apply([changed("corrected", 2, { text: "Beter gezegd." })]);
  assert.deepEqual(ids(rows), [2]);
  assert.deepEqual([list.rows[0].text, list.rows[0].alike], ["Beter gezegd.", 4]);
});

test("what is erased leaves at once, also while it waits", () => {
  const list = listOf([2, 1]);
  list.apply([received(3)]);
  assert.deepEqual(list.apply([erased(3), erased(2)]).gone, [3, 2]);
  assert.deepEqual([ids(list.rows), list.waiting], [[1], 0]);
});

test("an older state never takes the place of a newer one", () => {
  const list = listOf([submission(1, { revision: 5, text: "Nieuw." })]);
  list.apply([changed("corrected", 1, { text: "Oud." }, 3)]);
  assert.equal(list.rows[0].text, "Nieuw.");
});

test("what somebody reads stays under her eyes, also in a view of what nobody has read", () => {
  const list = listOf([2, 1], { filter: { status: "new" } });
  list.apply([changed("read", 2, { status: "read" })]);
  assert.deepEqual(ids(list.rows), [2, 1]);
  assert.equal(list.rows[0].status, "read");
});

test("what lies on a page that is not loaded yet is no newcomer", () => {
  const list = listOf([10, 9], { more: true });
  assert.equal(list.apply([changed("read", 4, { status: "read" })]).arrived.length, 0);
});

test("nothing is lost or revived between asking for the first page and getting it", () => {
  const list = new SubmissionList((one) => admits({}, one));
  list.apply([received(5), changed("corrected", 3, { text: "Verbeterd." }), erased(2)]);
  list.fill([submission(4), submission(3), submission(2), submission(1)], false);
  assert.deepEqual([ids(list.rows), list.waiting], [[4, 3, 1], 1]);
  assert.equal(list.rows[1].text, "Verbeterd.");
  assert.deepEqual(ids(list.letIn()), [5]);
});

test("what the first page holds already does not wait as well", () => {
  const list = new SubmissionList((one) => admits({}, one));
  list.apply([received(2)]);
  list.fill([submission(2), submission(1)], false);
  assert.equal(list.waiting, 0);
});

test("an older voice that is read while the first page is on its way is no newcomer", () => {
  const list = new SubmissionList((one) => admits({}, one));
  list.apply([changed("read", 1, { status: "read" })]);
  list.fill([submission(5), submission(4)], true);
  assert.equal(list.waiting, 0);
});

test("there are never more rows than the limit, and the newest are kept when they are let in", () => {
  const list = listOf([3, 2, 1], { limit: 5 });
  list.apply([4, 5, 6, 7].map((id) => received(id)));
  list.letIn();
  assert.deepEqual(ids(list.rows), [7, 6, 5, 4, 3]);
  assert.equal(list.more, true);
});

test("a flood keeps its number, and only the newest of it in memory", () => {
  const list = listOf([1], { limit: 10 });
  for (let id = 2; id <= 1_001; id += 1) list.apply([received(id)]);
  assert.equal(list.waiting, 1_000);
  list.apply([changed("corrected", 3, { text: "Van lang geleden." })]);
  assert.equal(list.waiting, 1_000);
  list.letIn();
  assert.deepEqual(ids(list.rows), [1001, 1000, 999, 998, 997, 996, 995, 994, 993, 992]);
});

test("after a flood no old voice stands between the newest, also when many of these were erased", () => {
  const list = listOf([1], { limit: 10 });
  for (let id = 2; id <= 1_001; id += 1) list.apply([received(id)]);
  for (let id = 985; id <= 1_001; id += 1) list.apply([erased(id)]);
  list.apply([changed("corrected", 3, { text: "Van lang geleden." })]);
  list.letIn();
  assert.ok(list.rows.every(({ id }) => id > 900));
});

test("older pages push the newest out of the page, and say so", () => {
  const list = listOf([9, 8, 7], { more: true, limit: 5 });
  list.append([6, 5, 4].map((id) => submission(id)), true);
  assert.deepEqual([ids(list.rows), list.trimmed], [[8, 7, 6, 5, 4], true]);
});

test("whatever happens, letting in shows what the collector has", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const chance = random(seed);
    const stored = new Map();
    const list = listOf([]);
    for (let step = 1; step <= 80; step += 1) {
      const known = [...stored.keys()];
      const id = known[Math.floor(chance() * known.length)];
      const what = chance();
      if (what < 0.5 || id === undefined) {
        stored.set(step, submission(step, { text: chance() < 0.3 ? null : `${step}` }));
        list.apply([{ ...received(step), submission: stored.get(step) }]);
      } else if (what < 0.7) {
        stored.set(id, { ...stored.get(id), text: chance() < 0.2 ? null : `${id} ${step}`, revision: stored.get(id).revision + 1 });
        list.apply([{ ...changed("corrected", id), submission: stored.get(id) }]);
      } else if (what < 0.8) {
        stored.delete(id);
        list.apply([erased(id)]);
      } else if (what < 0.9) list.letIn();
      else list.apply([{ ...changed("read", id), submission: stored.get(id) }]);
    }
    list.letIn();
    const expected = [...stored.values()].filter(({ text }) => text).sort((one, other) => other.id - one.id);
    assert.deepEqual(list.rows.map(({ id, text }) => [id, text]), expected.map(({ id, text }) => [id, text]), `seed ${seed}`);
  }
});

test("what a team does with a voice leaves it where it stands", () => {
  const list = new SubmissionList((one) => admits({ theme: "none", status: "new" }, one));
  list.fill([submission(2), submission(1)], false);
  for (const kind of ["read", "status", "sorted", "message", "felt"]) {
    list.apply([changed(kind, 1, { status: "with", themes: [3] })]);
    assert.deepEqual(ids(list.rows), [2, 1], kind);
  }
  assert.deepEqual(list.rows[1].themes, [3]);
  list.apply([changed("corrected", 1, { themes: [3] }, 3)]);
  assert.deepEqual(ids(list.rows), [2]);
});
