import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { FOLLOWS, follows, REASONS, standing, stands } from "../../dashboard/status.js";

const rules = readFileSync(new URL("../../collector/status.py", import.meta.url), "utf8");

test("the dashboard offers the steps that the collector takes, and the reasons that it knows", () => {
  const table = /FOLLOWS: .*? = \{(.*?)\n\}/s.exec(rules)?.[1] ?? "";
  const theirs = Object.fromEntries([...table.matchAll(/"(\w+)": \(([^)]*)\)/g)].map(([, before, after]) => [before, [...after.matchAll(/"(\w+)"/g)].map((found) => found[1])]));
  assert.deepEqual(FOLLOWS, theirs);
  const reasons = /Aside = Literal\[(.*?)\]/.exec(rules)?.[1] ?? "";
  assert.deepEqual(REASONS, [...reasons.matchAll(/"(\w+)"/g)].map((found) => found[1]));
});

test("what was set can be set back", () => {
  for (const [before, after] of Object.entries(FOLLOWS)) {
    for (const status of after) assert.ok(follows(status, before), `${before} ${status}`);
  }
  assert.deepEqual(standing({ status: "aside", contact_point: "harbour", aside: "twice" }), { status: "aside", contact_point: "harbour", aside: "twice" });
  assert.deepEqual(standing({ status: "read", contact_point: null, aside: null }), { status: "read", contact_point: null });
});

test("a voice stands as wanted when its status is, and what goes with it; what is left out stays", () => {
  const voice = { status: "with", contact_point: "harbour", aside: null };
  assert.ok(stands(voice, { status: "with" }));
  assert.ok(stands(voice, { status: "with", contact_point: "harbour" }));
  assert.ok(!stands(voice, { status: "with", contact_point: null }));
  assert.ok(!stands({ ...voice, status: "aside", aside: "twice" }, { status: "aside", aside: "test" }));
});
