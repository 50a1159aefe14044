function plain(path) {
try {
path = decodeURI(path);
} catch {}
return path.replace(/(.)\/$/, "$1");
}
export function fits(pattern, path) {
const [first, ...parts] = plain(pattern).split("*"), last = parts.pop();
let left = plain(path);
if (last === undefined) return left === first;
if (!left.startsWith(first)) return false;
left = left.slice(first.length);
for (const part of parts) {
const at = left.indexOf(part);
if (at < 0) return false;
left = left.slice(at + part.length);
}
return left.endsWith(last);
}
export const chosen = ({ decisions, named }, path) =>
decisions.filter(({ key, patterns }) => (named ? key === named : !patterns.length || patterns.some((pattern) => fits(pattern, path))));
export function pick(texts) {
const [[lang, textContent] = ["", ""]] = Object.entries(texts);
return { lang, textContent };
}
