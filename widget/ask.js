// What an office asks the people of a decision, loaded only where a question waits: the question, one field, and after it the
// receipt. Each answer is a submission of its own, in words alone.

import { dress, el, newKey, sheet, tell, words } from "./tijdens.js";
import { SHEET, translate } from "./more.js";
import { deliver, delivered, failure } from "./send.js";

/** @import * as T from "./types.d.ts" */

const ASKED = sheet(".asked{border:0;border-inline-start:3px solid var(--t);padding-inline-start:12px;margin-block:12px}.asked h3{margin-block-start:0;font-size:1.125em}");

/** What stands in a box, by the id of its question. @type {WeakMap<Element, Map<number, T.Standing>>} */
const boxes = new WeakMap();

/** Draws what waits, in the language of now. What was typed or answered stays, also when the question is over. @type {T.Asked} */
export async function asked(talk, box, { key, ask }) {
  const standing = boxes.get(box) ?? new Map();
  boxes.set(box, standing);
  dress(talk, SHEET);
  dress(talk, ASKED);
  const texts = await words(talk);
  for (const [id, { mine, section, text, say }] of standing) {
    const { placement, lang } = talk;
    Object.assign(mine, { placement, lang });
    if (mine.receipt) translate(mine);
    else if (id === ask?.id) say(ask, texts);
    else if (!text.value) {
      section.remove();
      standing.delete(id);
    }
  }
  if (ask && !standing.has(ask.id)) standing.set(ask.id, draw(talk, box, key, ask, texts));
}

/** @param {T.Talk} talk @param {Element} box @param {string} decision @param {T.Question} ask @param {T.Words} texts @returns {T.Standing} */
function draw(talk, box, decision, ask, texts) {
  const root = el("div"), id = newKey();
  const mine = { ...talk, key: id, said: {}, receipt: "", root, about: { decision, ask: ask.id } };
  const label = el("label", { htmlFor: id }), hint = el("p", { id: `${id}h`, className: "hint" }), send = el("button", { className: "main" });
  const text = el("textarea", { id, rows: 2, dir: "auto", maxLength: 5000, "aria-describedby": `${id}h` });
  const trouble = el("p", { role: "alert", className: "bad", hidden: true });
  const form = el("form", {}, el("h3", {}, label), hint, text, trouble, el("div", { className: "bar" }, send));
  const section = el("section", { className: "asked" }, root);

  /** @param {T.Question} ask @param {T.Words} now */
  const say = (ask, now) => {
    const [[lang, textContent]] = Object.entries(ask.text);
    Object.assign(label, { lang, textContent });
    hint.textContent = `${ask.said} ${now.more.hint}`;
    send.textContent = now.more.send;
    texts = now;
  };
  const complain = (/** @type {(string|Node)[]|null} */ parts) => {
    trouble.hidden = !parts;
    trouble.replaceChildren(...(parts ?? []));
  };
  text.addEventListener("input", async () => {
    const after = await words(talk, "after/");
    text.after((await import("./mask.js")).masks(text, after));
  }, { once: true });
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (!text.value.trim()) return text.focus();
    send.disabled = true;
    const post = { placement: mine.placement.key, key: id, language: mine.lang, page: location.origin + location.pathname, ...mine.about, text: text.value };
    Object.assign(mine, { left: { post } });
    try {
      const answer = await deliver(mine, "POST", post, (problem) => complain(problem && failure(mine, texts, problem)));
      mine.receipt = answer.receipt;
      delivered(mine);
      tell(mine.host, "tijdens-submitted", { id: answer.id });
      (await import("./receipt.js")).thank(mine, texts, answer);
    } catch (error) {
      const { problem } = /** @type {any} */ (error);
      delivered(mine);
      tell(mine.host, "tijdens-failed", { reason: problem?.type ?? "error" });
      complain([problem?.detail ?? texts.failed.away]);
      send.disabled = false;
    }
  };
  say(ask, texts);
  root.append(form);
  box.firstElementChild?.after(section);
  return { mine, section, text, say };
}
