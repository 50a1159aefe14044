// What unfolds after the press: words first, then whether there is another way, then what it cost. All of it may be
// skipped; each tap is saved at once.

import { el } from "./tijdens.js";
import { deliver, failure, tell } from "./send.js";
import { asksCost, asksWay, labels } from "./questions.js";

/** @typedef {import("./tijdens.js").Talk} Talk */

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
label{display:block}.q{font-weight:600;display:block;margin-block:0 4px}
.hint{font-size:.8125em;margin-block:0 6px}
textarea{width:100%;font:inherit;font-size:1.125em;line-height:1.5;color:inherit;background:transparent;padding:10px;border:1px solid color-mix(in srgb,currentColor 60%,transparent);border-radius:6px}
fieldset{border:0;margin:8px 0 0;padding:0;min-width:0}legend{font-weight:600;padding:0}
.row{display:flex;flex-wrap:wrap;gap:0 20px}.row label{display:flex;gap:8px;align-items:center;min-height:44px}
input{inline-size:20px;block-size:20px;margin:0;accent-color:var(--t);flex:none}
.bar{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:center;margin-block:12px 4px}
.main{background:var(--t);border-color:var(--t);color:Canvas}.main:hover{color:Canvas;filter:brightness(1.1)}
.code{font:600 clamp(1em,6cqi,1.5em)/1.3 ui-monospace,Consolas,monospace;margin-block:4px 8px;overflow-wrap:anywhere}
.soft{font-weight:400}a{color:var(--t);text-underline-offset:.2em}.number{white-space:nowrap}dl{margin:0}dl div{margin-block-end:4px}dt{font-size:.8125em}dd{margin:0}h3{font-size:1em;margin:12px 0 4px}
.bad{border-inline-start:3px solid #b3402c;padding-inline-start:12px}
@media print{.bar,button,input,label,textarea,fieldset{display:none}}
`);

/**
 * Opens or closes the contact points below what was pressed.
 * @param {Talk} talk
 * @param {HTMLElement} after
 */
export async function contacts(talk, after) {
  (await import("./contacts.js")).contacts(talk, after);
}

/** @type {Record<string, Promise<any>>} */
const loaded = {};

/** The words of one language; another language is one file more. @param {Talk} talk */
export function words(talk) {
  const { lang } = talk;
  loaded[lang] ??= fetch(new URL(`messages/${lang}.json`, import.meta.url)).then((response) => {
    if (!response.ok) throw new Error(lang);
    return response.json();
  });
  loaded[lang].catch(() => delete loaded[lang]);
  return loaded[lang];
}

/**
 * An answer was pressed: sends it, says so, and unfolds.
 * @param {Talk} talk
 * @param {HTMLElement} status
 */
export async function pressed(talk, status) {
  const { sent: _, ...said } = talk.said;
  const page = location.origin + location.pathname;
  const body = { placement: talk.placement.key, key: talk.key, language: talk.lang, page, ...said };
  if (!talk.root.adoptedStyleSheets.includes(SHEET)) talk.root.adoptedStyleSheets.push(SHEET);
  try {
    const answer = await deliver(talk, "POST", body, async (problem) => {
      if (problem) {
        tell(talk, "tijdens-failed", { reason: problem.type ?? "network" });
        const texts = await words(talk).catch(() => null);
        if (texts) status.replaceChildren(...failure(talk, texts, problem));
        else status.textContent = talk.placement.texts[talk.lang].away;
      }
    });
    talk.receipt = answer.receipt;
    tell(talk, "tijdens-submitted", { id: answer.id });
    await unfold(talk);
  } catch (error) {
    const problem = /** @type {any} */ (error).problem;
    talk.said = {};
    tell(talk, "tijdens-failed", { reason: problem?.type ?? "error" });
    status.textContent = problem?.detail ?? talk.placement.texts[talk.lang].away;
  }
}

/** The second screen. What was typed stays when it is drawn again in another language. @param {Talk} talk */
async function unfold(talk) {
  const texts = await words(talk);
  const { said, placement } = talk;
  const t = texts.more;
  const decision = placement.question === "effect";
  const status = el("p", { role: "status", className: "q" }, t.saved);
  const trouble = el("p", { role: "alert" });
  trouble.hidden = true;
  const save = saver(talk, status, trouble, texts);

  const text = el("textarea", { id: "text", rows: 3, dir: "auto", value: said.text ?? "", maxLength: 5000 });
  text.setAttribute("aria-describedby", "hint");
  text.oninput = () => (said.text = text.value);
  const form = el("form", {}, status, el("label", { for: "text", className: "q" }, t[labels(said, decision)]),
    el("p", { id: "hint", className: "hint" }, t.hint), text);
  text.addEventListener("focus", async () => text.after((await import("./mask.js")).masks(text, texts)), { once: true });

  if (placement.gateway) {
    form.insertBefore(choice("rating", t.rating, { 1: "1", 2: "2", 3: "3", 4: "4", 5: "5" }, String(said.rating ?? ""), (value) => save({ rating: Number(value) })), status.nextSibling);
  }
  const cost = costs(talk, texts, save, decision);
  cost.hidden = !asksCost(said);
  if (asksWay(said)) {
    form.append(choice("way", decision ? t.way_decision : t.way, t.ways, said.another_way, (value) => {
      save({ another_way: value });
      cost.hidden = !asksCost(said);
    }), cost);
  }
  const send = el("button", { className: "main" }, t.send);
  const undo = el("button", { type: "button", className: "link" }, t.undo);
  undo.onclick = () => takeBack(talk, texts, trouble);
  form.append(trouble, el("div", { className: "bar" }, send, undo));
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (!text.value.trim()) {
      text.focus();
      return;
    }
    send.disabled = true;
    const answer = await save({ text: text.value }, true);
    send.disabled = false;
    if (answer) (await import("./receipt.js")).thank(talk, texts, answer);
  };
  show(talk, form);
  if (said.reason === "person") contacts(talk, form);
}

/**
 * Saves changes one after the other; resolves to the receipt document, null when it was refused.
 * @param {Talk} talk
 * @param {HTMLElement} status
 * @param {HTMLElement} trouble
 * @param {any} texts
 */
function saver(talk, status, trouble, texts) {
  let last = Promise.resolve(null);
  return (/** @type {Record<string, any>} */ changes, quiet = false) => {
    if (!("text" in changes)) Object.assign(talk.said, changes);
    last = last.then(async () => {
      try {
        const answer = await deliver(talk, "PATCH", changes, (problem) => complain(trouble, problem && failure(talk, texts, problem)));
        if (!quiet) status.textContent = texts.more.kept;
        return answer;
      } catch (error) {
        complain(trouble, [/** @type {any} */ (error).problem?.detail ?? texts.failed.away]);
        return null;
      }
    });
    return last;
  };
}

/**
 * @param {HTMLElement} trouble
 * @param {(string|Node)[]|null} parts
 */
function complain(trouble, parts) {
  trouble.hidden = !parts;
  trouble.className = "bad";
  trouble.replaceChildren(...(parts ?? []));
}

/**
 * One of a few, as native radio buttons.
 * @param {string} name
 * @param {string} question
 * @param {Record<string, string>} answers
 * @param {string|undefined} chosen
 * @param {(value: string) => void} changed
 */
function choice(name, question, answers, chosen, changed) {
  const row = el("div", { className: "row" });
  for (const [value, label] of Object.entries(answers)) {
    const input = el("input", { type: "radio", name, value, checked: value === chosen });
    input.onchange = () => changed(value);
    row.append(el("label", {}, input, label));
  }
  return el("fieldset", {}, el("legend", {}, question), row);
}

/**
 * What it cost: several may hold; "none of these" takes the others away.
 * @param {Talk} talk
 * @param {any} texts
 * @param {(changes: Record<string, any>) => void} save
 * @param {boolean} decision
 */
function costs(talk, texts, save, decision) {
  const row = el("div", { className: "row" });
  const inputs = Object.entries(texts.more.costs).map(([value, label]) => {
    const checked = value === "none" ? talk.said.impact?.length === 0 : Boolean(talk.said.impact?.includes(value));
    const input = el("input", { type: "checkbox", value, checked });
    row.append(el("label", {}, input, String(label)));
    return input;
  });
  row.onchange = (event) => {
    const pressed = /** @type {HTMLInputElement} */ (event.target);
    for (const input of inputs) {
      if (pressed.checked && input !== pressed && (pressed.value === "none" || input.value === "none")) input.checked = false;
    }
    const impact = inputs.filter((input) => input.checked && input.value !== "none").map((input) => input.value);
    save({ impact: impact.length || inputs.some((input) => input.checked) ? impact : null });
  };
  return el("fieldset", {}, el("legend", {}, decision ? texts.more.cost_decision : texts.more.cost), row);
}

/**
 * @param {Talk} talk
 * @param {any} texts
 * @param {HTMLElement} trouble
 */
async function takeBack(talk, texts, trouble) {
  await deliver(talk, "DELETE", null, (problem) => complain(trouble, problem && failure(talk, texts, problem)));
  talk.said = { sent: true };
  show(talk, el("p", { role: "status", className: "q" }, texts.more.undone));
}

/**
 * Puts a screen in place and the focus where it begins, so that nobody loses it.
 * @param {Talk} talk
 * @param {HTMLElement} screen
 */
export function show(talk, screen) {
  const own = el("button", { type: "button", className: "link" }, talk.placement.texts[talk.lang].own);
  own.onclick = () => contacts(talk, own);
  const section = el("section", { lang: talk.lang, tabIndex: -1 }, screen, own);
  talk.root.replaceChildren(section);
  section.focus({ preventScroll: true });
  section.scrollIntoView({ block: "nearest" });
}

/** Draws the open screen again in the language that the tag now names. @param {Talk} talk */
export async function translate(talk) {
  if (!talk.receipt) return;
  if (talk.said.document) (await import("./receipt.js")).thank(talk, await words(talk), talk.said.document);
  else await unfold(talk);
}
