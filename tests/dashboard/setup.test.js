import assert from "node:assert/strict";
import { test } from "node:test";

import { Problem } from "../../dashboard/api.js";
import { setupAddress } from "../../dashboard/setup/address.js";
import { changed, save } from "../../dashboard/setup/changing.js";

test("only what one changed is sent, with the revision that one saw", async () => {
  const sent = [];
  const { kept, left } = await save(async (body) => (sent.push(body), { name: "b", languages: ["nl"], revision: 5 }), { name: "a", languages: ["nl"], revision: 4 }, { name: "b", languages: ["nl"] });
  assert.deepEqual(sent, [{ name: "b", revision: 4 }]);
  assert.deepEqual([kept.revision, left], [5, null]);
});

test("what is as it was is not sent at all", async () => {
  const { kept } = await save(() => assert.fail("nothing to send"), { name: "a", revision: 4 }, { name: "a" });
  assert.equal(kept.revision, 4);
});

test("when somebody was quicker, hers stands and one's own waits", async () => {
  const current = { name: "a", question: "found", revision: 5 };
  const late = new Problem(412, "Changed meanwhile", "", "stale", { current });
  const { kept, left } = await save(() => Promise.reject(late), { name: "a", question: "outcome", revision: 4 }, { name: "mine", question: "outcome" });
  assert.deepEqual({ ...kept, ...left }, { name: "mine", question: "found", revision: 5 });
});

test("any other refusal comes out", async () => {
  await assert.rejects(save(() => Promise.reject(new Problem(422, "", "", "invalid")), { name: "a", revision: 1 }, { name: "" }), Problem);
});

test("the order of a list counts as a change", () => {
  assert.deepEqual(changed({ languages: ["nl", "fr"] }, { languages: ["fr", "nl"] }), { languages: ["fr", "nl"] });
});

test("an address is the whole set-up, one placement, a new one, or somewhere else", () => {
  assert.deepEqual(setupAddress("#setup"), { key: null });
  assert.deepEqual(setupAddress("#setup/tax-page"), { key: "tax-page" });
  assert.deepEqual(setupAddress("#setup/+"), { key: "+" });
  assert.deepEqual(setupAddress("#setup/No Key"), { key: null });
  assert.equal(setupAddress("#setups"), null);
});
