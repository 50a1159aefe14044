import assert from "node:assert/strict";
import { test } from "node:test";

import { Api, Problem } from "../../dashboard/api.js";

function answering(status, body, type = "application/json") {
  const asked = [];
  const fetch = async (path, options) => {
    asked.push({ path, ...options });
    return new Response(status === 204 ? null : typeof body === "string" ? body : JSON.stringify(body), { status, headers: { "content-type": type } });
  };
  return { api: new Api(fetch, "nl"), asked };
}

test("a list is asked with its filters, in the reader's language", async () => {
  const { api, asked } = answering(200, { items: [], next: null });
  assert.deepEqual(await api.submissions({ q: "deur & raam", limit: "50" }), { items: [], next: null });
  assert.equal(asked[0].path, "/api/submissions?q=deur+%26+raam&limit=50");
  assert.equal(asked[0].headers["accept-language"], "nl");
});

test("a status is set with the revision that was seen", async () => {
  const { api, asked } = answering(200, { id: 7 });
  await api.triage({ id: 7, revision: 3 }, { status: "read" });
  assert.equal(asked[0].method, "PATCH");
  assert.equal(asked[0].path, "/api/submissions/7");
  assert.deepEqual(JSON.parse(asked[0].body), { status: "read", revision: 3 });
});

test("a refusal is a Problem with its words", async () => {
  const told = { type: "/problems/stale", title: "Intussen veranderd", status: 412, detail: "Bekijk de nieuwe versie." };
  const { api } = answering(412, told, "application/problem+json");
  await assert.rejects(api.triage({ id: 1, revision: 1 }, { status: "read" }), (error) => {
    assert.ok(error instanceof Problem);
    assert.deepEqual([error.status, error.title, error.detail, error.code], [412, "Intussen veranderd", "Bekijk de nieuwe versie.", "stale"]);
    return true;
  });
});

test("a refusal that is no JSON, as a proxy gives it, is a Problem too", async () => {
  const { api } = answering(502, "<h1>Bad gateway</h1>", "text/html");
  await assert.rejects(api.me(), { name: "Problem", status: 502, title: "", code: "502" });
});

test("no answer at all is a Problem with status 0", async () => {
  const api = new Api(async () => {
    throw new TypeError("network");
  }, "nl");
  await assert.rejects(api.me(), { name: "Problem", status: 0, code: "no_answer" });
});

test("what was given up by the page is not told as a problem", async () => {
  const away = new AbortController();
  const api = new Api(async (_, { signal }) => {
    away.abort();
    signal.throwIfAborted();
  }, "nl");
  await assert.rejects(api.submissions({}, away.signal), { name: "AbortError" });
});

test("an answer without a body is null", async () => {
  const { api } = answering(204);
  assert.equal(await api.signOut(), null);
});
