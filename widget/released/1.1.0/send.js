// Sending, and sending again: the same key goes with every try, so nothing is ever stored twice.

import { el } from "./tijdens.js";

/** @import * as T from "./types.d.ts" */

const TRIES_SECONDS = [2, 4, 8, 15, 30];

/** One request to the collector, tried until it is answered for good. @type {T.Deliver} */
export async function deliver(talk, method, body, waiting) {
  const post = method === "POST";
  for (let round = 0; ; round++) {
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
        waiting({ working: true });
        const proof = await (await import("./proof.js")).solve(problem.challenge);
        if (proof) {
          body = { ...body, proof };
          continue;
        }
      } else if (response.status < 429) throw { problem };
    } catch (error) {
      if (/** @type {any} */ (error).problem) throw error;
    }
    waiting(problem ?? {});
    await new Promise((done) => {
      setTimeout(done, (TRIES_SECONDS[round] ?? 30) * 1000);
      addEventListener("online", done, { once: true });
    });
  }
}

/** While the collector cannot be reached: that nothing is lost, the plain form, a telephone number. @type {T.Failure} */
export function failure(talk, texts, problem) {
  const { away, form, working } = texts.failed;
  if (problem.working) return [working];
  const { form_url, contact_points } = talk.placement;
  const query = talk.about ? `?${new URLSearchParams(JSON.parse(JSON.stringify(talk.about)))}` : "";
  return [problem.detail ?? away, " ", el("a", { href: form_url + query }, form), ". ", ...call(contact_points)];
}

/** The first number that answers, to press. @param {T.ContactPoint[]} points */
export const call = (points) => points.filter((point) => point.phone).slice(0, 1).map(({ name, phone }) => el("a", { href: `tel:${phone?.replace(/\s/g, "")}` }, `${name}, ${phone}`));

/** Tells the page that carries the widget. @type {T.Tell} */
export const tell = (talk, name, detail) => talk.host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
