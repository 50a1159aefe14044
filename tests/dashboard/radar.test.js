import assert from "node:assert/strict";
import { test } from "node:test";

import { hearingAddress, hearingLink } from "../../dashboard/radar/address.js";
import { percent, stepped } from "../../dashboard/radar/numbers.js";
import { across, BANDS, column, isNarrow, lines, marks, RADIUS, sheet, upright } from "../../dashboard/radar/place.js";

const point = (theme, height, reach, name = "Leveren voor de winkels") => ({ theme, name: { nl: name }, decision: null, severity: 6 - Math.floor(height), gravest: 1, height, reach, grave: 0, unread: 0, levels: [], answered: false, burst: 0 });
const named = ({ name }) => name.nl;

test("numbers leave the house in steps of five, and nothing under five", () => {
  assert.deepEqual([0, 4, 5, 9, 10, 1_634].map(stepped), [null, null, 5, 5, 10, 1_630]);
  assert.deepEqual([0, 0.0068, 0.4, 1].map((share) => percent(share, { language: "en" })), ["0%", "0.7%", "40%", "100%"]);
});

test("an address of the radar says which part and of which decision, and nothing else is one", () => {
  assert.deepEqual(hearingAddress("#radar"), { part: "radar", decision: null });
  assert.deepEqual(hearingAddress(hearingLink("radar", "school-street")), { part: "radar", decision: "school-street" });
  assert.deepEqual(hearingAddress("#rules?decision=school-street"), { part: "rules", decision: "school-street" });
  assert.deepEqual(hearingAddress(hearingLink("silence", "school-street")), { part: "silence", decision: null });
  assert.equal(hearingAddress("#radar?decision=<b>").decision, null);
  for (const other of ["", "#", "#desk", "#theme=4", "#radars"]) assert.equal(hearingAddress(other), null, other);
});

test("what is graver stands higher, and every point stands whole within its own band", () => {
  const of = sheet(1000, 500);
  let last = Infinity;
  for (let height = 0; height < BANDS; height += 0.05) {
    const y = upright(of, height);
    assert.ok(y <= last);
    last = y;
    const floor = of.top + (BANDS - Math.floor(height)) * of.band;
    assert.ok(y + RADIUS <= floor && y - RADIUS >= floor - of.band, String(height));
  }
});

test("each line of the scale is ten times the one before, equally far from it, and reach never leaves the sheet", () => {
  for (const width of [280, 700, 1100]) {
    const of = sheet(width, 34_000);
    assert.deepEqual(lines(of), [10, 100, 1000, 10_000, 100_000]);
    const [one, two, three] = lines(of).map((value) => across(of, value));
    assert.ok(Math.abs(three - two - (two - one)) < 0.01);
    assert.ok(across(of, 2) > of.one && across(of, 10_000_000) <= of.right);
    let last = 0;
    for (let reach = 2; reach < 100_000; reach *= 3) {
      assert.ok(across(of, reach) >= last);
      last = across(of, reach);
    }
  }
});

test("names never lie on a point or on another name, and the gravest is named first", () => {
  const of = sheet(1000, 900);
  const points = Array.from({ length: 60 }, (_, place) => point(place, 6.9 - place * 0.11, 2 + ((place * 37) % 900)));
  const found = marks(of, points, named);
  assert.equal(found.length, 60);
  const boxes = found.filter((mark) => mark.label).map(({ label }) => ({ x: label.end ? label.x - label.text.length * 6.7 : label.x, y: label.y, width: label.text.length * 6.7 }));
  assert.ok(boxes.length > 5 && found[0].label);
  boxes.forEach((box, place) => {
    for (const other of boxes.slice(place + 1)) assert.ok(Math.abs(box.y - other.y) >= 16 || box.x + box.width <= other.x || other.x + other.width <= box.x);
    for (const { x, y } of found) assert.ok(Math.abs(box.y - y) >= 16 || x + RADIUS <= box.x || box.x + box.width <= x - RADIUS);
  });
});

test("single voices stand side by side in their own column, and those without room are a number", () => {
  const alone = Array.from({ length: 90 }, (_, id) => ({ submission: { id }, height: 5.2 }));
  for (const width of [280, 1000]) {
    const of = sheet(width, 10);
    const { themes, singles, rest } = column(of, [point(1, 5.2, 1), point(2, 5.2, 9)], alone, [0, 400, 0]);
    assert.equal(themes.length, 1);
    assert.equal(singles.length + rest.reduce((sum, { number }) => sum + number, 0), 400);
    const places = new Set(singles.map(({ x, y }) => `${x} ${y}`));
    assert.equal(places.size, singles.length);
    for (const { x, y } of singles) assert.ok(x > of.left && x < of.one && y > of.top + of.band && y < of.top + 2 * of.band);
    assert.deepEqual(column(of, [], alone.slice(0, 3), [0, 3, 0]).rest, []);
    assert.equal(isNarrow(of), width === 280);
  }
});
