import assert from "node:assert/strict";
import { test } from "node:test";

import { question } from "../../dashboard/filter.js";
import { filterOf } from "../../dashboard/saved/filter.js";

test("what is kept of a view leads back to it", () => {
  for (const filter of [{ status: "new" }, { words: "all", outcome: "no" }, { q: "de kade", placement: "page" }, { member: "3", words: "all" }, { theme: "none" }]) {
    assert.deepEqual(filterOf(question(filter)), filter);
  }
});
