// After one's own words: one other voice, of somebody to whom it means something else and who allowed it.

import { el } from "./tijdens.js";

/** @import * as T from "./types.d.ts" */

/** Nothing when there is none, or when it cannot be had. @param {T.Talk} talk @param {T.Words} texts */
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
