/**
 * What somebody said while the network is gone, kept on a device of the team until it has really arrived. The key of each
 * stays the same however often it is sent, so nothing is double; it is forgotten only when the collector has confirmed it, so
 * nothing vanishes; and a full queue says so before anybody writes. Knows no DOM.
 *
 * @typedef {"arrived" | "later" | "refused"} Fate
 * @typedef {{key: string} & Record<string, any>} Item
 */

export const LIMIT = 500;
const STORES = /** @type {const} */ (["waiting", "refused", "spare"]);
const PAUSES_MS = [2_000, 5_000, 15_000, 60_000];

/** The queue holds as many as it may. */
export class Full extends Error {}

export class Queue {
  #name;
  #send;
  #changed;
  #limit;
  #pause = 0;
  #timer = 0;
  #sending = false;
  /** @type {Promise<IDBDatabase> | null} */
  #database = null;
  /** How many wait, and how many the collector would not take. */
  waiting = 0;
  refused = 0;

  /**
   * @param {string} name of the database: one a purpose
   * @param {(item: Item) => Promise<Fate>} send
   * @param {() => void} changed the numbers moved
   * @param {number} [limit]
   */
  constructor(name, send, changed, limit = LIMIT) {
    this.#name = name;
    this.#send = send;
    this.#changed = changed;
    this.#limit = limit;
  }

  /** Counts what an earlier page left here, and sends it; what was refused is tried again, for its reason may be mended. */
  async open() {
    for (const item of await this.#do("refused", "readonly", (store) => store.getAll())) {
      await this.#do("waiting", "readwrite", (store) => store.put(item));
      await this.#do("refused", "readwrite", (store) => store.delete(item.key));
    }
    await this.#count();
    void this.flush();
  }

  get full() {
    return this.waiting + this.refused >= this.#limit;
  }

  /** Kept when it returns, whatever happens to the page then. @param {Item} item */
  async put(item) {
    if (this.full) throw new Full();
    await this.#do("waiting", "readwrite", (store) => store.put(item));
    await this.#count();
    void this.flush();
  }

  /** Sends what waits, the oldest first, until there is nothing more or the network is gone. */
  async flush() {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#timer);
    try {
      for (const item of await this.#do("waiting", "readonly", (store) => store.getAll())) {
        const fate = await this.#send(item).catch(() => /** @type {Fate} */ ("later"));
        if (fate === "later") return this.#again();
        if (fate === "refused") await this.#do("refused", "readwrite", (store) => store.put(item));
        await this.#do("waiting", "readwrite", (store) => store.delete(item.key));
        this.#pause = 0;
        await this.#count();
      }
    } finally {
      this.#sending = false;
    }
  }

  /** Receipts that were issued beforehand. @param {Item[]} items */
  async stock(items) {
    for (const item of items) await this.#do("spare", "readwrite", (store) => store.put(item));
  }

  /** One of them, which is forgotten here by that; null when there is none. @returns {Promise<Item | null>} */
  async take() {
    const [item = null] = await this.#do("spare", "readonly", (store) => store.getAll(null, 1));
    if (item) await this.#do("spare", "readwrite", (store) => store.delete(item.key));
    return item;
  }

  /** How many of them there are. @returns {Promise<number>} */
  spare() {
    return this.#do("spare", "readonly", (store) => store.count());
  }

  #again() {
    const pause = PAUSES_MS[Math.min(this.#pause, PAUSES_MS.length - 1)];
    this.#pause += 1;
    this.#timer = window.setTimeout(() => void this.flush(), pause);
  }

  async #count() {
    this.waiting = await this.#do("waiting", "readonly", (store) => store.count());
    this.refused = await this.#do("refused", "readonly", (store) => store.count());
    this.#changed();
  }

  /**
   * @template T
   * @param {typeof STORES[number]} name
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest<T>} ask
   * @returns {Promise<T>} once the transaction is on disk
   */
  async #do(name, mode, ask) {
    this.#database ??= opened(this.#name);
    const database = await this.#database;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode, { durability: "strict" });
      const request = ask(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }
}

/** Asks the browser not to throw away what is kept here when it needs room. */
export async function lasting() {
  await navigator.storage?.persist?.().catch(() => false); // then it is kept as long as there is room
}

/** @param {string} name @returns {Promise<IDBDatabase>} */
function opened(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => STORES.forEach((store) => request.result.createObjectStore(store, { keyPath: "key" }));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** What an answer of the collector means for what was sent. @param {Response} response @returns {Fate} */
export function fateOf(response) {
  if (response.ok) return "arrived";
  return response.status >= 500 || response.status === 429 || response.status === 408 || response.status === 401 ? "later" : "refused";
}
