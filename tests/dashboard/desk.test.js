import assert from "node:assert/strict";
import { test } from "node:test";

import { Problem } from "../../dashboard/api.js";
import { deskAddress, deskLink, newLink, wordsLink } from "../../dashboard/desk/address.js";
import { Board } from "../../dashboard/desk/board.js";
import { daysAfter, daysBetween, today } from "../../dashboard/desk/days.js";
import { ordered, pathOf, pressing } from "../../dashboard/desk/order.js";
import { feltLine } from "../../dashboard/desk/stand.js";
import { stepsFrom, waitingLinks } from "../../dashboard/desk/steps.js";
import { parseView } from "../../dashboard/filter.js";
import { lines, line, work } from "./decisions.js";

test("an address of the desk survives the way there and back, and no other is taken for one", () => {
  assert.deepEqual(deskAddress("#desk"), { part: "list", key: null, theme: null, page: null });
  assert.deepEqual(deskAddress(deskLink("bike-street")), { part: "stand", key: "bike-street", theme: null, page: null });
  assert.deepEqual(deskAddress(deskLink("bike-street", "text")).part, "text");
  const page = "https://www.town.example/a b?c=d&e";
  assert.deepEqual(deskAddress(newLink({ theme: 12, page })), { part: "new", key: null, theme: 12, page });
  assert.equal(deskAddress("#desk/KEY%3Cscript%3E").part, "list");
  for (const other of ["", "#", "#decision=desk", "#desktop", "#q=desk/new"]) assert.equal(deskAddress(other), null);
});

test("a figure leads to a view that the room knows", () => {
  const [grave, unsorted] = waitingLinks("bike-street", { unsorted: 4, themes: 0, grave_unread: 1, waiting: 0 });
  assert.deepEqual(parseView(grave.href).filter, { decision: "bike-street", grave: "1" });
  assert.deepEqual(parseView(unsorted.href).filter, { decision: "bike-street", theme: "none" });
  assert.deepEqual(parseView(wordsLink("bike-street", { waiting: "1" })).filter, { decision: "bike-street", waiting: "1" });
});

test("what is late comes first, then what is grave, then what closes first; drafts after, and what is over apart", () => {
  const all = lines({
    decisions: [
      line("draft", { state: "draft" }), line("later", { closes_at: 900 }), line("sooner", { closes_at: 500 }),
      line("grave", { closes_at: 999, grave_unread: 1 }), line("late", { closes_at: 1_000 }),
      line("gone", { state: "withdrawn" }), line("done", { state: "decided" }), line("owed", { state: "decided", unsorted: 3 }),
    ],
    overdue: [{ kind: "theme.answer", subject_id: 1, day: "2026-01-01", decision: "late", theme: { nl: "x" } }],
  });
  const { now, over } = ordered(all);
  assert.deepEqual(now.map(({ key }) => key), ["late", "grave", "sooner", "later", "owed", "draft"]);
  assert.deepEqual(new Set(over.map(({ key }) => key)), new Set(["gone", "done"]));
  assert.equal(pressing(all), 2);
});

test("a page becomes the beginning of a pattern", () => {
  assert.equal(pathOf("https://www.town.example/allowance/apply?x=1#y"), "/allowance/apply");
  assert.equal(pathOf("/allowance"), "/allowance");
  assert.equal(pathOf("http://["), null);
});

test("days are counted where the agency is, over the night in which the clock changes", () => {
  assert.equal(today("Europe/Brussels", Date.UTC(2026, 2, 13, 23, 30)), "2026-03-14");
  assert.equal(daysAfter("2026-03-28", 2), "2026-03-30");
  assert.equal(daysAfter("2026-12-18", 28), "2027-01-15");
  assert.equal(daysBetween("2026-10-24", "2026-10-26"), 2);
  assert.equal(daysBetween("2026-10-24", "2026-10-20"), -4);
});

test("a step is offered only where it may be taken", () => {
  assert.deepEqual(stepsFrom("draft"), []);
  assert.deepEqual(stepsFrom("withdrawn"), ["reopen"]);
  assert.deepEqual(stepsFrom("merged"), []);
  assert.ok(stepsFrom("published").includes("decided") && !stepsFrom("decided").includes("decided"));
});

