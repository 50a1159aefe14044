// Whom one can reach: opened in place by "Talk to someone", closed by the same press.

import { el } from "./tijdens.js";
import { words } from "./more.js";

/** @typedef {import("./tijdens.js").Talk} Talk */

const WAYS = ["phone", "counter", "post", "chat", "video"];
const SILENT = ["chat", "video", "counter", "post", "phone"];

/**
 * @param {Talk} talk
 * @param {HTMLElement} after what was pressed
 */
export async function contacts(talk, after) {
  const open = talk.root.querySelector(".contacts");
  if (open) {
    open.remove();
    return;
  }
  const t = (await words(talk)).contact;
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
