// The first file of the widget: one question, its answers, and nothing else until one is pressed.
// Attributes are its whole configuration; a bad one falls back. It stores nothing and never throws into the page.

/**
 * @typedef {{key: string, name: string, phone: string|null, counter: string|null, post: string|null, video: string|null,
 *   chat: string|null, hours: string|null, languages: string[]}} ContactPoint
 * @typedef {{key: string, question: string, gateway: boolean, languages: string[], live: boolean,
 *   notice: {text: Record<string, string>, until: number|null}|null, contact_points: ContactPoint[], form_url: string,
 *   receipt_url: string, texts: Record<string, any>, read_days: number|null}} Placement
 * @typedef {{host: HTMLElement, root: ShadowRoot, collector: string, placement: Placement, lang: string, key: string,
 *   said: Record<string, any>, receipt: string}} Talk
 */

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host{display:block!important;all:revert;--t:#0b6b63;color:inherit;font:inherit;line-height:1.5;text-align:start;container-type:inline-size}
@supports(color:light-dark(#000,#fff)){:host{--t:light-dark(#0b6b63,#62cfc3)}}
:host([float]){position:fixed!important;inset:auto 16px 16px auto;max-width:min(26rem,calc(100vw - 32px));max-height:80vh;overflow:auto;padding:0 16px;background:Canvas;color:CanvasText;box-shadow:0 2px 16px #0003;z-index:9}
*{box-sizing:border-box}
section{border-top:1px solid color-mix(in srgb,currentColor 25%,transparent);padding-block:16px}
h2,p{margin:0 0 8px}h2{font-size:1.25em;line-height:1.3;text-wrap:balance}
.why{font-size:.875em}
.notice{border-inline-start:3px solid var(--t);padding-inline-start:12px}
.answers{display:flex;flex-wrap:wrap;gap:8px;margin-block:12px}
button{font:inherit;font-weight:600;color:inherit;background:none;border:1px solid color-mix(in srgb,currentColor 60%,transparent);border-radius:6px;min-height:44px;padding:8px 18px;cursor:pointer;text-align:start}
button:hover{border-color:var(--t);color:var(--t)}
.link{border:0;padding:0;font-weight:400;color:var(--t);text-decoration:underline;text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--t);outline-offset:2px}
[role=status]:empty{display:none}
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
    if (name.startsWith("aria-") || name === "for" || name === "role") element.setAttribute(name, value);
    else Object.assign(element, { [name]: value });
  }
  element.append(...children);
  return element;
}

/** 22 characters that nobody guesses: the same ones go with every try to send. */
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(22)), (n) => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"[n & 31]).join("");

class TijdensFeedback extends HTMLElement {
  static observedAttributes = ["lang"];
  /** @type {Talk|null} */
  #talk = null;
  /** @type {Promise<any>|null} */
  #more = null;

  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [SHEET];
    root.append(el("slot"));
    this.#load(root).catch(() => {});
  }

  attributeChangedCallback() {
    if (!this.#talk) return;
    this.#talk.lang = this.#language(this.#talk.placement);
    if (this.#talk.said.sent) this.#more?.then((more) => this.#talk && more.translate(this.#talk));
    else this.#ask();
  }

  /** @param {ShadowRoot} root */
  async #load(root) {
    const collector = (this.getAttribute("collector") || new URL(import.meta.url).origin).replace(/\/+$/, "");
    const response = await fetch(`${collector}/api/placements/${encodeURIComponent(this.getAttribute("placement") ?? "")}`);
    if (!response.ok) return;
    const placement = await response.json();
    if (!placement.live) return;
    this.#talk = { host: this, root, collector, placement, lang: this.#language(placement), key: newKey(), said: {}, receipt: "" };
    this.#ask();
    // whoever comes near loads the rest, so that a press finds its words also when the network goes
    for (const near of ["pointerenter", "focusin"]) this.addEventListener(near, () => this.#rest(), { once: true });
  }

  /** @param {Placement} placement */
  #language(placement) {
    const wanted = (this.getAttribute("lang") || this.closest("[lang]")?.getAttribute("lang") || "").slice(0, 2).toLowerCase();
    return placement.texts[wanted] ? wanted : placement.languages[0];
  }

  #rest() {
    this.#more ??= import("./more.js").catch(() => (this.#more = null));
    return this.#more;
  }

  #ask() {
    const talk = /** @type {Talk} */ (this.#talk);
    const { placement, lang } = talk;
    const words = placement.texts[lang];
    const status = el("p", { role: "status" });
    const field = { found: "outcome" }[placement.question] ?? placement.question;
    const answers = Object.entries(words.answers).map(([value, label]) =>
      el("button", { type: "button", onclick: () => this.#press({ [field]: value }, status) }, String(label)));
    const own = el("button", { type: "button", className: "link" }, words.own);
    own.onclick = async () => (await this.#rest())?.contacts(talk, own);
    const notice = placement.notice;
    const said = notice && (!notice.until || notice.until > Date.now()) && notice.text[lang];
    const section = el("section", { lang }, el("h2", {}, words.question), el("p", { className: "why" }, words.why),
      el("div", { className: "answers" }, ...answers), status, own);
    if (said) section.prepend(el("p", { className: "notice", role: "note" }, said));
    talk.root.replaceChildren(section);
  }

  /**
   * @param {Record<string, string>} said
   * @param {HTMLElement} status
   */
  async #press(said, status) {
    const talk = /** @type {Talk} */ (this.#talk);
    if (talk.said.sent) return;
    const words = talk.placement.texts[talk.lang];
    Object.assign(talk.said, said, { sent: true });
    status.textContent = words.sending;
    for (let more = null; !more; ) {
      more = await this.#rest();
      if (more) return more.pressed(talk, status);
      status.textContent = words.away;
      await new Promise((again) => setTimeout(again, 3000));
    }
  }
}

if (!customElements.get("tijdens-feedback")) customElements.define("tijdens-feedback", TijdensFeedback);
