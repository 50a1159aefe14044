// What is being decided here: one line a decision. Pressed, it unfolds; nothing is asked of the collector before that.

import { dress, el, newKey, sheet, words } from "./tijdens.js";
import { chosen, pick, sentence } from "./which.js";

/** @import * as T from "./types.d.ts" */

const SHEET = sheet(`
h2:has(.line){margin:0;font-size:1em}
.line{display:block;width:100%;border:0;border-top:1px solid color-mix(in srgb,currentColor 25%,transparent);border-radius:0;padding:10px 24px 10px 0;position:relative;font-weight:400;font-size:.875em}
.line b{display:block;font-size:1.2em;line-height:1.3}
.line::after{content:"";position:absolute;inset-inline-end:4px;inset-block-start:18px;width:8px;height:8px;border:solid;border-width:0 2px 2px 0;rotate:45deg}
.line[aria-expanded=true]::after{rotate:225deg}
`);

/** @type {T.Folding} */
export function folding(button, make) {
  /** @type {HTMLElement|undefined} */
  let box;
  const turn = (open = false) => button.setAttribute("aria-expanded", `${open}`);
  turn();
  button.onclick = () => {
    if (box) box.hidden = !box.hidden;
    else button.parentElement?.after((box = make()));
    turn(!box?.hidden);
  };
  return button;
}

/** @type {T.Lines} */
export async function lines(talk, ordinary) {
  const { placement } = talk;
  const found = chosen(placement, location.pathname, Date.now());
  if (!found.length) return null;
  let texts = await words(talk, "decision/");
  dress(talk, SHEET);
  /** @type {(() => void)[]} */
  const spoken = [];

  const one = (/** @type {T.Line} */ line) => {
    const title = el("b"), state = el("span"), button = el("button", { type: "button", className: "line" }, title, state);
    const say = (now = line) => {
      Object.assign(title, pick(now.title, talk.lang));
      state.textContent = sentence((line = now), texts, talk.lang, Date.now());
    };
    say();
    spoken.push(say);
    folding(button, () => {
      const box = el("div");
      const unfold = async () => {
        try {
          const screens = await (await import("./decision.js")).unfold(talk, box, line, () => texts, say);
          spoken.push(screens.translate);
        } catch {
          box.replaceChildren(el("p", { role: "status" }, placement.texts[talk.lang].away), el("a", { href: line.url }, line.url));
          setTimeout(unfold, 3000);
        }
      };
      unfold();
      return box;
    });
    button.addEventListener("click", () => (ordinary.hidden = !!all.querySelector(".line[aria-expanded=true]")));
    return el("div", {}, el("h2", {}, button));
  };

  const all = el("div", {}, one(found[0]));
  if (found.length > 1) {
    const others = el("button", { type: "button", className: "link" });
    const say = () => (others.textContent = texts.others.replace("{number}", `${found.length - 1}`));
    say();
    spoken.push(say);
    all.append(el("p", {}, folding(others, () => el("div", {}, ...found.slice(1).map(one)))));
  }
  ordinary.before(all);
  return {
    shared: placement.question !== "effect" && !placement.named,
    async translate() {
      texts = await words(talk, "decision/");
      spoken.forEach((speak) => speak());
    },
  };
}
