// What unfolds after the press: words first, then whether there is another way, then what it cost. All of it may be
// skipped; each tap is saved at once.

import { dress, el, own, sheet, tell, words } from "./tijdens.js";
import { deliver, delivered, failure, keep } from "./send.js";
import { asksCost, asksWay, label } from "./questions.js";

/** @import * as T from "./types.d.ts" */

export const SHEET = sheet(`
.q{display:block;font-weight:600;margin-block:0 2px}
.hint{font-size:.8125em;line-height:1.35}
textarea{display:block;width:100%;font:inherit;font-size:1.125em;line-height:1.4;color:inherit;background:none;border:1px solid var(--e);border-radius:6px;padding:8px 10px;field-sizing:content;min-height:70px;max-height:60vh}
fieldset{border:0;margin:6px 0 0;padding:0;min-width:0}legend{font-weight:600;line-height:1.3;padding:0}
.row,.bar{display:flex;flex-wrap:wrap;gap:0 20px;align-items:center}.row label{display:flex;gap:8px;align-items:center;min-height:44px}
input{inline-size:20px;block-size:20px;margin:0;accent-color:var(--t);flex:none}
.bad .row label{align-items:start}.bad a[href^=tel]{white-space:nowrap}.bar{margin-block-start:8px}.bar .link{min-height:32px}
.main{background:var(--t);border-color:var(--t);color:Canvas}.main:hover{color:Canvas;filter:brightness(1.1)}
.bad{border-inline-start:3px solid #b3402c;padding-inline-start:12px}
@media print{.bar,button,input,label,textarea,fieldset{display:none}}
`);

/** @type {T.Contacts} */
export const contacts = async (talk, after) => (dress(talk, SHEET), (await import("./contacts.js")).contacts(talk, after));

/** An answer was pressed: sends it, says so, and unfolds. @param {T.Talk} talk @param {HTMLElement} status */
export async function pressed(talk, status) {
  const { sent: _, ...said } = talk.said;
  const away = talk.placement.texts[talk.lang].away;
  const body = { placement: talk.placement.key, key: talk.key, language: talk.lang, page: location.origin + location.pathname, ...talk.about, ...said };
  talk.left = { post: body };
  dress(talk, SHEET);
  try {
    const answer = await deliver(talk, "POST", body, async (problem) => {
      if (!problem) return;
      tell(talk.host, "tijdens-failed", { reason: problem.type ?? "network" });
      const texts = await words(talk).catch(() => null);
      status.replaceChildren(...(texts ? failure(talk, texts, problem) : [away]));
    });
    talk.receipt = answer.receipt;
    delivered(talk);
    tell(talk.host, "tijdens-submitted", { id: answer.id });
    await unfold(talk);
  } catch (error) {
    const problem = /** @type {any} */ (error).problem;
    talk.said = {};
    delivered(talk);
    tell(talk.host, "tijdens-failed", { reason: problem?.type ?? "error" });
    status.textContent = problem?.detail ?? away;
  }
}

