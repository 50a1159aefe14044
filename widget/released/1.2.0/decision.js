import { ask, dress, el, newKey, sheet, translate, words } from "./tijdens.js";
import { pick } from "./which.js";
const SHEET = sheet(`
h3,h4{font-size:1em;margin:12px 0 4px}h4{font-weight:400;font-style:italic}ul{margin:0;padding-inline-start:1.2em}
.about{padding-block-end:12px;max-width:66ch;white-space:pre-line;overflow-wrap:anywhere}
`);
export async function unfold(talk, box, key, say) {
const address = `${talk.collector}/api/decisions/${key}`;
const look = async ( cache) => {
const response = await fetch(`${address}/outline?language=${talk.lang}`, { cache });
if (!response.ok) throw response;
return response.json();
};
let outline = await look("default");
dress(talk, SHEET);
const news = el("p", { role: "status", className: "notice" }), state = el("div"), about = el("div", { className: "about" }), text = el("div", { className: "about" });
const talks = [];
const draw = ( mine) => ask(mine, { ...talk.placement.texts[talk.lang], ...outline.words.effect }, "effect");
const speak = (section) => {
const { version, late } = outline;
const mine = { ...talk, key: newKey(), said: {}, root: el("div"), about: { decision: key, ...(version && { version }), ...(section && { section }) }, late };
talks.push(mine);
draw(mine);
return mine.root;
};
const show = async () => {
const { words: t, owner, answers, late } = outline;
const said = ( texts) => el("span", pick(texts));
for (const mine of talks) mine.late = late;
say(outline);
state.replaceChildren(el("p", { className: "notice" }, outline.closed), ...(outline.stance ? [el("p", {}, el("b", {}, outline.stance), " ", said(outline.stance_note))] : []),
el("p", pick(outline.ending)), el("p", pick(outline.question)));
about.replaceChildren(el("h3", {}, t.open), said(outline.open),
...(outline.fixed[0] ? [el("h3", {}, t.fixed), el("ul", {}, ...outline.fixed.map(({ text, because }) => el("li", {}, said(text), ...(pick(because).lang ? [`\n${t.because} `, said(because)] : []))))] : []),
el("h3", {}, t.who), `${owner}\n${answers}`.trim(), el("br"), el("a", { href: `${outline.url}?lang=${talk.lang}` }, t.all));
if (talks.length < 2) text.replaceChildren(...(outline.text ? await (await import("./text.js")).sections(`${address}/versions/${outline.version}?language=${talk.lang}`, t, speak) : []));
};
box.replaceChildren(news, state, speak(), about, text);
await show();
listen(`${address}/acts`, box, async (act) => {
const before = outline.changed_at;
outline = await look("reload").catch(() => outline);
await show();
if (!act && outline.changed_at === before) return;
const t = await words(talk, "act/").catch(() => null), said = t?.act[act ?? "changed"];
if (said) news.textContent = `${t.news} ${said}`;
});
return {
shared: false,
async translate() {
const { placement, lang } = talk;
outline = await look("default").catch(() => outline);
for (const mine of talks) {
Object.assign(mine, { placement, lang });
translate(mine, () => draw(mine));
}
news.textContent = "";
show();
},
};
}
function listen(address, box, told) {
let source;
let seen = false, missed = false;
const turn = () => {
if (seen && !document.hidden) {
if (source) return;
source = new EventSource(address);
source.onopen = () => missed && told();
source.addEventListener("act", (event) => told(JSON.parse(event.data).act));
source.onerror = () => (missed = true);
} else if (source) {
source.close();
source = undefined;
missed = true;
}
};
new IntersectionObserver((entries) => {
seen = entries[entries.length - 1].isIntersecting;
turn();
}).observe(box);
document.addEventListener("visibilitychange", turn);
}
