// The text while it is being drafted: a button at each section.

import { el } from "./tijdens.js";
import { folding } from "./line.js";
import { pick } from "./which.js";

/** @import * as T from "./types.d.ts" */

/** @type {T.Sections} */
export const sections = (decision, texts, lang, speak) => [el("h3", {}, texts.text), ...decision.sections.flatMap(({ key, title, text }) => {
  const named = pick(title, lang);
  const react = el("button", { type: "button", "aria-label": `${texts.react}${named.textContent && `: ${named.textContent}`}` }, texts.react);
  return [...(named.textContent ? [el("h4", named)] : []), el("p", pick(text, lang)), el("div", {}, folding(react, () => speak(key)))];
})];