test("no share is said of fewer than thirty who came back", () => {
  const words = { get: (key, values) => `${key}${JSON.stringify(values)}` };
  assert.doesNotMatch(feltLine({ answered: 214, came_back: 29, heard: 12, not_really: 9, again: 8 }, words), /share/);
  assert.match(feltLine({ answered: 214, came_back: 31, heard: 12, not_really: 9, again: 10 }, words), /"share":39,"n":31/);
});

/** A collector of one decision, as the board asks it. */
class Asked {
  asked = 0;
  stands = work();
  async lines() {
    this.asked += 1;
    return lines({ decisions: [line("bike-street")] });
  }
  async work() {
    return this.stands;
  }
  async themes() {
    return [];
  }
  async write(key, { revision, because, ...changes }) {
    if (revision !== this.stands.revision) throw new Problem(412, "Changed meanwhile", "", "stale", { current: this.stands });
    this.stands = { ...this.stands, revision: revision + 1, file: { ...this.stands.file, ...changes } };
    return this.stands;
  }
}

const until = async (holds) => {
  for (let turns = 0; !holds() && turns < 2_000; turns += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(holds());
};

async function board() {
  const client = new Asked();
  let drawn = 0;
  const made = new Board(client, { draw: () => (drawn += 1), failed: (error) => assert.fail(String(error)) });
  made.show(deskAddress("#desk/bike-street"));
  await until(() => made.work);
  return { made, client, drawn: () => drawn };
}

test("what comes in while nobody types is what stands in the form; what is typed is left alone", async () => {
  const { made, client } = await board();
  const { draft } = made;
  client.stands = work({ revision: 2 }, { owner: "The council" });
  made.apply([{ cursor: 1, change: "decision.changed", at: 0, by: "An", id: 1, submission: null, act: { decision: "bike-street", theme: null } }]);
  await until(() => draft.file.owner === "The council");
  draft.file.title.nl = "Mijn titel";
  client.stands = work({ revision: 3 }, { owner: "The mayor" });
  made.refresh();
  await until(() => made.work.revision === 3);
  assert.equal(draft.file.title.nl, "Mijn titel");
  assert.equal(draft.file.owner, "The council");
  assert.deepEqual(made.unsaved, ["bike-street"]);
});

test("who saves second is shown both, loses nothing, and stores both with the next press", async () => {
  const { made, client } = await board();
  const { draft } = made;
  draft.file.title.nl = "Mijn titel";
  client.stands = work({ revision: 2, history: [{ cursor: 1, change: "decision.changed", at: 0, by: "An" }] }, { owner: "The council", title: { nl: "Haar titel", fr: "Une rue" } });
  assert.equal(await made.write("bike-street", draft, { title: draft.file.title }), false);
  assert.deepEqual(draft.clashes.map(({ path, mine, theirs }) => [path, mine, theirs]), [["title.nl", "Mijn titel", "Haar titel"]]);
  assert.deepEqual(draft.taken, ["owner"]);
  assert.equal(draft.other, "An");
  draft.choose("title.nl", "Mijn titel");
  assert.equal(await made.write("bike-street", draft, { title: draft.file.title }), true);
  assert.equal(client.stands.file.title.nl, "Mijn titel");
  assert.equal(client.stands.file.owner, "The council");
  assert.deepEqual(made.unsaved, []);
});

test("what is typed while it is being stored is not lost", async () => {
  const { made, client } = await board();
  const { draft } = made;
  draft.file.title.nl = "Een";
  const { write } = client;
  client.write = async (...given) => {
    draft.file.title.nl = "Een en nog iets";
    return write.apply(client, given);
  };
  await made.write("bike-street", draft, { title: { nl: "Een", fr: "Une rue" } });
  assert.equal(draft.file.title.nl, "Een en nog iets");
  assert.ok(draft.dirty);
});

test("a hundred voices ask for the desk once", async () => {
  const { made, client } = await board();
  const before = client.asked;
  const came = Array.from({ length: 100 }, (_, at) => ({ cursor: at, change: "submission.received", at, by: null, id: at, submission: { decision: "bike-street" } }));
  for (const change of came) made.apply([change]);
  await until(() => client.asked === before + 1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(client.asked, before + 1);
});
