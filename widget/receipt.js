// The last screen, only after words: thanks, the code as something worth keeping, and two boxes nobody has ticked.

import { dress, el, sheet, words } from "./tijdens.js";
import { call, deliver, failure } from "./send.js";
import { show, takeBack } from "./more.js";
import { calendar } from "./calendar.js";

/** @import * as T from "./types.d.ts" */

const SHEET = sheet(`
.code{font:600 clamp(1em,6cqi,1.5em)/1.3 ui-monospace,Consolas,monospace;margin-block:4px 8px;overflow-wrap:anywhere}
.keep{gap:8px 20px;margin-block:12px 4px}.soft{font-weight:400}h3{font-size:1em;margin:12px 0 4px}
blockquote{margin:0 0 12px;border-inline-start:1px solid;padding-inline-start:12px;font-size:1.125em;white-space:pre-line;overflow-wrap:anywhere}
`);

/** @type {T.Thank} */
export async function thank(talk, texts, document_) {
  const after = await words(talk, "after/"), t = after.receipt;
  const { placement, receipt } = talk;
  dress(talk, SHEET);
  talk.said.document = document_;
  const address = `${placement.receipt_url}#${receipt}`;
  const status = el("p", { role: "status", className: "hint" });
  const say = (/** @type {string} */ text) => (status.textContent = text);
  if (talk.about && talk.said.effect) talk.other ??= (await import("./voice.js")).voice(talk, after);

  const copy = button(t.copy, async () => {
    await navigator.clipboard.writeText(receipt);
    say(t.copied);
  });
  const share = button(t.share, async () => {
    if (navigator.share) await navigator.share({ text: `${t.code}: ${receipt}`, url: address });
    else location.href = `mailto:?subject=${encodeURIComponent(t.code)}&body=${encodeURIComponent(receipt + "\n" + address)}`;
  });
  const withCode = el("input", { type: "checkbox" });
  const remember = button(t.calendar, () => {
    const days = placement.read_days ?? 10;
    const file = calendar({ at: new Date(Date.now() + days * 86_400_000), title: t.calendar_title, address: placement.receipt_url, code: withCode.checked ? receipt : "" });
    const href = URL.createObjectURL(new Blob([file], { type: "text/calendar" }));
    el("a", { href, download: "tijdens.ics" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  });

  const screen = el("div", {}, el("h2", {}, t.thanks));
  if (placement.read_days) screen.append(el("p", {}, t.read_days.replace("{days}", String(placement.read_days))));
  if (document_.masked?.length) screen.append(masked(talk, after));
  screen.append(el("h3", {}, t.code), el("p", { className: "code" }, receipt), el("p", { className: "hint" }, `${t.code_hint} ${t.not_linked}`),
    el("div", { className: "bar keep" }, copy, button(t.print, () => print()), share, remember, el("div", { className: "row" }, el("label", {}, withCode, t.calendar_code))),
    status, el("p", {}, el("a", { href: address }, t.see)), permissions(talk, texts, t, say));
  const other = el("div");
  talk.other?.then((parts) => other.replaceChildren(...parts));
  screen.append(other);
  const undo = button(texts.more.undo, () => takeBack(talk, (problem) => problem && say(String(failure(talk, texts, problem)[0]))));
  screen.append(el("div", { className: "bar keep" }, undo));
  show(talk, screen);
}

/** What was masked, and for a phone or an e-mail that nobody calls back from here. @param {T.Talk} talk @param {T.Words} after */
function masked(talk, { kinds, receipt }) {
  /** @type {string[]} */
  const found = talk.said.document.masked;
  const line = el("p", { className: "notice" }, receipt.masked.replace("{what}", found.map((kind) => kinds[kind]).join(", ")));
  if (found.includes("phone") || found.includes("email")) line.append(" ", receipt.no_call, " ", ...call(talk));
  return line;
}

/**
 * Two boxes, unticked; each tick is saved.
 * @param {T.Talk} talk
 * @param {T.Words} texts
 * @param {T.Words} t
 * @param {(text: string) => void} say
 */
function permissions(talk, texts, t, say) {
  const { document } = talk.said;
  const chosen = { quote: false, invite: false, ...document.permissions };
  const box = el("div");
  for (const name of /** @type {const} */ (["quote", "invite"])) {
    const input = el("input", { type: "checkbox", checked: chosen[name] });
    input.onchange = async () => {
      chosen[name] = input.checked;
      document.permissions = { ...chosen };
      await deliver(talk, "PATCH", { permissions: chosen }, (problem) => problem && say(problem.detail ?? texts.failed.away));
      say(texts.more.kept);
    };
    box.append(el("div", { className: "row" }, el("label", {}, input, t[name])));
  }
  return box;
}

/**
 * A quiet button that never throws: a share sheet that is closed is no error.
 * @param {string} label
 * @param {() => unknown} work
 */
function button(label, work) {
  return el("button", { type: "button", className: "soft", onclick: () => Promise.resolve().then(work).catch(() => {}) }, label);
}
