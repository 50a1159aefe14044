import { KEPT, el } from "./tijdens.js";
const TRIES_SECONDS = [2, 4, 8, 15, 30];
export async function deliver(talk, method, body, waiting) {
const post = method === "POST";
let told = "";
for (let round = 0; !talk.over; round++) {
let problem;
try {
const response = await fetch(`${talk.collector}/api/${post ? "submissions" : "receipt"}`, {
method,
keepalive: true,
headers: post ? { "content-type": "text/plain" } : { authorization: `Receipt ${talk.receipt}`, "content-type": "application/json" },
body: body && JSON.stringify(body),
});
problem = await response.json().catch(() => ({}));
if (response.ok) {
waiting(null);
return problem;
}
if (problem.challenge) {
waiting({ working: true });
const proof = await (await import("./proof.js")).solve(problem.challenge);
if (proof) {
body = { ...body, proof };
continue;
}
} else if (response.status < 429) throw { problem };
} catch (error) {
if ( (error).problem) throw error;
}
const why = problem?.type ?? "network";
if (why !== told) waiting(problem ?? {});
told = why;
await new Promise((done) => {
setTimeout(done, (TRIES_SECONDS[round] ?? 30) * 1000);
addEventListener("online", done, { once: true });
});
}
}
export function delivered(talk) {
talk.left = undefined;
if (talk.kept) keep(talk, false);
}
export function keep(talk, wanted) {
const { key, collector, placement, receipt, left } = talk;
try {
if (wanted) localStorage.setItem(KEPT + key, JSON.stringify({ collector, placement: placement.key, receipt, ...left }));
else localStorage.removeItem(KEPT + key);
talk.kept = wanted;
} catch {
talk.kept = false;
}
}
export function failure(talk, texts, problem) {
const { away, form, working, keep: wish } = texts.failed;
if (problem.working) return [working];
const { form_url } = talk.placement;
const query = talk.about ? `?${new URLSearchParams(JSON.parse(JSON.stringify(talk.about)))}` : "";
const box = el("input", { type: "checkbox", checked: talk.kept, onchange() {
keep(talk, box.checked);
box.checked = !!talk.kept;
} });
return [problem.detail ?? away, " ", el("a", { href: form_url + query }, form), ". ", ...call(talk),
...(problem.type || !talk.left ? [] : [el("span", { className: "row" }, el("label", {}, box, wish))])];
}
export function call({ placement: { call: first } }) {
return first ? [el("a", { href: `tel:${first.phone.replace(/\s/g, "")}` }, `${first.name}, ${first.phone}`)] : [];
}
