// Whom one can reach: opened in place by "Talk to someone", closed by the same press.

import { dress, el, sheet, words } from "./tijdens.js";

/** @import * as T from "./types.d.ts" */

const WAYS = ["phone", "counter", "post", "chat", "video"];
const SILENT = ["chat", "video", "counter", "post", "phone"];
const SHEET = sheet(".contacts{flex:1 0 100%}.number{white-space:nowrap}dl{margin:0}dl div{margin-block-end:4px}dt{font-size:.8125em}dd{margin:0}h3{font-size:1em;margin:12px 0 4px}");

/** @type {T.Contacts} */
export async function contacts(talk, after) {
  const open = talk.root.querySelector(".contacts");
  if (open) {
    open.remove();
    return;
  }
  const t = (await words(talk, "after/")).contact;
  dress(talk, SHEET);
  const list = el("div");
  const fill = (/** @type {string[]} */ ways) => list.replaceChildren(...talk.placement.contact_points.map((point) => desk(point, ways, t)));
  const silent = el("input", { type: "checkbox" });
  silent.onchange = () => fill(silent.checked ? SILENT : WAYS);
  fill(WAYS);
  const box = el("div", { className: "contacts", tabIndex: -1 }, el("h3", {}, t.title),
    el("div", { className: "row" }, el("label", {}, silent, t.silent)), list);
  after.after(box);
  box.focus();
}

/**
 * @param {any} point
 * @param {string[]} ways
 * @param {any} t
 */
function desk(point, ways, t) {
  const rows = ways.filter((way) => point[way]).map((way) => {
    const value = String(point[way]);
    const href = way === "phone" ? `tel:${value.replace(/\s/g, "")}` : /^https?:/.test(value) ? value : "";
    return el("div", {}, el("dt", {}, t[way]), el("dd", {}, href ? el("a", { href, className: "number" }, value) : value));
  });
  if (point.hours) rows.push(el("div", {}, el("dt", {}, t.hours), el("dd", {}, point.hours)));
  return el("div", {}, el("h3", {}, point.name), el("dl", {}, ...rows));
}
