// A decision, unfolded: the question, what is open, what is fixed and why, who decides. Official acts come in live and touch
// nothing that was typed.

import { ask, dress, el, newKey, sheet, translate, words as speech } from "./tijdens.js";
import { late, pick, spoken } from "./which.js";

/** @import * as T from "./types.d.ts" */

const SHEET = sheet(`
h3,h4{font-size:1em;margin:12px 0 4px}h4{font-weight:400;font-style:italic}a{color:var(--t);text-underline-offset:.2em}ul{margin:0;padding-inline-start:1.2em}
.about{padding-block-end:12px;max-width:66ch;white-space:pre-line;overflow-wrap:anywhere}
`);

/** @type {T.Unfold} */
export async function unfold(talk, box, { key }, words, say) {
  const address = `${talk.collector}/api/decisions/${key}`;
  const look = async (/** @type {RequestCache} */ cache) => {
    const response = await fetch(address, { cache });
    if (!response.ok) throw response;
    return response.json();
  };
  /** @type {T.Decision} */
  let decision = await look("default");
  dress(talk, SHEET);
  const news = el("p", { role: "status", className: "notice" }), state = el("div"), about = el("div", { className: "about" }), text = el("div", { className: "about" });
  /** @type {T.Talk[]} */
  const talks = [];

  const draw = (/** @type {T.Talk} */ mine) => ask(mine, { ...talk.placement.texts[talk.lang], ...words().effect }, "effect");
  /** A question about the whole, or about one section: each is a submission of its own. @param {string} [section] */
  const speak = (section) => {
    const { version } = decision;
    const mine = { ...talk, key: newKey(), said: {}, root: el("div"), about: { decision: key, ...(version && { version }), ...(section && { section }) }, late: late(decision, Date.now()) };
    talks.push(mine);
    draw(mine);
    return mine.root;
  };

  const show = async () => {
    const { lang } = talk, t = words(), now = Date.now();
    const { owner, contact_point, phases, stance, stance_note } = decision;
    const said = (/** @type {T.Texts} */ texts) => el("span", pick(texts, lang));
    const closed = late(decision, now);
    for (const mine of talks) mine.late = closed;
    say(decision);
    const again = phases.find(({ opens_at }) => opens_at > now && opens_at < (decision.closes_at ?? 0));
    const question = pick(phases.find(({ phase }) => phase === decision.phase)?.question ?? {}, lang);
    const ending = /** @type {any} */ (decision)[decision.state]?.text;
    state.replaceChildren(...(closed ? [el("p", { className: "notice" }, t[decision.state] ?? (again ? t.between.replace("{day}", spoken(again.opens, lang, now)) : t.late))] : []),
      ...(stance ? [el("p", {}, el("b", {}, t.stance[stance]), " ", said(stance_note))] : []),
      ...(ending ? [el("p", pick(ending, lang))] : []), ...(question.textContent ? [el("p", question)] : []));
    about.replaceChildren(el("h3", {}, t.open), said(decision.open),
      ...(decision.fixed.length ? [el("h3", {}, t.fixed), el("ul", {}, ...decision.fixed.map((fixed) => el("li", {}, said(fixed.text), ...(pick(fixed.because, lang).textContent ? [`\n${t.because} `, said(fixed.because)] : []))))] : []),
      el("h3", {}, t.who), [owner, contact_point && t.answers.replace("{name}", contact_point.name)].filter(Boolean).join("\n"), el("br"),
      el("a", { href: `${decision.url}?lang=${lang}` }, t.all));
    // a text that somebody has begun to react to stays as she sees it
    if (talks.length < 2) text.replaceChildren(...(decision.phase === "drafting" && !closed && decision.sections.length ? (await import("./text.js")).sections(decision, t, lang, speak) : []));
  };

  box.replaceChildren(news, state, speak(), about, text);
  await show();
  listen(`${address}/acts`, box, async (act) => {
    const before = decision.changed_at;
    decision = await look("reload").catch(() => decision);
    await show();
    if (!act && decision.changed_at === before) return;
    const t = await speech(talk, "act/").catch(() => null), said = t?.act[act ?? "changed"];
    if (said) news.textContent = `${t.news} ${said}`;
  });
  return {
    shared: false,
    translate() {
      for (const mine of talks) {
        mine.lang = talk.lang;
        translate(mine, () => draw(mine));
      }
      news.textContent = "";
      show();
    },
  };
}

/** Listens to official acts while the box is to be seen, and only then. @param {string} address @param {Element} box @param {(act?: string) => void} told without an act when some may have been missed */
function listen(address, box, told) {
  /** @type {EventSource|undefined} */
  let source;
  let seen = false, missed = false;
  const turn = () => {
    if (seen && !document.hidden) {
      if (source) return;
      source = new EventSource(address);
      source.onopen = () => missed && told();
      source.addEventListener("act", (event) => told(JSON.parse(event.data).act));
      source.onerror = () => (missed = true);
    } else if (source) {
      source.close();
      source = undefined;
      missed = true;
    }
  };
  new IntersectionObserver((entries) => {
    seen = entries[entries.length - 1].isIntersecting;
    turn();
  }).observe(box);
  document.addEventListener("visibilitychange", turn);
}
