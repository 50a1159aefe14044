/**
 * The live side: one websocket that always knows where it was. Knows no DOM.
 *
 * It resumes after the last cursor, so that after a lost connection nothing is missing, and drops what it has seen, so
 * that nothing comes twice. The collector says something at least every two and a half seconds; silence is told.
 *
 * @import { Change, Person } from "./types.js"
 *
 * @typedef {"connecting" | "live" | "delayed" | "lost" | "signed_out" | "forbidden"} State
 *
 * @typedef {object} Clock  Time, so that a test can hold it.
 * @property {() => number} now milliseconds that only grow
 * @property {(run: () => void, ms: number) => unknown} later
 * @property {(handle: any) => void} cancel
 *
 * @typedef {object} Options
 * @property {string} url of the socket, with the filters in its query
 * @property {new (url: string) => WebSocket} Socket
 * @property {(changes: Change[]) => void} onChanges each change once, in the order of the log
 * @property {(people: Person[]) => void} [onHere] who is here now; asked for by the first `say`
 * @property {() => void} onResync the log is another one: lists must be loaded again
 * @property {(state: State) => void} onState
 * @property {() => Promise<"again" | "signed_out" | "forbidden">} refused asked when no connection came about, because
 *   a browser does not tell why
 * @property {Clock} [clock]
 * @property {() => number} [random] from 0 up to 1
 */

export const DELAYED_MS = 3_000;
export const DEAD_MS = 8_000;
const SHORTEST_MS = 500;
const LONGEST_MS = 30_000;
const SAY_MS = 1_200;
const STEADY_MS = 5_000; // live this long, the next loss starts with short waits again
const ENDS = /** @type {Record<number, State>} */ ({ 4401: "signed_out", 4403: "forbidden" });

/** @type {Clock} */
const REAL = {
  now: () => performance.now(),
  later: (run, ms) => setTimeout(run, ms),
  cancel: (handle) => clearTimeout(handle),
};

/**
 * How long to wait before try number `attempt` (from 0): full jitter, half a second to thirty.
 * @param {number} attempt
 * @param {number} chance from 0 up to 1
 */
export function waitBefore(attempt, chance) {
  const ceiling = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(attempt + 1, 10));
  return SHORTEST_MS + chance * (ceiling - SHORTEST_MS);
}

