/**
 * The beginning of a long text, cut where a sentence ends. Knows no DOM.
 */

export const SHOWN = 420; // characters in the stream

/**
 * @param {string} text
 * @param {string | null} language of the text
 * @param {number} [shown] about how many characters
 * @returns {{text: string, whole: boolean}}
 */
export function excerpt(text, language, shown = SHOWN) {
  if (text.length <= shown * 1.15) return { text, whole: true };
  let end = 0;
  for (const { index, segment } of sentences(language).segment(text.slice(0, shown * 2))) {
    const next = index + segment.trimEnd().length;
    if (next > shown && end > 0) break;
    end = next;
    if (end > shown) break;
  }
  if (end > shown * 1.6 || end < shown / 3) end = Math.max(text.lastIndexOf(" ", shown), Math.floor(shown / 2));
  if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end -= 1;
  return { text: text.slice(0, end).trimEnd(), whole: false };
}

/** @param {string | null} language */
function sentences(language) {
  try {
    return new Intl.Segmenter(language ?? undefined, { granularity: "sentence" });
  } catch {
    return new Intl.Segmenter(undefined, { granularity: "sentence" }); // a tag that no register knows
  }
}
