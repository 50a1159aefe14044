/**
 * Which decision a page about who is heard looks at.
 *
 * @import { Themes } from "../themes/themes.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { HearingPart } from "./address.js"
 */

import { make } from "../elements/node.js";
import { hearingLink } from "./address.js";

/**
 * Fills `root` with the choice; hides it where there is nothing to choose.
 * @param {HTMLElement} root
 * @param {HearingPart} part
 * @param {string | null} decision
 * @param {Themes} themes
 * @param {Tongue} tongue
 */
export function decisionChoice(root, part, decision, themes, { words, says }) {
  const keys = themes.decisions.filter(({ voices }) => voices).map(({ key }) => key);
  root.hidden = !keys.length;
  const shape = JSON.stringify([keys, decision]);
  if (root.dataset.shape === shape) return;
  root.dataset.shape = shape;
  const id = `${part}-decision`;
  const select = make("select", { id }, make("option", { value: "" }, words.get("radar.everything")),
    ...keys.map((key) => make("option", { value: key, selected: key === decision }, says.decision(key))));
  select.addEventListener("change", () => (location.hash = hearingLink(part, select.value || null)));
  root.replaceChildren(make("label", { for: id }, words.get("radar.of")), select);
}
