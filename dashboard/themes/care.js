/**
 * What can be done with a theme itself: another name, what had been expected, into another theme, into a decision.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { Expected } from "../desk/types.js"
 * @import { Language } from "../words.js"
 * @import { Themes } from "./themes.js"
 * @import { Theme } from "./types.js"
 */

import { picked } from "../desk/texts.js";
import { make } from "../elements/node.js";
import { TextFields } from "../elements/text_fields.js";

/**
 * @typedef {object} Caring
 * @property {Themes} themes
 * @property {readonly Language[]} required
 * @property {readonly Expected[]} expected of its decision
 * @property {(run: () => Promise<unknown>) => Promise<boolean>} attempt runs an act; false when it was refused
 * @property {(into: number) => void} merged
 */

/**
 * @param {Theme} theme
 * @param {Tongue} tongue
 * @param {Caring} caring
 */
export function care(theme, tongue, caring) {
  const { words } = tongue;
  return make(
    "details",
    { class: "care noprint" },
    make("summary", {}, words.get("care.title")),
    theme.decision === null ? make("p", {}, make("a", { href: `#desk/new?theme=${theme.id}` }, words.get("care.decide"))) : null,
    rename(theme, tongue, caring),
    theme.decision !== null && caring.expected.length ? expecting(theme, tongue, caring) : null,
    merge(theme, tongue, caring),
  );
}

/** @param {Theme} theme @param {Tongue} tongue @param {Caring} caring */
function rename(theme, { words }, { themes, required, attempt }) {
  const fields = new TextFields({ name: "rename", label: words.get("theme.name"), languages: required, words, lines: 1, limit: 300 });
  fields.write(theme.name);
  const form = make("form", {}, fields.node, make("p", { class: "doings" }, make("button", { type: "submit" }, words.get("care.rename"))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (fields.check()) void attempt(() => themes.write(theme, { name: { ...theme.name, ...fields.read() } }));
  });
  return form;
}

/** @param {Theme} theme @param {Tongue} tongue @param {Caring} caring */
function expecting(theme, { words }, { themes, expected, attempt }) {
  const choice = make("select", { id: "care-expected" }, make("option", { value: "" }, words.get("theme.unexpected")));
  for (const { key, text } of expected) {
    const said = picked(text, words.language);
    choice.append(make("option", { value: key, lang: said.lang, selected: key === theme.expected }, said.text || key));
  }
  choice.addEventListener("change", () => void attempt(() => themes.write(theme, { expected: choice.value || null })));
  return make("p", { class: "field" }, make("label", { for: "care-expected" }, words.get("care.expected")), choice);
}

/** @param {Theme} theme @param {Tongue} tongue @param {Caring} caring */
function merge(theme, { words, says }, { themes, attempt, merged }) {
  const others = themes.offered(theme.decision).filter(({ id, decision }) => id !== theme.id && (theme.decision === null || decision === theme.decision));
  if (!others.length) return null;
  const choice = make("select", { id: "care-merge" }, make("option", { value: "" }, words.get("care.choose")), ...others.map(({ id }) => make("option", { value: id }, says.theme(id))));
  const form = make("form", { class: "field" }, make("label", { for: "care-merge" }, words.get("care.merge")), choice, make("p", { class: "hint" }, words.get("care.merge_hint")), make("p", { class: "doings" }, make("button", { type: "submit" }, words.get("care.merge_do"))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const into = Number(choice.value);
    if (!into) return choice.focus();
    void attempt(() => themes.merge(theme.id, into)).then((well) => well && merged(into));
  });
  return form;
}
