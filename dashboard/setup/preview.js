/**
 * The real widget, on a plain page in a frame: as it is served at this moment, and not to be pressed.
 *
 * @import { Words } from "../words.js"
 * @import { Placed } from "./types.js"
 */

import { make, set } from "../elements/node.js";
import { LANGUAGE_NAMES } from "../words.js";

const PHONE = "320px";

export class Preview {
  #words;
  #language = make("select", { id: "preview-language" });
  #phone = make("input", { type: "checkbox", id: "preview-phone" });
  #box = make("div", { class: "frame", "aria-busy": "true" });
  #closed = make("p", { class: "lead" });
  /** @type {Placed | null} */
  #placed = null;
  #turn = 0;
  node;

  /** @param {Words} words */
  constructor(words) {
    this.#words = words;
    this.#language.addEventListener("change", () => void this.#draw());
    this.#phone.addEventListener("change", () => this.#narrow());
    this.node = make(
      "section",
      { class: "preview", "aria-labelledby": "setup-preview" },
      make("h3", { id: "setup-preview" }, words.get("setup.preview")),
      make("p", { class: "hint" }, words.get("setup.preview_does")),
      make("p", { class: "choices" }, make("label", { for: "preview-language" }, words.get("setup.preview_language")), this.#language, make("label", { class: "tick" }, this.#phone, " ", words.get("setup.preview_phone"))),
      this.#closed,
      this.#box,
    );
  }

  /** @param {Placed} placed */
  show(placed) {
    const chosen = this.#language.value || this.#words.language;
    this.#placed = placed;
    this.#language.replaceChildren(...placed.languages.map((code) => make("option", { value: code, lang: code, selected: code === chosen }, LANGUAGE_NAMES[code])));
    this.#closed.textContent = placed.live ? "" : this.#words.get("setup.not_live");
    this.#closed.hidden = placed.live;
    void this.#draw();
  }

  async #draw() {
    const placed = this.#placed;
    if (!placed) return;
    const turn = ++this.#turn;
    const language = this.#language.value;
    set(this.#box, { "aria-busy": "true" });
    // pages keep its document for a minute; who changes it sees at once what she changed
    await fetch(`/api/placements/${placed.key}?language=${language}`, { cache: "reload" }).catch(() => {});
    if (turn !== this.#turn) return;
    const frame = make("iframe", { src: `/preview/${placed.key}?lang=${language}`, title: this.#words.get("setup.preview"), tabindex: -1 });
    frame.addEventListener("load", () => {
      const page = frame.contentDocument?.documentElement;
      if (page) new ResizeObserver(() => (frame.style.blockSize = `${page.offsetHeight}px`)).observe(page);
      if (turn === this.#turn) set(this.#box, { "aria-busy": "false" });
    });
    this.#box.replaceChildren(frame);
    this.#narrow();
  }

  #narrow() {
    this.#box.style.maxInlineSize = this.#phone.checked ? PHONE : "";
  }
}
