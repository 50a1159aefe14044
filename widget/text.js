// The text while it is being drafted: a button at each section.

import { el } from "./tijdens.js";
import { folding } from "./line.js";
import { pick } from "./which.js";

/** @import * as T from "./types.d.ts" */

/** Nothing when it cannot be had: the page of the decision has it too. @type {T.Sections} */
export async function sections(address, words, speak) {
  const response = await fetch(address);
  if (!response.ok) return [];
  /** @type {{sections: {key: string, title: T.Texts, text: T.Texts}[]}} */
  const { sections } = await response.json();
  return [el("h3", {}, words.text), ...sections.flatMap(({ key, title, text }) => {
    const named = pick(title);
    const react = el("button", { type: "button", "aria-label": `${words.react}${named.textContent && `: ${named.textContent}`}` }, words.react);
    return [...(named.textContent ? [el("h4", named)] : []), el("p", pick(text)), el("div", {}, folding(react, () => speak(key)))];
  })];
}
