import assert from "node:assert/strict";
import { test } from "node:test";
import { calendar } from "../../widget/calendar.js";

const at = new Date(2026, 11, 31);

test("the entry is a whole day and goes over the end of the year", () => {
  const file = calendar({ at, title: "Kijken", address: "https://a.example/r", code: "" });
  assert.match(file, /DTSTART;VALUE=DATE:20261231\r\n/);
  assert.match(file, /DTEND;VALUE=DATE:20270101\r\n/);
  assert.ok(file.startsWith("BEGIN:VCALENDAR\r\n") && file.endsWith("END:VCALENDAR\r\n"));
});

test("the code stands in it only when it is asked for", () => {
  assert.ok(!calendar({ at, title: "x", address: "https://a.example/r", code: "" }).includes("ABCDE"));
  assert.ok(calendar({ at, title: "x", address: "https://a.example/r", code: "ABCDE" }).includes("ABCDE"));
});

test("text is escaped and no line is over 75 bytes", () => {
  const file = calendar({ at, title: `Woorden; met, tekens \\ en é${"é".repeat(90)}`, address: "https://a.example/r", code: "" });
  assert.ok(file.includes("SUMMARY:Woorden\\; met\\, tekens \\\\ en"));
  for (const line of file.split("\r\n")) assert.ok(new TextEncoder().encode(line).length <= 75, line);
});
