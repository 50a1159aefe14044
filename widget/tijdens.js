// The first file of the widget: one question, its answers, and nothing else until one is pressed.
// Attributes are its whole configuration; a bad one falls back. It never throws into the page.

/** @import * as T from "./types.d.ts" */

/** What somebody asked to keep on this device begins so; without being asked, nothing is stored. */
export const KEPT = "tijdens ";

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
:host{display:block!important;all:revert;--t:#0b6b63;--h:color-mix(in srgb,currentColor 25%,transparent);--e:color-mix(in srgb,currentColor 60%,transparent);color:inherit;font:inherit;line-height:1.5;text-align:start;container-type:inline-size}
@supports(color:light-dark(#000,#fff)){:host{--t:light-dark(#0b6b63,#62cfc3)}}
*{box-sizing:border-box}
section{border-top:1px solid var(--h);padding-block:12px}
h2,p{margin:0 0 6px}h2{font-size:1.25em;line-height:1.3;text-wrap:balance}
.why{font-size:.875em;line-height:1.4}
.notice{border-inline-start:3px solid var(--t);padding-inline-start:12px;margin-block:12px}
.answers{display:flex;flex-wrap:wrap;gap:6px 8px;margin-block:10px}
button{font:inherit;font-weight:600;color:inherit;background:none;border:1px solid var(--e);border-radius:6px;min-height:44px;padding:6px 16px;cursor:pointer;text-align:start}
button:hover{border-color:var(--t);color:var(--t)}
.link{border:0;padding:0;font-weight:400;text-decoration:underline}a,.link{color:var(--t);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--t);outline-offset:2px}
p:empty,[hidden]{display:none!important}
`);

/** Tells the page that carries the widget. @type {T.Tell} */
export const tell = (host, name, detail) => host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));

/** An element with properties and children. Text is always text. @type {T.El} */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) Object.assign(element, { [name]: value });
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** 128 bits that nobody guesses, in at most 63 characters: the same ones go with every try to send. */
export const newKey = () => crypto.getRandomValues(new Uint8Array(16)).join("-");

/** @type {Promise<any>|undefined} */
let more;

/** What unfolds after a press, loaded once; undefined while it cannot be. */
const rest = () => (more ??= import("./more.js").catch(() => (more = undefined)));

/** The line that leads to a person, on every screen. @type {T.Own} */
export function own(talk) {
  const link = el("button", { type: "button", className: "link", onclick: async () => (await rest())?.contacts(talk, link) }, talk.placement.texts[talk.lang].own);
  return link;
}

/** The first screen: a question and its answers. @type {T.Ask} */
export function ask(talk, words, field) {
  const status = el("p", { role: "status" });
  const answers = Object.entries(words.answers).map(([value, label]) =>
    el("button", { type: "button", onclick: () => press(talk, { [field]: value }, status) }, String(label)));
  talk.root.replaceChildren(el("section", {}, el("h2", {}, words.question), el("p", { className: "why" }, words.why),
    el("div", { className: "answers" }, ...answers), status, own(talk)));
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

/** @type {any} */
const { navigation } = globalThis;

class TijdensFeedback extends HTMLElement {
  static observedAttributes = ["lang", "placement", "decision", "float"];
  /** @type {T.Talk|undefined} */
  #talk;
  /** @type {T.Screens|null|undefined} */
  #lines;
  #note = el("p", { className: "notice", role: "note" });
  #all = el("div", { dir: "auto" });
  #path = "";
  #turn = 0;
  #elsewhere = true;

  connectedCallback() {
    this.#listen("addEventListener");
    if (this.shadowRoot) return this.#moved();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [SHEET];
    root.append(el("slot"));
    this.#load();
  }

  disconnectedCallback() {
    this.#listen("removeEventListener");
  }

  /** @param {string} name @param {string|null} before @param {string|null} now */
  attributeChangedCallback(name, before, now) {
    if (!this.shadowRoot || before === now) return;
    this.#elsewhere ||= !["lang", "float"].includes(name);
    this.#load();
  }

  /** A page may change its address without being loaded. @param {"addEventListener"|"removeEventListener"} how */
  #listen(how) {
    (navigation ?? globalThis)[how](navigation ? "currententrychange" : "popstate", this.#moved);
  }

  #moved = () => {
    if (location.pathname === this.#path) return;
    this.#elsewhere = true;
    this.#load();
  };

  /** Asks for the document and draws it; the link stays when there is none. */
  async #load() {
    const turn = ++this.#turn;
    const said = (/** @type {string} */ name) => this.getAttribute(name) ?? "";
    const collector = (said("collector") || new URL(import.meta.url).origin).replace(/\/+$/, "");
    const language = said("lang") || this.closest("[lang]")?.getAttribute("lang") || "und", decision = said("decision");
    this.#path = location.pathname;
    let reason = "network";
    try {
      const response = await fetch(`${collector}/api/placements/${encodeURIComponent(said("placement"))}?${new URLSearchParams({ language, ...(decision && { decision }) })}`);
      const placement = await response.json();
      const line = placement.decisions?.[0] && (await import("./line.js").catch(() => null));
      const float = this.hasAttribute("float") && (await import("./float.js").catch(() => null));
      if (turn !== this.#turn) return;
      if (response.ok && placement.live) {
        this.#draw(placement, collector, line);
        if (float) dress(/** @type {T.Talk} */ (this.#talk), float.SHEET);
        return;
      }
      reason = placement.type ?? "/problems/placement_not_live";
      this.shadowRoot?.replaceChildren(el("slot"));
    } catch {}
    if (turn === this.#turn) tell(this, "tijdens-failed", { reason });
  }

  /** @param {T.Placement} placement @param {string} collector @param {any} line what draws decisions, when there are any */
  #draw(placement, collector, line) {
    const [lang] = Object.keys(placement.texts), old = this.#talk;
    // whoever writes is not interrupted, wherever the page goes
    const writing = [...this.#all.querySelectorAll("textarea")].some(({ value }) => value);
    if (old && (writing || !this.#elsewhere)) {
      if (placement.key !== old.placement.key) return;
      Object.assign(old, { placement, lang });
      this.#lines?.translate();
      translate(old, () => this.#ask(old));
    } else {
      const box = el("div");
      const talk = (this.#talk = { host: this, root: box, collector, placement, lang, key: newKey(), said: {}, receipt: "" });
      this.#elsewhere = false;
      this.#all.replaceChildren(this.#note, box);
      this.#lines = line?.lines(talk, box);
      this.#ask(talk);
      this.shadowRoot?.replaceChildren(this.#all);
      // whoever comes near loads the rest, so that a press finds its words also when the network goes
      for (const near of ["pointerenter", "focusin"]) this.addEventListener(near, () => rest().then(() => words(talk)).catch(() => {}), { once: true });
      try {
        if (Object.keys(localStorage).some((name) => name.startsWith(KEPT))) import("./kept.js").then((kept) => kept.resume(talk, this.#note)).catch(() => {});
      } catch {}
    }
    this.#all.lang = lang;
    this.#notice();
  }

  /** The live notice, until its time. */
  #notice() {
    const { placement: { notice }, lang } = /** @type {T.Talk} */ (this.#talk);
    const left = (notice?.until ?? Infinity) - Date.now();
    const text = (left > 0 && notice?.text[lang]) || "";
    this.#note.textContent = text;
    if (text && left < 2 ** 31) setTimeout(() => this.#notice(), left);
  }

  /** @param {T.Talk} talk */
  #ask(talk) {
    const { question, texts } = talk.placement;
    // where a decision's line stands alone, a person can be reached without unfolding it
    if (this.#lines?.shared === false) talk.root.replaceChildren(el("section", {}, own(talk)));
    else ask(talk, texts[talk.lang], question === "found" ? "outcome" : question);
  }
}

if (!customElements.get("tijdens-feedback")) customElements.define("tijdens-feedback", TijdensFeedback);
