import assert from "node:assert/strict";
import { test } from "node:test";

import { meetingAddress, meetingLink, meetingQuestion } from "../../dashboard/meeting/address.js";
import { Voices } from "../../dashboard/meeting/voices.js";
import { submission } from "./voices.js";

const shown = (id, more = {}) => ({ ...submission(id), permissions: { quote: true, invite: false }, ...more });

/** A collector that has so many. */
function voices(number) {
  const asked = [];
  const all = Array.from({ length: number }, (_, place) => shown(place + 1));
  const ask = async (place) => {
    asked.push(place);
    const at = Number(place ?? 0);
    return { items: all.slice(at, at + 1).map((one) => ({ submission: one })), next: at + 1 < number ? String(at + 1) : null, number };
  };
  return { asked, voices: new Voices(ask) };
}

test("each is asked for when it is its turn, and never twice", async () => {
  const { asked, voices: of } = voices(3);
  const seen = [];
  while (await of.forward()) seen.push(of.now?.submission.id ?? "end");
  assert.deepEqual(seen, [1, 2, 3, "end"]);
  assert.deepEqual([of.ended, of.number, await of.forward()], [true, 3, false]);
  const back = [];
  while (of.back()) back.push(of.now.submission.id);
  assert.deepEqual(back, [3, 2, 1]);
  assert.equal(of.first, true);
  assert.equal(await of.forward(), true);
  assert.deepEqual([of.now.submission.id, of.place, asked], [2, 2, [null, "1", "2"]]);
});

test("a press while one is asked for is not a second step", async () => {
  const { voices: of } = voices(3);
  const [one, other] = await Promise.all([of.forward(), of.forward()]);
  assert.deepEqual([one, other, of.now.submission.id], [true, false, 1]);
});

test("where nobody allowed it, the end comes at once", async () => {
  const { voices: of } = voices(0);
  assert.equal(await of.forward(), true);
  assert.deepEqual([of.now, of.ended, of.back()], [null, true, false]);
});

test("what its author takes back is gone at once, and nobody comes back to it", async () => {
  const { voices: of } = voices(3);
  for (let step = 0; step < 3; step += 1) await of.forward();
  const change = (id, more) => [{ cursor: 9, change: "submission.corrected", id, submission: shown(id, more) }];
  assert.equal(of.apply(change(2, { permissions: { quote: false, invite: false } })), false, "not on the screen");
  assert.equal(of.apply(change(3, { text: "Anders gezegd." })), true);
  assert.equal(of.now.submission.text, "Anders gezegd.");
  of.back();
  assert.equal(of.now.submission.id, 1);
  assert.equal(of.apply([{ cursor: 10, change: "submission.erased", id: 1, submission: null }]), true);
  assert.equal(of.now.gone, true);
  await of.forward();
  assert.equal(of.now.submission.id, 3);
  assert.deepEqual([of.first, of.back()], [true, false]);
});

test("the address says what is shown, and what has no order of reading is left out", () => {
  const showing = { filter: { decision: "square", from: "2026-11-01", to: "2026-11-24" }, unread: true };
  assert.deepEqual(meetingAddress(meetingLink(showing)), showing);
  assert.deepEqual(meetingAddress("#meeting?q=trein&status=new&words=all&day=2026-11-01"), { filter: {}, unread: false });
  assert.equal(meetingAddress("#meetings"), null);
  assert.equal(String(meetingQuestion(showing, { place: "0.1.0.1", limit: 1 })), "decision=square&from=2026-11-01&to=2026-11-24&unread=1&place=0.1.0.1&limit=1");
});
