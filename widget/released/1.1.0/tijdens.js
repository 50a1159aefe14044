// The first file of the widget: one question, its answers, and nothing else until one is pressed.
// Attributes are its whole configuration; a bad one falls back. It stores nothing and never throws into the page.

/** @import * as T from "./types.d.ts" */

/** @param {string} css */
export function sheet(css) {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

/** Puts a sheet on, once. @type {T.Dress} */
export function dress(talk, sheet) {
  const sheets = talk.host.shadowRoot?.adoptedStyleSheets;
  if (!sheets?.includes(sheet)) sheets?.push(sheet);
}

/** @type {Record<string, Promise<T.Words>>} */
const loaded = {};

/** The words of one language; another language is one file more. @type {T.Speech} */
export function words(talk, folder = "") {
  const name = `messages/${folder}${talk.lang}.json`;
  loaded[name] ??= fetch(new URL(name, import.meta.url)).then((response) => (response.ok ? response.json() : Promise.reject(response)));
  loaded[name].catch(() => delete loaded[name]);
  return loaded[name];
}

const SHEET = sheet(`
:host{display:block!important;all:revert;--t:#0b6b63;color:inherit;font:inherit;line-height:1.5;text-align:start;container-type:inline-size}
@supports(color:light-dark(#000,#fff)){:host{--t:light-dark(#0b6b63,#62cfc3)}}
:host([float]){position:fixed!important;box-sizing:border-box;inset:auto!important;inset-block-end:16px!important;inset-inline-end:16px!important;width:min(26rem,100vw - 32px)!important;max-height:80vh!important;overflow:auto!important;padding:0 16px!important;background:Canvas!important;color:CanvasText!important;box-shadow:0 2px 16px #0003!important;z-index:9!important}
*{box-sizing:border-box}
section{border-top:1px solid color-mix(in srgb,currentColor 25%,transparent);padding-block:12px}
h2,p{margin:0 0 6px}h2{font-size:1.25em;line-height:1.3;text-wrap:balance}
.why{font-size:.875em;line-height:1.4}
.notice{border-inline-start:3px solid var(--t);padding-inline-start:12px;margin-block:12px}
.answers{display:flex;flex-wrap:wrap;gap:6px 8px;margin-block:10px}
button{font:inherit;font-weight:600;color:inherit;background:none;border:1px solid color-mix(in srgb,currentColor 60%,transparent);border-radius:6px;min-height:44px;padding:6px 16px;cursor:pointer;text-align:start}
button:hover{border-color:var(--t);color:var(--t)}
.link{border:0;padding:0;font-weight:400;color:var(--t);text-decoration:underline;text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--t);outline-offset:2px}
[role=status]:empty,[hidden]{display:none!important}
`);

/**
 * An element with properties and children. Text is always text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Node|string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("aria-") || name === "role") element.setAttribute(name, value);
    else Object.assign(element, { [name]: value });
  }
  element.append(...children);
  return element;
}

/** 22 characters that nobody guesses: the same ones go with every try to send. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(22)), (n) => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"[n & 31]).join("");

/** @type {Promise<any>|undefined} */
let more;

/** What unfolds after a press, loaded once; undefined while it cannot be. */
const rest = () => (more ??= import("./more.js").catch(() => (more = undefined)));

/** The first screen: a question and its answers. @type {T.Ask} */
export function ask(talk, words, field) {
  const status = el("p", { role: "status" });
  const own = el("button", { type: "button", className: "link" }, words.own);
  own.onclick = async () => (await rest())?.contacts(talk, own);
  const answers = Object.entries(words.answers).map(([value, label]) =>
    el("button", { type: "button", onclick: () => press(talk, { [field]: value }, status) }, String(label)));
  talk.root.replaceChildren(el("section", {}, el("h2", {}, words.question), el("p", { className: "why" }, words.why),
    el("div", { className: "answers" }, ...answers), status, own));
}

/** @type {T.Press} */
async function press(talk, said, status) {
  if (talk.said.sent) return;
  const words = talk.placement.texts[talk.lang];
  Object.assign(talk.said, said, { sent: true });
  for (status.textContent = words.sending; ; status.textContent = words.away) {
    const more = await rest();
    if (more) return more.pressed(talk, status);
    await new Promise((again) => setTimeout(again, 3000));
  }
}

/** Draws what stands there in the language of now; what was typed stays. @type {T.Translate} */
export const translate = (talk, again) => (talk.said.sent ? rest().then((more) => more?.translate(talk)) : again());

class TijdensFeedback extends HTMLElement {
  static observedAttributes = ["lang"];
  /** @type {T.Talk|undefined} */
  #talk;
  /** @type {T.Screens|null|undefined} */
  #lines;
  #note = el("p", { className: "notice", role: "note" });
  #all = el("div", { dir: "auto" }, this.#note);

  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [SHEET];
    root.append(el("slot"));
    this.#load(root).catch(() => {});
  }

  attributeChangedCallback() {
    if (!this.#talk) return;
    this.#speak(this.#talk);
    this.#lines?.translate();
    translate(this.#talk, () => this.#ask());
  }

  /** @param {ShadowRoot} root */
  async #load(root) {
    const from = (this.getAttribute("collector") || new URL(import.meta.url).origin).replace(/\/+$/, "");
    const named = this.getAttribute("decision");
    const response = await fetch(`${from}/api/placements/${encodeURIComponent(this.getAttribute("placement") ?? "")}${named ? `?decision=${encodeURIComponent(named)}` : ""}`);
    if (!response.ok) return;
    /** @type {T.Placement} */
    const placement = await response.json();
    if (!placement.live) return;
    const box = el("div");
    const talk = { host: this, root: box, collector: from, placement, lang: "", key: newKey(), said: {}, receipt: "" };
    this.#speak(talk);
    this.#all.append(box);
    if (placement.decisions.length) this.#lines = await import("./line.js").then((line) => line.lines(talk, box)).catch(() => null);
    this.#talk = talk;
    this.#ask();
    root.replaceChildren(this.#all);
    // whoever comes near loads the rest, so that a press finds its words also when the network goes
    for (const near of ["pointerenter", "focusin"]) this.addEventListener(near, rest, { once: true });
  }

  /** The language of the tag, else of the page, else the placement's first; the live notice in it. @param {T.Talk} talk */
  #speak(talk) {
    const { texts, languages, notice } = talk.placement;
    const wanted = (this.getAttribute("lang") || this.closest("[lang]")?.getAttribute("lang") || "").slice(0, 2).toLowerCase();
    this.#all.lang = talk.lang = texts[wanted] ? wanted : languages[0];
    const text = (!notice?.until || notice.until > Date.now()) && notice?.text[talk.lang];
    this.#note.hidden = !text;
    this.#note.textContent = text || "";
  }

  #ask() {
    const talk = /** @type {T.Talk} */ (this.#talk);
    const { question, texts } = talk.placement;
    if (this.#lines?.shared !== false) ask(talk, texts[talk.lang], question === "found" ? "outcome" : question);
  }
}

if (!customElements.get("tijdens-feedback")) customElements.define("tijdens-feedback", TijdensFeedback);
