/**
 * What to put into a page, from what needs nobody's leave to what needs most of it. Each can be copied.
 *
 * @import { Words } from "../words.js"
 * @import { Placed } from "./types.js"
 */

import { make } from "../elements/node.js";

/** @param {Placed} placed @param {Words} words */
export function ways({ snippet, form_url: form }, words) {
  const code = (/** @type {string} */ text, /** @type {string} */ name) => {
    const copied = make("span", { role: "status" });
    const copy = make("button", { type: "button", "aria-label": `${words.get("members.copy")}: ${name}` }, words.get("members.copy"));
    const shown = make("pre", { dir: "ltr", tabindex: 0, role: "group", "aria-label": name }, text);
    copy.addEventListener("click", async () => {
      const well = await navigator.clipboard.writeText(text).then(() => true, () => false);
      if (!well) getSelection()?.selectAllChildren(shown);
      copied.textContent = words.get(well ? "members.copied" : "members.select");
    });
    return make("div", { class: "code" }, shown, make("p", { class: "doings" }, copy, copied));
  };
  const way = (/** @type {string} */ name, /** @type {boolean} */ open, /** @type {HTMLElement[]} */ ...parts) =>
    make("details", { open, class: "way" }, make("summary", {}, words.get(`setup.way.${name}`)), make("p", { class: "hint" }, words.get(`setup.way.${name}_does`)), ...parts);
  const policy = (/** @type {string} */ text) => [make("p", { class: "hint" }, words.get("setup.policy")), code(text, words.get("setup.policy_name"))];
  return make(
    "section",
    { class: "ways", "aria-labelledby": "setup-ways" },
    make("h3", { id: "setup-ways" }, words.get("setup.ways")),
    way("pinned", true, code(snippet.pinned, words.get("setup.way.pinned")), ...policy(snippet.policy)),
    way("link", false, code(snippet.link, words.get("setup.way.link")), make("p", {}, make("a", { href: form, target: "_blank", rel: "noopener" }, form))),
    way("own", false, make("p", { class: "hint" }, words.get("setup.way.own_files", { files: snippet.files })), code(snippet.own, words.get("setup.way.own")), ...policy(snippet.own_policy)),
  );
}
