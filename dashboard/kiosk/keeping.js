/** Keeping the page itself on the device, so that it opens again while the network is gone (`worker.js` does it). */

const WORKER = new URL("worker.js", import.meta.url).href;

/**
 * Whether this page, with the files it has loaded, is kept now. False where the browser cannot, or one file did not come: then
 * what was kept before stays.
 * @param {string} scope what the worker may see: addresses that begin so
 * @returns {Promise<boolean>}
 */
export async function keepPage(scope) {
  try {
    // the page's policy lets this one address become a script, and nothing else
    const types = /** @type {any} */ (globalThis).trustedTypes;
    const address = types ? types.createPolicy("kiosk", { createScriptURL: () => WORKER }).createScriptURL("") : WORKER;
    await navigator.serviceWorker.register(address, { scope });
    const { active } = await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType("resource").map(({ name }) => name);
    const page = location.pathname + location.search;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
    active?.postMessage([page, ...files.filter((name) => new URL(name).pathname.startsWith("/assets/"))], [port2]);
    return (await answer) === "kept";
  } catch {
    return false;
  }
}
