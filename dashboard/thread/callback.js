/**
 * Somebody wants to be rung: the number, when it suits her, and who tried. The number is asked for when her voice is open,
 * and is nowhere else.
 *
 * @import { Api } from "../api.js"
 * @import { Tongue } from "../elements/article.js"
 *
 * @typedef {object} Call
 * @property {string | null} phone  null once she was reached
 * @property {string} language
 * @property {string[]} parts
 * @property {number} asked_at
 * @property {number | null} done_at
 * @property {{at: number, office: string | null, by: string | null, reached: boolean}[]} tries
 */

import { Problem } from "../api.js";
import { make } from "../elements/node.js";

/**
 * @param {number} id of her voice
 * @param {Api} api
 * @param {Tongue} tongue
 * @returns {HTMLElement} empty until it is known
 */
export function callback(id, api, tongue) {
  const root = make("section", { class: "callback noprint", hidden: true });
  const told = make("p", { role: "alert", class: "told" });
  const draw = (/** @type {Call} */ call) => {
    root.replaceChildren(...parts(call, tongue, (reached) => void attempt(() => api.ask("POST", `/api/submissions/${id}/callback`, { reached }))), told);
    root.hidden = false;
  };
  const attempt = async (/** @type {() => Promise<Call>} */ run) => {
    try {
      draw(await run());
      told.textContent = "";
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status === 404) root.hidden = true; // taken back meanwhile
      else told.textContent = error.title ? `${error.title}. ${error.detail}` : tongue.words.get("trouble.no_answer");
    }
  };
  void attempt(() => api.ask("GET", `/api/submissions/${id}/callback`));
  return root;
}

/** @param {Call} call @param {Tongue} tongue @param {(reached: boolean) => void} tried */
function parts(call, { words, when }, tried) {
  const button = (/** @type {string} */ key, /** @type {boolean} */ reached) => {
    const node = make("button", { type: "button", "data-does": key }, words.get(key));
    node.addEventListener("click", () => tried(reached));
    return node;
  };
  const suits = call.parts.length ? call.parts.map((part) => words.get(`callback.${part}`)).join(", ") : words.get("callback.any");
  return [
    make("h3", {}, words.get("callback.title")),
    ...(call.phone
      ? [
          make("p", { class: "number" }, make("a", { href: `tel:${call.phone.replace(/[^+\d]/g, "")}` }, make("bdi", {}, call.phone))),
          make("p", { class: "hint" }, words.get("callback.suits", { when: suits, language: words.languageName(call.language) })),
        ]
      : [make("p", {}, words.get("callback.done"))]),
    call.tries.length
      ? make("ol", { class: "history" }, ...call.tries.map(({ at, by, office, reached }) => make("li", {}, words.get(reached ? "callback.was_reached" : "callback.was_tried", { by: by ?? office ?? "" }), " ", make("time", { datetime: when.machine(at) }, when.said(at)))))
      : make("p", { class: "hint" }, words.get("callback.nobody")),
    ...(call.phone ? [make("p", { class: "doings" }, button("callback.tried", false), button("callback.reached", true)), make("p", { class: "hint" }, words.get("callback.hint"))] : []),
  ];
}
