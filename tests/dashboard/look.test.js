import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../../dashboard/styles/", import.meta.url);
const base = readFileSync(new URL("base.css", folder), "utf8");
const styles = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n");

/** The colours of a theme by name. */
function theme(dark) {
  const blocks = [...base.matchAll(/:root \{([^}]*)\}/g)].map((match) => match[1]);
  const colours = {};
  for (const block of dark ? blocks : blocks.slice(0, 1)) {
    for (const [, name, value] of block.matchAll(/--([a-z-]+): (#[0-9a-f]{3,6})/g)) colours[name] = value;
  }
  return colours;
}

/** WCAG 2.2, relative luminance of `#rgb` or `#rrggbb`. */
function luminance(colour) {
  const hex = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join("") : colour.slice(1);
  const [red, green, blue] = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

test("every pair of text and ground has 4.5 to 1, lines of controls and the focus 3 to 1", () => {
  for (const dark of [false, true]) {
    const colours = theme(dark);
    const text = [["ink", "paper"], ["soft", "paper"], ["accent", "paper"], ["badly", "paper"], ["ink", "wash"], ["soft", "wash"], ["accent", "wash"], ["badly", "wash"], ["on-accent", "accent"], ["paper", "ink"]];
    for (const [one, other] of text) {
      assert.ok(contrast(colours[one], colours[other]) >= 4.5, `${dark ? "dark" : "light"} ${one} on ${other}: ${contrast(colours[one], colours[other])}`);
    }
    for (const [one, other] of [["edge", "paper"], ["edge", "wash"], ["accent", "paper"], ["accent", "wash"], ["accent", "bar"], ["badly", "bar"]]) {
      assert.ok(contrast(colours[one], colours[other]) >= 3, `${dark ? "dark" : "light"} ${one} beside ${other}: ${contrast(colours[one], colours[other])}`);
    }
  }
});

test("there are four sizes of type, one radius, and no other colours than the named ones", () => {
  const sizes = new Set([...styles.matchAll(/font(?:-size)?: (?:600 )?(var\(--[a-z]+\)|[0-9.]+rem)/g)].map((match) => match[1]));
  assert.deepEqual([...sizes].sort(), ["var(--large)", "var(--plain)", "var(--small)", "var(--words)"]);
  assert.deepEqual(new Set([...styles.matchAll(/border-radius: ([^;]+);/g)].map((match) => match[1])), new Set(["2px", "6px", "50%"]));
  const rules = styles.replace(/:root \{[^}]*\}/g, "");
  assert.doesNotMatch(rules, /#[0-9a-f]{3,8}\b(?=[^{]*;)/i);
});

test("nothing comes from elsewhere and nothing hides the focus", () => {
  assert.doesNotMatch(styles, /url\(|@import|@font-face/);
  const removed = [...styles.matchAll(/([^{}]+)\{[^}]*outline: none/g)].map((match) => match[1].trim());
  assert.deepEqual(removed, ["main > section:focus"]);
  assert.match(styles, /main > section:focus-visible \{ outline: 3px/);
});
