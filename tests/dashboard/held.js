/**
 * A collector, its sockets and time, held in the hand of a test.
 */

/** Time that passes only when it is told to. */
export class HeldClock {
  #now = 0;
  #next = 1;
  #timers = new Map();

  now = () => this.#now;

  later = (run, ms) => {
    const handle = this.#next++;
    this.#timers.set(handle, { at: this.#now + Math.max(0, ms), run });
    return handle;
  };

  cancel = (handle) => void this.#timers.delete(handle);

  pass(ms) {
    const end = this.#now + ms;
    while (this.#step(end));
    this.#now = end;
  }

  /** The same, and promises are kept in between. */
  async passing(ms) {
    const end = this.#now + ms;
    do for (let turns = 6; turns > 0; turns -= 1) await null;
    while (this.#step(end));
    this.#now = end;
  }

  #step(end) {
    const [handle, timer] = [...this.#timers].sort(([a, one], [b, other]) => one.at - other.at || a - b)[0] ?? [];
    if (!timer || timer.at > end) return false;
    this.#timers.delete(handle);
    this.#now = timer.at;
    timer.run();
    return true;
  }
}

/** The log of a collector. */
export class Log {
  cursors = [];
  epoch = 1;
  watchers = new Set();

  get last() {
    return this.cursors.at(-1) ?? 0;
  }

  write(number) {
    for (let left = number; left > 0; left -= 1) this.cursors.push(this.last + 1);
    for (const watcher of this.watchers) watcher();
  }

  /** A backup is put back: another epoch, and perhaps fewer changes. */
  restore(number) {
    this.epoch += 1;
    this.cursors = this.cursors.slice(0, number);
  }
}

/** A WebSocket class whose other end is `log`; `opened` holds the addresses, the other members disturb it. */
export function socketsOf(log, clock) {
  let current = null;
  let refusals = 0;

  return class Socket {
    static opened = [];

    static cut(code) {
      current?.end(code);
    }

    static mute() {
      if (current) current.muted = true;
    }

    static refuse(number) {
      refusals = number;
    }

    static say(frame) {
      current?.deliver(frame);
    }

    onmessage = null;
    onclose = null;
    muted = false;
    ended = false;

    constructor(url) {
      Socket.opened.push(url);
      current = this;
      const after = new URL(url).searchParams.get("after");
      this.cursor = after === null ? null : Number(after);
      const refused = refusals > 0 && refusals--;
      clock.later(() => (refused ? this.end(1006) : this.open()), 1);
    }

    open() {
      if (this.ended) return;
      if (this.cursor === null) this.cursor = log.last;
      if (this.cursor > log.last) {
        this.deliver({ type: "resync", cursor: log.last, epoch: `epoch ${log.epoch}` });
        this.cursor = log.last;
      }
      this.deliver({ type: "hello", cursor: log.last, epoch: `epoch ${log.epoch}` });
      this.send();
      this.watch = () => clock.later(() => this.send(), 1);
      log.watchers.add(this.watch);
      this.beat();
    }

    beat() {
      if (this.ended) return;
      this.deliver({ type: "beat" });
      clock.later(() => this.beat(), 2_000);
    }

    send() {
      const fresh = log.cursors.filter((cursor) => cursor > this.cursor).slice(0, 7);
      if (!fresh.length || this.ended) return;
      this.cursor = fresh.at(-1);
      this.deliver({ type: "changes", cursor: this.cursor, items: fresh.map((cursor) => ({ cursor, change: "submission.received" })) });
      this.send();
    }

    deliver(frame) {
      if (!this.ended && !this.muted) this.onmessage?.({ data: JSON.stringify(frame) });
    }

    end(code) {
      if (this.ended) return;
      this.ended = true;
      log.watchers.delete(this.watch);
      this.onclose?.({ code });
    }

    close() {
      this.ended = true;
      log.watchers.delete(this.watch);
    }
  };
}

/** Numbers from 0 up to 1 that a seed repeats (mulberry32). */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
