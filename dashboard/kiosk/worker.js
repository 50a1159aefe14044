/**
 * Lets a kiosk open again while the network is gone: keeps its page and the files of it as they were when it last opened with
 * the network. Nothing of anybody is in it: what people say is in the queue. It sees the kiosk's address alone.
 */

const worker = /** @type {any} */ (globalThis); // the types of the browser know windows only
const NAME = `tijdens-kiosk ${worker.registration.scope}`;
const PATIENCE_MS = 5_000; // a network that takes longer is gone as well

/** Keeps all of these or, when one does not come, what was kept before. @param {string[]} addresses */
async function keep(addresses) {
  const own = addresses.map((address) => new URL(address, location.href)).filter(({ origin }) => origin === location.origin);
  const cache = await caches.open(NAME);
  await cache.addAll(own.map((address) => new Request(address, { cache: "no-cache" })));
  const wanted = new Set(own.map(String));
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
}

/** As it is now; what was kept, when there is no answer or only a broken one. @param {Request} request */
async function fresh(request) {
  const kept = async () => (await caches.open(NAME)).match(request, { ignoreVary: true });
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return response.status < 500 ? response : ((await kept()) ?? response);
  } catch (error) {
    const response = await kept();
    if (!response) throw error;
    return response;
  }
}

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" || new URL(request.url).pathname.startsWith("/assets/")) event.respondWith(fresh(request));
});
worker.addEventListener("message", (/** @type {any} */ event) => {
  const [answer] = event.ports;
  event.waitUntil(keep(event.data).then(() => answer.postMessage("kept"), () => answer.postMessage("not kept")));
});
