import assert from "node:assert/strict";
import { test } from "node:test";
import { asksCost, asksWay, label } from "../../widget/questions.js";

test("another way is not asked after an answer that says all is well", () => {
  for (const said of [{ outcome: "yes" }, { effect: "helps" }, { effect: "none" }]) assert.equal(asksWay(said), false);
  for (const said of [{ outcome: "no" }, { outcome: "hard" }, { effect: "harder" }, { effect: "unknown" }, { reason: "rule" }]) assert.equal(asksWay(said), true);
});

test("the cost is asked after with help, no, or with difficulty, and never after yes", () => {
  assert.equal(asksCost({ outcome: "no" }), false);
  assert.equal(asksCost({ outcome: "no", another_way: "yes" }), false);
  assert.equal(asksCost({ outcome: "no", another_way: "help" }), true);
  assert.equal(asksCost({ reason: "rule", another_way: "no" }), true);
  assert.equal(asksCost({ outcome: "hard" }), true);
  assert.equal(asksCost({ outcome: "yes", another_way: "no" }), false);
});

test("the words above the text follow the answer", () => {
  assert.equal(label({ outcome: "yes" }), "better");
  assert.equal(label({ outcome: "no" }), "happened");
  assert.equal(label({ effect: "harder" }), "know");
});
