// Sending, and sending again: the same key goes with every try, so nothing is ever stored twice.

import { el } from "./tijdens.js";

/** @typedef {import("./tijdens.js").Talk} Talk */

const TRIES_MS = [2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * One request to the collector, tried until it is answered for good.
 * @param {Talk} talk
 * @param {string} method
 * @param {Record<string, any>|null} body
 * @param {(problem: any) => void} waiting is told why it takes longer, null when it goes on
 * @returns {Promise<any>} the answer; rejects with the problem that trying again would not mend
 */
export async function deliver(talk, method, body, waiting) {
  const post = method === "POST";
  /** @type {any} */
  let sent = body;
  for (let round = 0; ; round++) {
    let problem = null;
    try {
      const response = await fetch(`${talk.collector}/api/${post ? "submissions" : "receipt"}`, {
        method,
        keepalive: true,
        headers: post ? { "content-type": "text/plain" } : { authorization: `Receipt ${talk.receipt}`, "content-type": "application/json" },
        body: sent && JSON.stringify(sent),
      });
      const answer = await response.json().catch(() => ({}));
      if (response.ok) {
        waiting(null);
        return answer;
      }
      problem = answer;
      if (answer.challenge) {
        waiting({ working: true });
        const { solve } = await import("./proof.js");
        const proof = await solve(answer.challenge);
        if (proof) {
          sent = { ...sent, proof };
          continue;
        }
      } else if (response.status < 429) {
        throw Object.assign(new Error(answer.title), { problem: answer });
      }
    } catch (error) {
      if (error instanceof Error && "problem" in error) throw error;
    }
    waiting(problem ?? {});
    await pause(TRIES_MS[Math.min(round, TRIES_MS.length - 1)]);
  }
}

/**
 * Waits so long, or until the network is back.
 * @param {number} milliseconds
 */
function pause(milliseconds) {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
    addEventListener("online", done, { once: true });
  });
}

/**
 * What stands there while the collector cannot be reached: that nothing is lost, the plain form, a telephone number.
 * @param {Talk} talk
 * @param {any} words
 * @param {any} problem
 */
export function failure(talk, words, problem) {
  if (problem.working) return [words.failed.working];
  const phone = talk.placement.contact_points.find((point) => point.phone);
  const parts = [problem.detail ?? words.failed.away, " ", el("a", { href: talk.placement.form_url }, words.failed.form), "."];
  if (phone) parts.push(" ", el("a", { href: `tel:${phone.phone?.replace(/\s/g, "")}`, className: "number" }, `${phone.name}, ${phone.phone}`));
  return parts;
}

/**
 * Tells the page that carries the widget.
 * @param {Talk} talk
 * @param {string} name
 * @param {Record<string, any>} detail
 */
export function tell(talk, name, detail) {
  talk.host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