/** The second screen. @param {T.Talk} talk */
async function unfold(talk) {
  const texts = await words(talk), t = texts.more;
  const { said, placement, key: id } = talk;
  const status = el("p", { role: "status", className: "q" }, t.saved);
  const trouble = el("p", { role: "alert", className: "bad", hidden: true });
  const save = saver(talk, status, trouble, texts);

  const text = el("textarea", { id, rows: 2, dir: "auto", value: said.text ?? "", maxLength: 5000, "aria-describedby": `${id}h` });
  let looking = false;
  text.oninput = async () => {
    said.text = text.value;
    // only what looks private needs a closer look
    if (looking || !/@|\d\D{0,3}\d{3}/.test(text.value)) return;
    looking = true;
    text.after((await import("./mask.js")).masks(text, await words(talk, "after/")));
  };
  const form = el("form", {}, status);
  if (placement.gateway) form.append(choice("rating", placement.texts[talk.lang].rating, { 1: "1", 2: "2", 3: "3", 4: "4", 5: "5" }, said.rating, (rating) => save({ rating: Number(rating) })));
  form.append(el("label", { htmlFor: id, className: "q" }, t[talk.late ? "late" : label(said)]), el("p", { id: `${id}h`, className: "hint" }, t.hint), text);

  if (asksWay(said)) {
    const would = "effect" in said;
    const cost = el("div");
    let row = false;
    const more = async () => {
      cost.hidden = !asksCost(said);
      if (cost.hidden || row) return;
      row = true;
      try {
        cost.append(await (await import("./cost.js")).costs(talk, save, would));
      } catch {
        row = false;
      }
    };
    form.append(choice("way", would ? t.way_decision : t.way, t.ways, said.another_way, (another_way) => {
      save({ another_way });
      more();
    }), cost);
    await more();
  }
  const undo = el("button", { type: "button", className: "link", onclick: () => takeBack(talk, (problem) => complain(trouble, problem && failure(talk, texts, problem))) }, t.undo);
  const send = el("button", { className: "main" }, t.send);
  form.append(trouble, el("div", { className: "bar" }, send, undo));
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (!text.value.trim()) return text.focus();
    send.disabled = true;
    const answer = await save({ text: text.value });
    send.disabled = false;
    if (answer) (await import("./receipt.js")).thank(talk, texts, answer);
  };
  show(talk, form);
  if (said.reason === "person") contacts(talk, form);
}

/** Saves changes one after the other; resolves to the receipt document, null when it was refused. @type {T.Saver} */
function saver(talk, status, trouble, texts) {
  let last = Promise.resolve(null);
  return (changes) => {
    Object.assign(talk.said, changes);
    talk.left = { changes: { ...talk.left?.changes, ...changes } };
    if (talk.kept) keep(talk, true);
    const mine = (last = last.then(async () => {
      let answer = null;
      try {
        answer = await deliver(talk, "PATCH", changes, (problem) => complain(trouble, problem && failure(talk, texts, problem)));
        if (!("text" in changes)) status.textContent = texts.more.kept;
      } catch (error) {
        complain(trouble, [/** @type {any} */ (error).problem?.detail ?? texts.failed.away]);
      }
      if (mine === last) delivered(talk);
      return answer;
    }));
    return mine;
  };
}

/** @param {HTMLElement} trouble @param {(string|Node)[]|null} parts */
function complain(trouble, parts) {
  trouble.hidden = !parts;
  trouble.replaceChildren(...(parts ?? []));
}

/** One of a few, as native radio buttons. @type {T.Choice} */
function choice(name, question, answers, chosen, changed) {
  return el("fieldset", {}, el("legend", {}, question), el("div", { className: "row" }, ...Object.entries(answers).map(([value, label]) =>
    el("label", {}, el("input", { type: "radio", name, value, checked: value === `${chosen}`, onchange: () => changed(value) }), label))));
}

/** Leaves nothing. @param {T.Talk} talk @param {T.Waiting} waiting */
export async function takeBack(talk, waiting) {
  delivered(talk);
  await deliver(talk, "DELETE", null, waiting);
  talk.said = { sent: true };
  const texts = await words(talk, "after/");
  show(talk, el("p", { role: "status", className: "q" }, texts.undone));
}

/** Puts a screen in place and the focus where it begins, so that nobody loses it. @type {T.Show} */
export function show(talk, screen) {
  const section = el("section", { tabIndex: -1 }, screen);
  (section.querySelector(".bar:last-child") ?? section).append(own(talk));
  talk.root.replaceChildren(section);
  section.focus({ preventScroll: true });
  section.scrollIntoView({ block: "nearest" });
}

/** Draws the open screen again in the language of now. @param {T.Talk} talk */
export async function translate(talk) {
  if (!talk.receipt) return;
  if (talk.said.document) (await import("./receipt.js")).thank(talk, await words(talk), talk.said.document);
  else await unfold(talk);
}
