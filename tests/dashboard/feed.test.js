import assert from "node:assert/strict";
import { test } from "node:test";

import { DEAD_MS, DELAYED_MS, Feed, waitBefore } from "../../dashboard/feed.js";
import { HeldClock, Log, random, socketsOf } from "./held.js";

/** A feed over a log whose collector we are. */
function room(log, options = {}) {
  const clock = options.clock ?? new HeldClock();
  const Socket = socketsOf(log, clock);
  const seen = [];
  const states = [];
  let resyncs = 0;
  const feed = new Feed({
    url: "ws://collector/api/live",
    Socket,
    clock,
    random: options.random ?? (() => 0),
    onChanges: (changes) => seen.push(...changes.map((change) => change.cursor)),
    onResync: () => (resyncs += 1),
    onState: (state) => states.push(state),
    refused: options.refused ?? (async () => "again"),
  });
  return { feed, clock, Socket, seen, states, resyncs: () => resyncs };
}

test("a hello makes it live, and what comes is handed on once and in order", () => {
  const log = new Log();
  const { feed, clock, seen, states } = room(log);
  feed.start();
  clock.pass(10);
  log.write(3);
  clock.pass(10);
  assert.deepEqual(states, ["live"]);
  assert.deepEqual(seen, [1, 2, 3]);
  assert.equal(feed.cursor, 3);
});

test("it asks for nothing that was before its first hello", () => {
  const log = new Log();
  log.write(5);
  const { feed, clock, Socket, seen } = room(log);
  feed.start();
  clock.pass(10);
  assert.equal(Socket.opened[0], "ws://collector/api/live");
  log.write(1);
  clock.pass(10);
  assert.deepEqual(seen, [6]);
});

test("after a loss it asks for what came since, and says it was lost", () => {
  const log = new Log();
  const { feed, clock, Socket, seen, states } = room(log);
  feed.start();
  clock.pass(10);
  log.write(2);
  clock.pass(10);
  Socket.cut(1012);
  log.write(3);
  clock.pass(600);
  assert.equal(Socket.opened.at(-1), "ws://collector/api/live?after=2");
  assert.deepEqual(seen, [1, 2, 3, 4, 5]);
  assert.deepEqual(states, ["live", "lost", "live"]);
});

test("what a frame repeats is dropped", () => {
  const log = new Log();
  const { feed, clock, Socket, seen } = room(log);
  feed.start();
  clock.pass(10);
  log.write(2);
  clock.pass(10);
  Socket.say({ type: "changes", cursor: 3, items: [1, 2, 3].map((cursor) => ({ cursor, change: "submission.read" })) });
  assert.deepEqual(seen, [1, 2, 3]);
});

test("silence is shown within three seconds, and ended within eight", () => {
  const log = new Log();
  const { feed, clock, Socket, states } = room(log);
  feed.start();
  clock.pass(10);
  Socket.mute();
  clock.pass(DELAYED_MS - 20);
  assert.deepEqual(states, ["live"]);
  clock.pass(40);
  assert.deepEqual(states, ["live", "delayed"]);
  clock.pass(DEAD_MS - DELAYED_MS);
  assert.deepEqual(states, ["live", "delayed", "lost"]);
  clock.pass(600);
  assert.equal(states.at(-1), "live");
});

test("a beat is enough to stay live", () => {
  const log = new Log();
  const { feed, clock, states } = room(log);
  feed.start();
  clock.pass(60_000);
  assert.deepEqual(states, ["live"]);
});

test("4401 and 4403 end it, and it never comes back by itself", () => {
  for (const [code, state] of [[4401, "signed_out"], [4403, "forbidden"]]) {
    const { feed, clock, Socket, states } = room(new Log());
    feed.start();
    clock.pass(10);
    Socket.cut(code);
    clock.pass(120_000);
    feed.hurry();
    assert.equal(states.at(-1), state);
    assert.equal(Socket.opened.length, 1);
  }
});

