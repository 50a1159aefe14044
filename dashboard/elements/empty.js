/**
 * A stream without voices teaches: how they come, and what one will look like.
 *
 * @import { Me } from "../types.js"
 * @import { Words } from "../words.js"
 */

import { CONTACTS } from "../contacts/address.js";
import { NEW, setupLink } from "../setup/address.js";
import { glyph } from "./glyph.js";
import { make } from "./node.js";

/**
 * Nothing was ever said here: what is still to be done, in its order, and where.
 * @param {Me} me
 * @param {string} origin of the collector
 * @param {Words} words
 */
export function firstSteps(me, origin, words) {
  const placement = me.placements[0];
  const key = placement?.key ?? "KEY";
  const form = `${origin}/f/${key}`;
  const snippet = [
    `<script type="module" src="${origin}/widget/v1/tijdens.js"></script>`,
    `<tijdens-feedback placement="${key}" collector="${origin}">`,
    `  <a href="${form}">${words.get("empty.link")}</a>`,
    "</tijdens-feedback>",
  ].join("\n");
  const manages = me.role === "admin";
  const step = (/** @type {string} */ said, /** @type {(Node | null)[]} */ ...more) => make("li", {}, make("p", {}, words.get(said)), ...more);
  const door = (/** @type {string} */ href, /** @type {string} */ said) => (manages ? make("p", {}, make("a", { href }, words.get(said))) : make("p", { class: "hint" }, words.get("empty.who")));
  const steps = make("ol", {});
  if (!placement) steps.append(step("empty.placement", door(setupLink(NEW), "setup.new")));
  if (!placement?.live) steps.append(step("empty.contacts", door(CONTACTS, "place.contacts")));
  if (placement) {
    steps.append(
      step("empty.send", make("p", {}, make("a", { href: form, target: "_blank", rel: "noopener" }, form))),
      step("empty.embed", make("pre", { tabindex: 0 }, make("code", {}, snippet)), manages ? door(setupLink(key), "setup.ways") : null),
      step("empty.watch"),
    );
  }
  return make("div", { class: "empty" }, make("p", { class: "lead" }, words.get("empty.none")), steps);
}

/**
 * Nothing in this view.
 * @param {string} all the address of everything
 * @param {Words} words
 */
export function nothingHere(all, words) {
  return make(
    "div",
    { class: "empty" },
    make("p", { class: "lead" }, words.get("empty.view")),
    make("p", {}, make("a", { href: all }, words.get("empty.all"))),
  );
}

/** What will appear, where it will appear. @param {Words} words */
export function example(words) {
  return make(
    "figure",
    { class: "example" },
    make("figcaption", {}, words.get("empty.example")),
    make("p", { class: "words" }, words.get("empty.example_words")),
    make("p", { class: "sayings" }, make("span", { class: "answer" }, glyph("hard"), words.get("outcome.hard"))),
    make("p", { class: "context" }, words.get("empty.example_context")),
  );
}
