import assert from "node:assert/strict";
import { test } from "node:test";

import { stayAwake } from "../../dashboard/awake.js";

test("somebody who is there is told of every five minutes, and a screen that nobody touches never", async () => {
  const target = new EventTarget();
  let time = 0;
  let told = 0;
  stayAwake(target, async () => void told++, () => time);
  target.dispatchEvent(new Event("keydown"));
  assert.equal(told, 0);
  time = 5 * 60_000;
  target.dispatchEvent(new Event("pointerdown"));
  target.dispatchEvent(new Event("wheel"));
  assert.equal(told, 1);
  time *= 3;
  assert.equal(told, 1);
  target.dispatchEvent(new Event("keydown"));
  assert.equal(told, 2);
});

test("what could not be told is told with the next touch", async () => {
  const target = new EventTarget();
  let time = 600_000;
  let asked = 0;
  stayAwake(target, () => Promise.reject(new Error(String(asked++))), () => time);
  time = 1_200_000;
  target.dispatchEvent(new Event("keydown"));
  await new Promise((resolve) => setTimeout(resolve));
  target.dispatchEvent(new Event("keydown"));
  assert.equal(asked, 2);
});
