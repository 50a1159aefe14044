import { dress, el, sheet } from "./tijdens.js";
import { chosen, pick } from "./which.js";
const SHEET = sheet(`
h2:has(.line){margin:0;font-size:1em}
.line{display:block;width:100%;border:0;border-top:1px solid var(--h);border-radius:0;padding:10px 24px 10px 0;position:relative;font-weight:400;font-size:.875em}
.line b{display:block;font-size:1.2em;line-height:1.3}
.line::after{content:"";position:absolute;inset-inline-end:4px;inset-block-start:18px;width:8px;height:8px;border:solid;border-width:0 2px 2px 0;rotate:45deg}
.line[aria-expanded=true]::after{rotate:225deg}
`);
export function folding(button, make) {
let box;
const turn = (open = false) => button.setAttribute("aria-expanded", `${open}`);
turn();
button.onclick = () => {
if (box) box.hidden = !box.hidden;
else button.parentElement?.after((box = make()));
turn(!box?.hidden);
};
return button;
}
export function lines(talk, ordinary) {
const found = chosen(talk.placement, location.pathname);
if (!found.length) return null;
dress(talk, SHEET);
const spoken = [];
const one = ( line) => {
const title = el("b"), state = el("span"), button = el("button", { type: "button", className: "line" }, title, state);
const say = ( now) => {
Object.assign(title, pick(now.title));
state.textContent = now.said;
};
say(line);
spoken.push(() => say(talk.placement.decisions.find(({ key }) => key === line.key) ?? line));
folding(button, () => {
const box = el("div");
const unfold = async () => {
try {
spoken.push((await (await import("./decision.js")).unfold(talk, box, line.key, say)).translate);
} catch {
box.replaceChildren(el("p", { role: "status" }, talk.placement.texts[talk.lang].away), el("a", { href: line.url }, line.url));
setTimeout(unfold, 3000);
}
};
unfold();
return box;
});
button.addEventListener("click", () => (ordinary.hidden = !!all.querySelector(".line[aria-expanded=true]")));
return el("div", {}, el("h2", {}, button));
};
const all = el("div", {}, one(found[0]));
if (found.length > 1) {
const others = el("button", { type: "button", className: "link" });
const say = () => (others.textContent = talk.placement.texts[talk.lang].others.replace("{number}", `${found.length - 1}`));
say();
spoken.push(say);
all.append(el("p", {}, folding(others, () => el("div", {}, ...found.slice(1).map(one)))));
}
ordinary.before(all);
return {
shared: talk.placement.question !== "effect" && !talk.placement.named,
translate: () => spoken.forEach((speak) => speak()),
};
}
