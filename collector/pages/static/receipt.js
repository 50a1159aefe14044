// The receipt page with JavaScript: a code in the fragment opens by itself, and a step that is taken while one looks
// shows within seconds. Without JavaScript the page does the same by pressing.

const LOOK_MS = 3_000;
const open = /** @type {HTMLFormElement | null} */ (document.getElementById("open"));
const again = /** @type {HTMLFormElement | null} */ (document.getElementById("again"));
const receipt = document.getElementById("receipt");

/** A code that stands in the address opens by itself. What a link within the page leads to is no code. */
function opened() {
  if (!open || location.hash.length < 2 || document.querySelector(":target")) return;
  const field = /** @type {HTMLInputElement} */ (open.elements.namedItem("code"));
  field.value = decodeURIComponent(location.hash.slice(1)).slice(0, 60);
  // the code leaves the address bar before anything else is asked for
  history.replaceState(null, "", location.pathname + location.search);
  open.requestSubmit();
}
opened();
// who stands here already when she follows such an address gets no new page
addEventListener("hashchange", opened);

/** @returns {boolean} whether the reader is in the middle of something */
function busy() {
  const written = [...document.querySelectorAll("textarea, input[type=email]")].some((field) =>
    /** @type {HTMLInputElement} */ (field).value !== /** @type {HTMLInputElement} */ (field).defaultValue);
  const typing = document.activeElement?.matches("textarea, input, button") ?? false;
  return written || typing || Boolean(document.querySelector("details[open]")) || document.visibilityState !== "visible";
}

async function look() {
  if (again && receipt && !busy()) {
    const code = /** @type {HTMLInputElement} */ (again.elements.namedItem("code")).value;
    try {
      const response = await fetch("/api/receipt", { headers: { authorization: `Receipt ${code}` } });
      const stored = response.ok ? await response.json() : null;
      const asks = stored?.asks.map((/** @type {{ask: {id: number, is_open: boolean, heard_at: number | null}}} */ { ask }) =>
        `-${ask.id}${Number(ask.is_open)}${ask.heard_at ?? 0}`).join("");
      const state = stored && `${stored.history.length}-${stored.answered_at ?? 0}-${stored.next.what}${asks}`;
      if (state && state !== receipt.dataset.state) {
        again.submit();
        return;
      }
    } catch {
      // the network is away; the next look tries again
    }
  }
  setTimeout(look, LOOK_MS);
}

if (again) setTimeout(look, LOOK_MS);
