import { el } from "./tijdens.js";
const NUMBER = /(?<!\d)\d(?:[\s.\-/]{0,3}\d){10}(?!\d)/g;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;
export function isNationalNumber(text) {
const digits = text.replace(/\D/g, "");
const first = Number(digits.slice(0, 9));
const check = Number(digits.slice(9));
return digits.length === 11 && [first, 2_000_000_000 + first].some((number) => 97 - (number % 97) === check);
}
export function privateParts(text) {
const numbers = (text.match(NUMBER) ?? []).filter(isNationalNumber).map((found) => ({ kind:  ("national_number"), found }));
const mails = (text.match(EMAIL) ?? []).map((found) => ({ kind:  ("email"), found }));
return [...numbers, ...mails];
}
export function masks(field, texts) {
const line = el("p", { role: "status", className: "hint" });
let timer;
const look = () => {
const parts = privateParts(field.value);
if (!parts.length) {
line.replaceChildren();
return;
}
const kinds = [...new Set(parts.map((part) => texts.kinds[part.kind]))].join(", ");
const button = el("button", { type: "button", className: "link" }, texts.private.mask);
button.onclick = () => {
for (const { kind, found } of parts) field.value = field.value.replaceAll(found, kind === "email" ? "[e-mail]" : "[national number]");
field.dispatchEvent(new Event("input"));
look();
field.focus();
};
line.replaceChildren(texts.private.found.replace("{what}", kinds), " ", button);
};
look();
field.addEventListener("input", () => {
clearTimeout(timer);
timer = setTimeout(look, 400);
});
return line;
}
