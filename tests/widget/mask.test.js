import assert from "node:assert/strict";
import { before, test } from "node:test";

/** @type {typeof import("../../widget/mask.js")} */
let mask;

before(async () => {
  // the element file speaks to a browser; what is tested here needs none of it
  Object.assign(globalThis, {
    CSSStyleSheet: class { replaceSync() {} },
    HTMLElement: class {},
    customElements: { get: () => undefined, define: () => {} },
  });
  mask = await import("../../widget/mask.js");
});

test("a national number is known by its checksum, before and after the year 2000", () => {
  assert.equal(mask.isNationalNumber("85.07.30-033.28"), true);
  assert.equal(mask.isNationalNumber("85.07.30-033.29"), false);
  const first = "010101001";
  const check = String(97 - ((2_000_000_000 + Number(first)) % 97)).padStart(2, "0");
  assert.equal(mask.isNationalNumber(first + check), true);
});

test("what looks private in a sentence is found, and ordinary numbers are not", () => {
  assert.deepEqual(mask.privateParts("mijn nummer 85.07.30-033.28 en jan@voorbeeld.be").map((part) => part.kind), ["national_number", "email"]);
  assert.deepEqual(mask.privateParts("op 24/11/2026 om 10:30, dossier 12345678901, 1.250,00 euro"), []);
});