test("a refused connection asks why, because the browser does not tell", async () => {
  const log = new Log();
  const { feed, clock, Socket, states } = room(log, { refused: async () => "signed_out" });
  Socket.refuse(1);
  feed.start();
  clock.pass(10);
  await new Promise((resolve) => setImmediate(resolve));
  clock.pass(60_000);
  assert.deepEqual(states, ["lost", "signed_out"]);
  assert.equal(Socket.opened.length, 1);
});

test("who hurries while the reason is asked for gets one connection, not two", async () => {
  let answer;
  const asked = new Promise((resolve) => (answer = resolve));
  const { feed, clock, Socket } = room(new Log(), { refused: () => asked });
  Socket.refuse(2);
  feed.start();
  clock.pass(10);
  feed.hurry();
  clock.pass(10);
  answer("again");
  await clock.passing(700);
  assert.equal(Socket.opened.length, 3);
  assert.equal(feed.state, "live");
});

test("a resync starts from a fresh list", () => {
  const log = new Log();
  const { feed, clock, Socket, seen, resyncs } = room(log);
  feed.start();
  clock.pass(10);
  log.write(9);
  clock.pass(10);
  log.restore(4);
  Socket.cut(1012);
  clock.pass(600);
  assert.equal(resyncs(), 1);
  assert.equal(feed.cursor, 4);
  log.write(1);
  clock.pass(10);
  assert.equal(seen.at(-1), 5);
});

test("another epoch is another log, also when the cursor would fit", () => {
  const log = new Log();
  const { feed, clock, Socket, resyncs } = room(log);
  feed.start();
  clock.pass(10);
  log.write(2);
  clock.pass(10);
  log.restore(2);
  log.write(3);
  Socket.cut(1006);
  clock.pass(600);
  assert.equal(resyncs(), 1);
});

test("waits grow to thirty seconds, never under half a second, and differ from one another", () => {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    assert.equal(waitBefore(attempt, 0), 500);
    assert.ok(waitBefore(attempt, 0.999) <= 30_000);
  }
  assert.ok(waitBefore(0, 0.999) <= 1_000);
  assert.ok(waitBefore(9, 0.5) > 15_000);
});

test("a collector that closes at once is not hammered", () => {
  const log = new Log();
  const { feed, clock, Socket } = room(log, { random: () => 0.99 });
  feed.start();
  for (let left = 600; left > 0; left -= 1) {
    clock.pass(100);
    Socket.cut(1013);
  }
  assert.ok(Socket.opened.length < 12, `${Socket.opened.length} connections in a minute`);
});

test("hurry connects at once, and a stopped feed does nothing more", () => {
  const log = new Log();
  const { feed, clock, Socket } = room(log, { random: () => 0.99 });
  feed.start();
  clock.pass(10);
  Socket.cut(1006);
  assert.equal(Socket.opened.length, 1);
  feed.hurry();
  assert.equal(Socket.opened.length, 2);
  feed.stop();
  clock.pass(60_000);
  feed.hurry();
  assert.equal(Socket.opened.length, 2);
});

test("whatever is dropped, cut, muted or refused: at the end it has seen the log, once and in order", async () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const chance = random(seed);
    const log = new Log();
    const { feed, clock, Socket, seen } = room(log, { random: chance });
    feed.start();
    await clock.passing(5);
    for (let step = 0; step < 60; step += 1) {
      const what = chance();
      if (what < 0.5) log.write(1 + Math.floor(chance() * 20));
      else if (what < 0.65) Socket.cut(what < 0.6 ? 1006 : 1013);
      else if (what < 0.72) Socket.mute();
      else if (what < 0.8) Socket.refuse(1 + Math.floor(chance() * 2));
      else if (what < 0.85) feed.hurry();
      await clock.passing(chance() * 3_000);
    }
    await clock.passing(120_000);
    assert.deepEqual(seen, log.cursors, `seed ${seed}`);
  }
});
