// Sending, and sending again: the same key goes with every try, so nothing is ever stored twice.

import { KEPT, el } from "./tijdens.js";

/** @import * as T from "./types.d.ts" */

const TRIES_SECONDS = [2, 4, 8, 15, 30];

/** One request to the collector, tried until it is answered for good, or given up. @type {T.Deliver} */
export async function deliver(talk, method, body, waiting) {
  const post = method === "POST";
  let told = "";
  for (let round = 0; !talk.over; round++) {
    let problem;
    try {
      const response = await fetch(`${talk.collector}/api/${post ? "submissions" : "receipt"}`, {
        method,
        keepalive: true,
        headers: post ? { "content-type": "text/plain" } : { authorization: `Receipt ${talk.receipt}`, "content-type": "application/json" },
        body: body && JSON.stringify(body),
      });
      problem = await response.json().catch(() => ({}));
      if (response.ok) {
        waiting(null);
        return problem;
      }
      if (problem.challenge) {
        waiting(problem);
        const proof = await (await import("./proof.js")).solve(problem.challenge);
        if (proof) {
          body = { ...body, proof };
          continue;
        }
      } else if (response.status < 429) throw { problem };
    } catch (error) {
      if (/** @type {any} */ (error).problem) throw error;
    }
    // said once, so that a choice below it stays in reach
    const why = problem?.type ?? "network";
    if (why !== told) waiting(problem ?? {});
    told = why;
    await new Promise((done) => {
      setTimeout(done, (TRIES_SECONDS[round] ?? 30) * 1000);
      addEventListener("online", done, { once: true });
    });
  }
}

/** What is left to send is there, or given up: nothing of it stays on this device. @param {T.Talk} talk */
export function delivered(talk) {
  talk.left = undefined;
  if (talk.kept) keep(talk, false);
}

/** Keeps what is left to send on this device, or takes it away. Called only after somebody asked for it. @type {T.Keep} */
export function keep(talk, wanted) {
  const { key, collector, placement, receipt, left } = talk;
  try {
    if (wanted) localStorage.setItem(KEPT + key, JSON.stringify({ collector, placement: placement.key, receipt, ...left }));
    else localStorage.removeItem(KEPT + key);
    talk.kept = wanted;
  } catch {
    talk.kept = false;
  }
}

/** While the collector cannot be reached: that nothing is lost, the plain form, a telephone number, and to keep it here until then. @type {T.Failure} */
export function failure(talk, texts, problem) {
  const { away, form, keep: wish } = texts.failed;
  if (problem.working) return [problem.working];
  const { form_url } = talk.placement;
  const query = talk.about ? `?${new URLSearchParams(JSON.parse(JSON.stringify(talk.about)))}` : "";
  const box = el("input", { type: "checkbox", checked: talk.kept, onchange() {
    keep(talk, box.checked);
    box.checked = !!talk.kept;
  } });
  return [problem.detail ?? away, " ", el("a", { href: form_url + query }, form), ". ", ...call(talk),
    ...(problem.type || !talk.left ? [] : [el("span", { className: "row" }, el("label", {}, box, wish))])];
}

/** The first number that answers, to press. @param {T.Talk} talk @returns {T.Parts} */
export function call({ placement: { call: first } }) {
  return first ? [el("a", { href: `tel:${first.phone.replace(/\s/g, "")}` }, `${first.name}, ${first.phone}`)] : [];
}