export class Feed {
  #options;
  #clock;
  #random;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {number | null} */
  #cursor = null;
  /** @type {string | null} */
  #epoch = null;
  /** @type {State} */
  #state = "connecting";
  #attempt = 0;
  #heardAt = 0;
  #liveAt = 0;
  #stopped = true;
  /** @type {number | null | undefined} what is open here, as it was said last; undefined: nothing was said yet */
  #reading = undefined;
  #saidAt = -Infinity;
  /** @type {unknown} */
  #saying = null;
  /** @type {unknown} */
  #watch = null;
  /** @type {unknown} */
  #retry = null;

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    this.#clock = options.clock ?? REAL;
    this.#random = options.random ?? Math.random;
  }

  /** The last place in the log that was seen; null before the first hello. */
  get cursor() {
    return this.#cursor;
  }

  get state() {
    return this.#state;
  }

  start() {
    this.#stopped = false;
    this.#connect();
  }

  stop() {
    this.#stopped = true;
    this.#clock.cancel(this.#retry);
    this.#retry = null;
    this.#drop();
  }

  /**
   * That somebody is here, and which voice is open. Said again after each reconnect; at most once a second.
   * @param {number | null} reading
   */
  say(reading) {
    if (reading === this.#reading) return;
    this.#reading = reading;
    this.#sayNow();
  }

  #sayNow() {
    if (this.#reading === undefined || !this.#socket || !this.#liveAt || this.#saying) return;
    const wait = this.#saidAt + SAY_MS - this.#clock.now();
    if (wait > 0) {
      this.#saying = this.#clock.later(() => {
        this.#saying = null;
        this.#sayNow();
      }, wait);
      return;
    }
    this.#saidAt = this.#clock.now();
    this.#socket.send(JSON.stringify({ reading: this.#reading }));
  }

  /** Does not wait any longer: the network is back, or a person asks. */
  hurry() {
    if (this.#stopped || this.#socket || this.#state === "signed_out" || this.#state === "forbidden") return;
    this.#clock.cancel(this.#retry);
    this.#retry = null;
    this.#attempt = 0;
    this.#connect();
  }

  #connect() {
    const { url, Socket } = this.#options;
    const from = this.#cursor === null ? "" : `${url.includes("?") ? "&" : "?"}after=${this.#cursor}`;
    const socket = new Socket(url + from);
    this.#socket = socket;
    this.#retry = null;
    this.#liveAt = 0;
    this.#heard();
    socket.onmessage = (event) => this.#socket === socket && this.#read(String(event.data));
    socket.onclose = (event) => this.#socket === socket && this.#closed(event.code);
  }

  /** @param {string} data */
  #read(data) {
    this.#heard();
    const frame = JSON.parse(data);
    if (frame.type === "hello") this.#greet(frame);
    else if (frame.type === "changes") this.#take(frame);
    else if (frame.type === "resync") this.#resync(frame);
    else if (frame.type === "here") this.#options.onHere?.(frame.people);
    if (this.#liveAt) this.#tell("live");
  }

  /** @param {{cursor: number, epoch: string}} frame */
  #greet(frame) {
    this.#liveAt = this.#clock.now();
    if (this.#epoch !== null && frame.epoch !== this.#epoch) this.#resync(frame);
    this.#epoch = frame.epoch;
    this.#cursor ??= frame.cursor;
    this.#sayNow();
  }

  /** @param {{cursor: number, epoch?: string}} frame */
  #resync(frame) {
    this.#cursor = frame.cursor ?? null;
    this.#epoch = frame.epoch ?? null;
    this.#options.onResync();
  }

  /** @param {{cursor: number, items: Change[]}} frame */
  #take(frame) {
    const seen = this.#cursor ?? 0;
    const fresh = frame.items.filter((item) => item.cursor > seen);
    this.#cursor = Math.max(seen, frame.cursor);
    if (fresh.length) this.#options.onChanges(fresh);
  }

  #heard() {
    this.#heardAt = this.#clock.now();
    this.#clock.cancel(this.#watch);
    this.#watch = this.#clock.later(() => this.#silent(), DELAYED_MS);
  }

  #silent() {
    const silence = this.#clock.now() - this.#heardAt;
    if (silence >= DEAD_MS) {
      this.#drop();
      this.#wait();
      return;
    }
    this.#watch = this.#clock.later(() => this.#silent(), DEAD_MS - silence);
    if (this.#liveAt) this.#tell("delayed");
  }

  /** @param {number} code */
  #closed(code) {
    const answered = this.#liveAt > 0;
    this.#drop();
    const end = ENDS[code];
    if (end) this.#end(end);
    else if (answered) this.#wait();
    else void this.#ask();
  }

  async #ask() {
    this.#tell("lost");
    const verdict = await this.#options.refused();
    if (this.#stopped || this.#socket || this.#retry) return;
    if (verdict === "again") this.#wait();
    else this.#end(verdict);
  }

  /** @param {State} state */
  #end(state) {
    this.#stopped = true;
    this.#tell(state);
  }

  #wait() {
    this.#tell("lost");
    const ms = waitBefore(this.#attempt, this.#random());
    this.#attempt += 1;
    this.#retry = this.#clock.later(() => this.#connect(), ms);
  }

  #drop() {
    this.#clock.cancel(this.#watch);
    this.#clock.cancel(this.#saying);
    this.#saying = null;
    const socket = this.#socket;
    if (!socket) return;
    if (this.#liveAt && this.#clock.now() - this.#liveAt >= STEADY_MS) this.#attempt = 0;
    this.#socket = null;
    socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** @param {State} state */
  #tell(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
