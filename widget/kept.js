// What somebody asked to keep on this device while the network was away: sent now, with its own key, and then taken away.

import { KEPT, dress, el, sheet, words } from "./tijdens.js";
import { deliver, delivered, keep } from "./send.js";

/** @import * as T from "./types.d.ts" */

const SHEET = sheet(`
blockquote{margin:0 0 6px;border-inline-start:1px solid;padding-inline-start:12px;white-space:pre-line;overflow-wrap:anywhere}
.code{font:600 1.125em/1.3 ui-monospace,Consolas,monospace;overflow-wrap:anywhere}`);

/** @type {Set<string>} */
const going = new Set();

/** All that was kept for this placement, each said below `note`. @type {T.Resume} */
export async function resume(talk, note) {
  const t = await words(talk, "kept/"), after = await words(talk, "after/");
  dress(talk, SHEET);
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(KEPT) || going.has(name)) continue;
    const { collector, placement, receipt, post, changes } = JSON.parse(localStorage.getItem(name) ?? "{}");
    if (collector !== talk.collector || placement !== talk.placement.key) continue;
    going.add(name);
    const mine = { ...talk, key: name.slice(KEPT.length), receipt, said: {}, kept: true, left: { post, changes } };
    bring(mine, note, t, after).finally(() => going.delete(name));
  }
}

/** Sends one, says that it has arrived, or lets it go. @param {T.Talk} mine @param {HTMLElement} note @param {T.Words} t @param {T.Words} after */
async function bring(mine, note, t, after) {
  const { post, changes } = mine.left ?? {};
  const status = el("p", { role: "status" }), box = el("section", { tabIndex: -1 }, status);
  if (changes?.text) box.append(el("blockquote", { dir: "auto" }, changes.text));
  const discard = el("button", { type: "button", className: "link", onclick() {
    mine.over = true;
    delivered(mine);
    box.replaceChildren(status);
    status.textContent = t.discarded;
    box.focus();
  } }, t.discard);
  box.append(discard);
  note.after(box);
  status.textContent = t.waiting;
  try {
    if (post) {
      const answer = await deliver(mine, "POST", post, () => {});
      if (mine.over) return;
      mine.receipt = answer.receipt;
      mine.left = changes && { changes };
      keep(mine, true);
    }
    if (changes) await deliver(mine, "PATCH", changes, () => {});
    if (mine.over) return;
    delivered(mine);
    discard.remove();
    status.textContent = t.arrived;
    box.append(el("p", {}, `${after.receipt.code} `, el("span", { className: "code" }, mine.receipt)), el("a", { href: `${mine.placement.receipt_url}#${mine.receipt}` }, after.receipt.see));
  } catch (error) {
    // refused for good: the words stand there to be copied until they are let go
    status.textContent = [t.refused, /** @type {any} */ (error).problem?.detail].join(" ");
  }
}
