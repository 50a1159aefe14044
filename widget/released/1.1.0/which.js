// Which decisions a page shows, which of them is first, and what its one line says. No DOM.

/** @import * as T from "./types.d.ts" */

/** Percent signs read, no slash at the end. @param {string} path */
function plain(path) {
  try {
    path = decodeURI(path);
  } catch {}
  return path.replace(/(.)\/$/, "$1");
}

/** Whether a path fits a pattern, in which `*` stands for any characters. @type {T.Fits} */
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

/** Whether words that come now are too late to change it. @type {T.Late} */
export const late = (line, now) => !line.is_open || now >= (line.closes_at ?? 0);

/** Those for this page: first what can still be changed, the soonest closed before; then what changed last. @type {T.Chosen} */
export function chosen({ decisions, named }, path, now) {
  const urgent = (/** @type {T.Line} */ line) => (late(line, now) ? 1e16 - line.changed_at : Number(line.closes_at));
  return decisions
    .filter(({ key, patterns }) => (named ? key === named : !patterns.length || patterns.some((pattern) => fits(pattern, path))))
    .sort((a, b) => urgent(a) - urgent(b));
}

/** @type {T.Pick_} */
export function pick(texts, lang) {
  if (!texts[lang]) [lang] = [...Object.keys(texts), lang];
  return { lang, textContent: texts[lang] ?? "" };
}

/** A day as people say it: "14 March", with its year when that is not this one. @type {T.Spoken} */
export function spoken(day, lang, now) {
  const year = day.startsWith(`${new Date(now).getFullYear()}`) ? undefined : "numeric";
  const said = new Date(day).toLocaleDateString(lang === "en" ? "en-GB" : lang, { day: "numeric", month: "long", year, timeZone: "UTC" });
  return lang === "fr" ? said.replace(/^1 /, "1er ") : said;
}

/** Until when one can react and what is promised, or that it is too late. @type {T.Sentence} */
export const sentence = (line, texts, lang, now) => texts[line.state] ??
  (late(line, now) ? texts.late : `${texts.until.replace("{day}", spoken(line.until ?? "", lang, now))} ${texts.promise[line.promise]}`);
