/**
 * Where the words that somebody searched for stand in a text, by the same rules as the collector's search: whole words
 * without regard to case and accents, `word*` finds beginnings, `"two words"` finds them side by side. Other forms of a word are
 * the collector's to know: it tells which words of the texts are any. Knows no DOM.
 */

const TERM = /[\p{L}\p{N}_]+\*?|"[^"]*"?/gu;
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;
/** @type {ReadonlySet<string>} */
const NONE = new Set();
const AROUND = 90; // characters before the first find, when it lies too deep for the beginning to be shown

/** @param {string} word */
const folded = (word) => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * @param {string} text
 * @param {string} typed
 * @param {ReadonlySet<string>} [forms] folded words that are another form of one that is typed
 * @returns {[number, number][]} where each find begins and ends, in order, none in another
 */
export function finds(text, typed, forms = NONE) {
  const terms = [...typed.matchAll(TERM)].map(([term]) => ({ words: [...term.matchAll(WORD)].map(([word]) => folded(word)), begins: term.endsWith("*") })).filter(({ words }) => words.length);
  const tokens = [...text.matchAll(WORD)].map((match) => ({ from: match.index, to: match.index + match[0].length, word: folded(match[0]) }));
  /** @type {[number, number][]} */
  const found = [];
  for (let place = 0; place < tokens.length; place += 1) {
    const lengths = terms.filter(({ words, begins }) => words.every((word, step) => {
      const token = tokens[place + step]?.word;
      return token !== undefined && (begins && step === words.length - 1 ? token.startsWith(word) : token === word);
    })).map(({ words }) => words.length);
    const longest = Math.max(forms.has(tokens[place]?.word ?? "") ? 1 : 0, ...lengths);
    if (!longest) continue;
    found.push([tokens[place]?.from ?? 0, tokens[place + longest - 1]?.to ?? 0]);
    place += longest - 1;
  }
  return found;
}

/**
 * The text from where it is worth reading: from its beginning, or from shortly before the first find when that lies
 * beyond what is shown of it.
 * @param {string} text
 * @param {string} typed
 * @param {number} shown characters that are shown of a beginning
 * @param {ReadonlySet<string>} [forms]
 */
export function fromFind(text, typed, shown, forms = NONE) {
  const first = finds(text, typed, forms)[0]?.[0] ?? 0;
  if (first < shown) return text;
  return `… ${text.slice(text.lastIndexOf(" ", first - AROUND) + 1)}`;
}
