import assert from "node:assert/strict";
import { test } from "node:test";

import { Facets } from "../../dashboard/facets.js";
import { erased, received } from "./voices.js";

function counting() {
  const asked = [];
  const api = {
    counts: async (query) => {
      asked.push(JSON.stringify(query));
      return { presses: asked.length, words: 0, by: {}, words_by: {}, days: [] };
    },
  };
  return { asked, api };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("without a scope one question answers all", async () => {
  const { asked, api } = counting();
  const facets = new Facets(api, () => {}, assert.fail);
  facets.scope({});
  await settled();
  assert.deepEqual(asked, ["{}"]);
  assert.equal(facets.all, facets.without("placement"));
});

test("with a scope its own values are counted without it", async () => {
  const { asked, api } = counting();
  const facets = new Facets(api, () => {}, assert.fail);
  facets.scope({ placement: "page", outcome: "no" });
  await settled();
  assert.deepEqual(asked.sort(), ['{"placement":"page"}', "{}"]);
  assert.notEqual(facets.all, facets.without("placement"));
  assert.equal(facets.all, facets.without("language"));
});

test("within a decision and a theme everything is counted within them", async () => {
  const { asked, api } = counting();
  const facets = new Facets(api, () => {}, assert.fail);
  facets.scope({ decision: "heating", theme: "7", language: "nl" });
  await settled();
  assert.deepEqual(asked.sort(), ['{"decision":"heating","theme":"7","language":"nl"}', '{"decision":"heating","theme":"7"}']);
});

test("arrivals are added without asking, an erasure is asked for when it is quiet", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { asked, api } = counting();
  const facets = new Facets(api, () => {}, assert.fail);
  facets.scope({});
  await settled();
  facets.apply([received(1)]);
  context.mock.timers.tick(60_000);
  assert.equal(asked.length, 1);
  facets.apply([erased(1)]);
  context.mock.timers.tick(1_199);
  assert.equal(asked.length, 1);
  context.mock.timers.tick(1);
  assert.equal(asked.length, 2);
});

test("when it never gets quiet they are asked all the same, and not often", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { asked, api } = counting();
  const facets = new Facets(api, () => {}, assert.fail);
  facets.scope({});
  await settled();
  for (let second = 0; second < 60; second += 1) {
    facets.apply([erased(second)]);
    context.mock.timers.tick(1_000);
    await settled();
  }
  assert.ok(asked.length >= 4 && asked.length <= 6, `${asked.length} times in a minute`);
});
