// A decision, unfolded: the question, what is open, what is fixed and why, who decides, and while it is being drafted its text
// with a button at each paragraph. Official acts come in live and touch nothing that was typed.

import { ask, dress, el, newKey, sheet, translate, words } from "./tijdens.js";
import { folding } from "./line.js";
import { pick } from "./which.js";

/** @import * as T from "./types.d.ts" */

const SHEET = sheet(`
h3,h4{font-size:1em;margin:12px 0 4px}h4{font-weight:400;font-style:italic}ul{margin:0;padding-inline-start:1.2em}
.about{padding-block-end:12px;max-width:66ch;white-space:pre-line;overflow-wrap:anywhere}.about>div>.link{padding:0 0 16px}
`);

/** @type {T.Unfold} */
export async function unfold(talk, box, key, say) {
  const address = `${talk.collector}/api/decisions/${key}`;
  const look = async (/** @type {RequestCache} */ cache) => {
    const response = await fetch(`${address}/outline?language=${talk.lang}`, { cache });
    if (!response.ok) throw response;
    return response.json();
  };
  /** @type {T.Outline} */
  let outline = await look("default");
  dress(talk, SHEET);
  const news = el("p", { role: "status", className: "notice" }), state = el("div"), about = el("div", { className: "about" }), text = el("div", { className: "about" });
  /** @type {T.Talk[]} */
  const talks = [];

  const draw = (/** @type {T.Talk} */ mine) => ask(mine, { ...talk.placement.texts[talk.lang], ...outline.words.effect }, "effect");
  /** A question about the whole, or about a part of the text: each is a submission of its own. @type {T.Speak} */
  const speak = (part) => {
    const { version, late } = outline;
    const mine = { ...talk, key: newKey(), said: {}, root: el("div"), about: { decision: key, ...(version && { version }), ...part }, late };
    talks.push(mine);
    draw(mine);
    return mine.root;
  };

  const show = async () => {
    const { words: t, owner, answers, late } = outline;
    const said = (/** @type {T.Texts} */ texts) => el("span", pick(texts));
    for (const mine of talks) mine.late = late;
    say(outline);
    if ((talk.asked ||= outline.ask)) import("./ask.js").then(({ asked }) => asked(talk, box, outline)).catch(() => {});
    state.replaceChildren(el("p", { className: "notice" }, outline.closed), ...(outline.stance ? [el("p", {}, el("b", {}, outline.stance), " ", said(outline.stance_note))] : []),
      el("p", pick(outline.ending)), el("p", pick(outline.question)));
    about.replaceChildren(el("h3", {}, t.open), said(outline.open),
      ...(outline.fixed[0] ? [el("h3", {}, t.fixed), el("ul", {}, ...outline.fixed.map(({ text, because }) => el("li", {}, said(text), ...(pick(because).lang ? [`\n${t.because} `, said(because)] : []))))] : []),
      el("h3", {}, t.who), `${owner}\n${answers}`.trim(), el("br"), el("a", { href: `${outline.url}?lang=${talk.lang}` }, t.all));
    // a text that somebody has begun to react to stays as she sees it
    if (talks.length < 2) text.replaceChildren(...(outline.text ? await sections(`${address}/versions/${outline.version}?language=${talk.lang}`, t, speak) : []));
  };

  box.replaceChildren(news, state, speak(), about, text);
  await show();
  listen(`${address}/acts`, box, async (act) => {
    const before = outline.changed_at;
    outline = await look("reload").catch(() => outline);
    await show();
    if (!act && outline.changed_at === before) return;
    const t = await words(talk, "act/").catch(() => null), said = t?.act[act ?? "changed"];
    if (said) news.textContent = `${t.news} ${said}`;
  });
  return {
    shared: false,
    async translate() {
      const { placement, lang } = talk;
      outline = await look("default").catch(() => outline);
      for (const mine of talks) {
        Object.assign(mine, { placement, lang });
        translate(mine, () => draw(mine));
      }
      news.textContent = "";
      show();
    },
  };
}

/** The text, with a button at what one can react to; nothing when it cannot be had: the page of the decision has it too. @type {T.Sections} */
async function sections(address, words, speak) {
  const response = await fetch(address);
  if (!response.ok) return [];
  /** @type {{sections: T.Section[]}} */
  const { sections } = await response.json();
  return [el("h3", {}, words.text), ...sections.flatMap(({ key: section, title, text, paragraphs }) => {
    const named = pick(title), { lang, textContent } = pick(text);
    /** `paragraph`: its number, 0 for the whole section. @param {string} textContent @param {number} paragraph */
    const one = (textContent, paragraph) => {
      const spoken = [words.react, named.textContent, paragraph && words.paragraph.replace("{number}", `${paragraph}`)].filter(Boolean).join(", ");
      const react = el("button", { type: "button", className: "link", "aria-label": spoken }, words.react);
      return [el("p", { lang, textContent }), el("div", {}, folding(react, () => speak({ section, ...(paragraph && { paragraph }) })))];
    };
    return [...(named.textContent ? [el("h4", named)] : []),
      ...(paragraphs > 1 ? textContent.split("\n\n").flatMap((said, place) => one(said, place + 1)) : one(textContent, 0))];
  })];
}

/** Listens to official acts while the box is to be seen, and only then. @param {string} address @param {Element} box @param {(act?: string) => void} told without an act when some may have been missed */
function listen(address, box, told) {
  /** @type {EventSource|null} */
  let source = null;
  let seen = false, missed = false;
  const turn = () => {
    if (!seen || document.hidden) {
      missed ||= !!source;
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource(address);
      source.onopen = () => missed && told();
      source.onerror = () => (missed = true);
      source.addEventListener("act", (event) => told(JSON.parse(event.data).act));
    }
  };
  new IntersectionObserver((entries) => {
    seen = !!entries.at(-1)?.isIntersecting;
    turn();
  }).observe(box);
  document.addEventListener("visibilitychange", turn);
}
