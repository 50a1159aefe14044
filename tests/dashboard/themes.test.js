import assert from "node:assert/strict";
import { test } from "node:test";

import { endOf } from "../../dashboard/notice/until.js";
import { standing } from "../../dashboard/notice/notices.js";
import { folded } from "../../dashboard/themes/fold.js";
import { isLate, Themes, todayIn } from "../../dashboard/themes/themes.js";
import { changed, received } from "./voices.js";

const TODAY = "2026-11-25";
const theme = (id, said = {}) => ({ id, decision: null, name: { nl: `Thema ${id}` }, expected: null, voices: id, grave: 0, unread: 0, response: null, draft: null, due: null, revision: 1, ...said });
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Themes over a collector that has these, and what was asked of it. */
async function known(...themes) {
  const asked = [];
  const api = {
    ask: async (method, path, body) => {
      asked.push([method, path, body]);
      return path === "/api/work" ? { decisions: [{ key: "heating", title: { nl: "Verwarming" } }] } : method === "GET" ? { items: themes } : theme(1, { voices: 7 });
    },
  };
  let told = 0;
  const all = new Themes(api, () => (told += 1), assert.fail);
  await all.load();
  return { all, asked, told: () => told };
}

test("late ones stand first, then what has no answer, then by voices", async () => {
  const { all } = await known(theme(1), theme(2, { response: {} }), theme(3, { due: "2026-11-24" }), theme(4, { decision: "heating" }), theme(5));
  assert.deepEqual(all.of(null, TODAY).map(({ id }) => id), [3, 5, 1, 2]);
  assert.deepEqual(all.of("heating", TODAY).map(({ id }) => id), [4]);
});

test("late is after the day, not on it", () => {
  assert.equal(isLate({ due: "2026-11-24" }, TODAY), true);
  assert.equal(isLate({ due: TODAY }, TODAY), false);
  assert.equal(isLate({ due: null }, TODAY), false);
});

test("the latest of the late is told first", async () => {
  const { all } = await known(theme(1, { due: "2026-11-20" }), theme(2, { due: "2026-10-01", decision: "heating" }), theme(3, { due: "2026-12-01" }));
  assert.deepEqual(all.overdue(TODAY).map(({ id }) => id), [2, 1]);
});

test("a voice is offered the themes of its own decision first, then those of none", async () => {
  const { all } = await known(theme(1, { decision: "other" }), theme(2), theme(3, { decision: "heating" }), theme(4, { decision: "heating" }));
  assert.deepEqual(all.offered("heating").map(({ id }) => id), [4, 3, 2, 1]);
  assert.deepEqual(all.offered(null).map(({ id }) => id), [2, 4, 3, 1]);
});

test("what is sorted is known at once, and what others do is asked for when it is quiet", async (context) => {
  const { all, asked, told } = await known(theme(1));
  await all.sort(1, { add: [8] });
  assert.equal(all.one(1).voices, 7);
  assert.equal(told(), 2);
  context.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const before = asked.length;
  all.apply([received(1)]);
  context.mock.timers.tick(60_000);
  assert.equal(asked.length, before, "a voice that belongs to nothing moves no theme");
  all.apply([changed("sorted", 1, { themes: [1] })]);
  all.apply([{ cursor: 2, change: "response.published", at: 0, by: null, id: 1, submission: null }]);
  context.mock.timers.tick(799);
  assert.equal(asked.length, before);
  context.mock.timers.tick(1);
  assert.equal(asked.length, before + 2);
});

test("what is not there is nothing, and a decision has its line", async () => {
  const { all } = await known(theme(1));
  assert.deepEqual([all.one(9), all.decision("nothing"), all.decision("heating")?.key, all.loaded], [null, null, "heating", true]);
});

test("the day is that of the agency", async () => {
  const late = Date.UTC(2026, 10, 25, 23, 30);
  assert.equal(todayIn("Europe/Brussels", late), "2026-11-26");
  assert.equal(todayIn("America/New_York", late), "2026-11-25");
  await settled();
});

test("names are found without accents and capitals", () => {
  assert.equal(folded("Élégance É"), "elegance e");
  assert.ok(folded("Mobilité réduite").includes(folded("REDUITE")));
});

test("a notice ends in an hour, in four, tomorrow at eight, or when it is taken away", () => {
  const now = new Date(2026, 10, 25, 22, 40).getTime();
  assert.equal(endOf("hour", now) - now, 3_600_000);
  assert.equal(endOf("hours", now) - now, 4 * 3_600_000);
  assert.equal(endOf("tomorrow", now), new Date(2026, 10, 26, 8, 0).getTime());
  assert.equal(endOf("open", now), null);
});

test("a notice stands until its end and not a moment longer", () => {
  assert.equal(standing({ notice: { text: { nl: "x" }, until: 5 } }, 5), null);
  assert.equal(standing({ notice: { text: { nl: "x" }, until: 5 } }, 4).until, 5);
  assert.equal(standing({ notice: { text: { nl: "x" }, until: null } }, 5).until, null);
  assert.equal(standing({ notice: null }, 5), null);
});
