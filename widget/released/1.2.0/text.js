import { el } from "./tijdens.js";
import { folding } from "./line.js";
import { pick } from "./which.js";
export async function sections(address, words, speak) {
const response = await fetch(address);
if (!response.ok) return [];
const { sections } = await response.json();
return [el("h3", {}, words.text), ...sections.flatMap(({ key, title, text }) => {
const named = pick(title);
const react = el("button", { type: "button", "aria-label": `${words.react}${named.textContent && `: ${named.textContent}`}` }, words.react);
return [...(named.textContent ? [el("h4", named)] : []), el("p", pick(text)), el("div", {}, folding(react, () => speak(key)))];
})];
}
