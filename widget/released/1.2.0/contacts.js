import { dress, el, sheet } from "./tijdens.js";
import { call } from "./send.js";
const SHEET = sheet(`
.contacts{flex:1 0 100%}.number{white-space:nowrap}.contacts p{margin:0}.small{font-size:.875em}
dl{margin:0 0 4px}dl div{margin-block-end:4px}dt{font-size:.8125em}dd{margin:0;white-space:pre-line;overflow-wrap:anywhere}
h3{font-size:1em;margin:12px 0 4px}h4{font-size:1em;margin:8px 0 0}
`);
const asked = {};
function doors({ collector, placement, lang, about }) {
const address = `${collector}/api/placements/${placement.key}/doors?${new URLSearchParams({ language: lang, ...(about && { decision: about.decision }) })}`;
asked[address] ??= fetch(address).then((response) => (response.ok ? response.json() : Promise.reject(response)));
asked[address].catch(() => delete asked[address]);
return asked[address];
}
export async function contacts(talk, after) {
const open = talk.root.querySelector(".doors");
if (open) {
open.remove();
return;
}
const box = el("div", { className: "contacts doors", tabIndex: -1 });
dress(talk, SHEET);
try {
const found = await doors(talk);
box.append(el("h3", {}, found.title), ...found.doors.map(shown), el("p", {}, el("a", { href: found.all.href }, found.all.label)),
...(found.own[0] ? [el("h3", {}, found.own_title), ...found.own.map(shown)] : []),
...(talk.root.querySelector(".contacts") ? [] : numbered(found)));
} catch {
box.append(...call(talk));
}
if (!talk.root.querySelector(".doors")) after.after(box);
box.focus();
}
export async function help(talk) {
dress(talk, SHEET);
const found = await doors(talk).catch(() => null);
return el("div", { className: "contacts", role: "status" }, ...(found ? numbered(found) : []));
}
const numbered = ({ help, help_title, help_what }) => (help[0] ? [el("h3", {}, help_title), el("p", { className: "small" }, help_what),
el("dl", {}, ...help.map(({ number, name, what, web }) => el("div", {}, el("dd", {}, el("a", { href: `tel:${number.replace(/\s/g, "")}`, className: "number" }, number), ` ${name}`),
el("dt", {}, what, ...(web ? [" ", el("a", { href: web, rel: "noreferrer" }, web.replace(/^https:\/\/(www\.)?/, ""))] : [])))))] : []);
const shown = ({ name, said, ways }) => el("div", {}, el("h4", {}, name), ...said.map((line) => el("p", { className: "small" }, line)),
el("dl", {}, ...ways.map(({ label, text, href }) => el("div", {}, el("dt", {}, label), el("dd", {}, href ? el("a", { href, rel: "noreferrer", className: href.startsWith("tel:") ? "number" : "" }, text) : text)))));
