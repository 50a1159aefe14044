// Which decisions a page shows. No DOM.

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

/** Those for this page, in the order in which they came. @type {T.Chosen} */
export const chosen = ({ decisions, named }, path) =>
  decisions.filter(({ key, patterns }) => (named ? key === named : !patterns.length || patterns.some((pattern) => fits(pattern, path))));

/** The one text there is, fit to be assigned to an element. @type {T.Pick_} */
export function pick(texts) {
  const [[lang, textContent] = ["", ""]] = Object.entries(texts);
  return { lang, textContent };
}
