import { el } from "./tijdens.js";
export async function voice(talk, texts) {
try {
const response = await fetch(`${talk.collector}/api/decisions/${talk.about?.decision}/voice?unlike=${talk.said.effect}`);
if (response.status !== 200) return [];
const { text, language, effect } = await response.json();
return [el("p", { className: "hint" }, texts.voice[effect]), el("blockquote", { lang: language ?? "", dir: "auto" }, text)];
} catch {
return [];
}
}
