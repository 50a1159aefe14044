// The last screen, only after words: thanks, the code as something worth keeping, and two boxes nobody has ticked.

import { el } from "./tijdens.js";
import { deliver, failure } from "./send.js";
import { show } from "./more.js";
import { calendar } from "./calendar.js";

/** @typedef {import("./tijdens.js").Talk} Talk */

/**
 * @param {Talk} talk
 * @param {any} texts
 * @param {any} document_ the receipt document
 */
export function thank(talk, texts, document_) {
  const t = texts.receipt;
  const { placement, receipt } = talk;
  talk.said.document = document_;
  const address = `${placement.receipt_url}#${receipt}`;
  const status = el("p", { role: "status", className: "hint" });
  const say = (/** @type {string} */ text) => (status.textContent = text);

  const copy = button(t.copy, async () => {
    await navigator.clipboard.writeText(receipt);
    say(t.copied);
  });
  const share = button(t.share, async () => {
    if (navigator.share) await navigator.share({ text: `${t.code}: ${receipt}`, url: address });
    else location.href = `mailto:?subject=${encodeURIComponent(t.code)}&body=${encodeURIComponent(`${receipt}\n${address}`)}`;
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
  if (document_.masked?.length) screen.append(...masked(talk, texts));
  screen.append(el("h3", {}, t.code), el("p", { className: "code" }, receipt), el("p", { className: "hint" }, `${t.code_hint} ${t.not_linked}`),
    el("div", { className: "bar" }, copy, button(t.print, () => print()), share, remember, el("div", { className: "row" }, el("label", {}, withCode, t.calendar_code))),
    status, el("p", {}, el("a", { href: address }, t.see)), permissions(talk, texts, say, document_), undo(talk, texts, say));
  show(talk, screen);
}

/**
 * What was masked, and for a phone or an e-mail that nobody calls back from here.
 * @param {Talk} talk
 * @param {any} texts
 */
function masked(talk, texts) {
  /** @type {string[]} */
  const kinds = talk.said.document.masked;
  const line = el("p", { className: "notice" }, texts.receipt.masked.replace("{what}", kinds.map((kind) => texts.kinds[kind]).join(", ")));
  if (kinds.includes("phone") || kinds.includes("email")) {
    line.append(" ", texts.receipt.no_call);
    const phone = talk.placement.contact_points.find((point) => point.phone);
    if (phone) line.append(" ", el("a", { href: `tel:${phone.phone?.replace(/\s/g, "")}` }, `${phone.name}, ${phone.phone}`));
  }
  return [line];
}

/**
 * Two boxes, unticked; each tick is saved.
 * @param {Talk} talk
 * @param {any} texts
 * @param {(text: string) => void} say
 * @param {any} document_
 */
function permissions(talk, texts, say, document_) {
  const chosen = { quote: false, invite: false, ...document_.permissions };
  const box = el("div");
  for (const name of /** @type {const} */ (["quote", "invite"])) {
    const input = el("input", { type: "checkbox", checked: chosen[name] });
    input.onchange = async () => {
      chosen[name] = input.checked;
      talk.said.document.permissions = { ...chosen };
      await deliver(talk, "PATCH", { permissions: chosen }, (problem) => problem && say(problem.detail ?? texts.failed.away));
      say(texts.more.kept);
    };
    box.append(el("div", { className: "row" }, el("label", {}, input, texts.receipt[name])));
  }
  return box;
}

/**
 * @param {Talk} talk
 * @param {any} texts
 * @param {(text: string) => void} say
 */
function undo(talk, texts, say) {
  return el("div", { className: "bar" }, button(texts.more.undo, async () => {
    await deliver(talk, "DELETE", null, (problem) => problem && say(String(failure(talk, texts, problem)[0])));
    talk.said = { sent: true };
    show(talk, el("p", { role: "status", className: "q" }, texts.more.undone));
  }));
}

/**
 * A quiet button that never throws: a share sheet that is closed is no error.
 * @param {string} label
 * @param {() => unknown} work
 */
function button(label, work) {
  return el("button", { type: "button", className: "soft", onclick: () => Promise.resolve().then(work).catch(() => {}) }, label);
}
