/**
 * The big screen: one voice, as large as it fits, and nothing that moves by itself.
 *
 * @import { Tongue } from "../elements/article.js"
 * @import { Voices } from "./voices.js"
 */

import { make, set } from "../elements/node.js";

const SIZES = ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"]; // see the style sheet; what does not fit the last one is scrolled
const FORWARD = ["ArrowRight", "PageDown", " ", "Enter"];
const BACK = ["ArrowLeft", "PageUp", "Backspace"];
const HIDE = ["b", "."]; // what remote controls for slides send

export class Screen {
  #tongue;
  #dialog;
  #failed;
  /** @type {Voices | null} */
  #voices = null;
  /** @type {{release: () => Promise<void>} | null} */
  #awake = null;
  #count = make("p", { class: "count", role: "status" });
  #words = make("p", { class: "words", tabindex: -1, id: "screen-words" });
  #stage = make("div", { class: "stage" }, this.#words);
  #context = make("p", { class: "about" });
  #back = make("button", { type: "button", "aria-keyshortcuts": "ArrowLeft" });
  #next = make("button", { type: "button", class: "main", "aria-keyshortcuts": "ArrowRight" });
  #end = make("button", { type: "button", "aria-keyshortcuts": "Escape" });

  /**
   * @param {HTMLDialogElement} dialog
   * @param {Tongue} tongue
   * @param {(error: unknown) => void} failed
   */
  constructor(dialog, tongue, failed) {
    this.#dialog = dialog;
    this.#tongue = tongue;
    this.#failed = failed;
    const { words } = tongue;
    for (const [button, key, press] of /** @type {const} */ ([[this.#back, "back", () => this.#step(false)], [this.#next, "next", () => this.#step(true)], [this.#end, "end", () => this.close()]])) {
      button.textContent = words.get(`meeting.${key}`);
      button.addEventListener("click", press);
    }
    set(dialog, { tabindex: -1, "aria-label": words.get("meeting.title") });
    dialog.replaceChildren(make("div", { class: "above" }, this.#count, this.#end), this.#stage, this.#context, make("div", { class: "doings" }, this.#back, this.#next));
    dialog.addEventListener("keydown", (event) => this.#key(event));
    dialog.addEventListener("close", () => this.#closed());
    document.addEventListener("fullscreenchange", () => {
      if (!document.fullscreenElement && this.#dialog.open) this.close();
    });
    document.addEventListener("visibilitychange", () => void this.#stayOn());
    new ResizeObserver(() => this.#fit()).observe(this.#stage);
  }

  /** @param {Voices} voices */
  async open(voices) {
    this.#voices = voices;
    this.#words.textContent = "";
    this.#dialog.classList.remove("hidden-words");
    this.#dialog.showModal();
    // where a browser gives no full screen, its window does
    await this.#dialog.requestFullscreen?.({ navigationUI: "hide" }).catch(() => undefined);
    void this.#stayOn();
    this.#step(true);
  }

  close() {
    if (this.#dialog.open) this.#dialog.close();
  }

  /** Something of what is shown has changed. */
  redraw() {
    if (this.#voices) this.#draw(this.#voices);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target instanceof HTMLButtonElement && (key === " " || key === "Enter")) return; // it is pressed
    if (HIDE.includes(key)) this.#hide();
    else if (FORWARD.includes(key)) this.#step(true);
    else if (BACK.includes(key)) this.#step(false);
    else return;
    event.preventDefault();
  }

  /** An empty screen, or the words again. What is not there cannot have the focus, and keys go where it is. */
  #hide() {
    const hidden = this.#dialog.classList.toggle("hidden-words");
    (hidden ? this.#dialog : this.#words).focus({ preventScroll: true });
  }

  /** @param {boolean} forward */
  #step(forward) {
    const voices = this.#voices;
    if (!voices) return;
    set(this.#dialog, { "aria-busy": "true" });
    const moved = forward ? voices.forward() : Promise.resolve(voices.back());
    moved.then((did) => {
      if (voices !== this.#voices) return;
      set(this.#dialog, { "aria-busy": "false" });
      if (did) this.#draw(voices);
    }, (error) => {
      set(this.#dialog, { "aria-busy": "false" });
      this.close();
      this.#failed(error);
    });
  }

  /** @param {Voices} voices */
  #draw(voices) {
    const { words, says } = this.#tongue;
    const { now } = voices;
    const ended = voices.ended;
    this.#dialog.classList.remove("hidden-words");
    this.#dialog.classList.toggle("ended", ended || !now || now.gone);
    this.#count.textContent = ended ? "" : words.get("meeting.place", { n: voices.place, of: Math.max(voices.number, voices.place) });
    if (ended || !now) {
      this.#words.textContent = words.get(voices.number ? "meeting.ended" : "meeting.nobody");
      set(this.#words, { lang: words.language, dir: null });
      this.#context.textContent = "";
    } else if (now.gone) {
      this.#words.textContent = words.get("meeting.gone");
      set(this.#words, { lang: words.language, dir: null });
      this.#context.textContent = "";
    } else {
      const { submission } = now;
      this.#words.textContent = submission.text;
      set(this.#words, { lang: submission.language ?? "", dir: "auto" });
      const answer = says.answer(submission);
      const where = submission.decision ? says.decision(submission.decision) : says.placement(submission.placement);
      this.#context.replaceChildren(...[answer?.said, ...says.weight(submission), where].filter(Boolean).flatMap((one, place) => [place ? " · " : "", make("bdi", {}, one)]));
    }
    this.#back.disabled = voices.first;
    this.#next.disabled = ended;
    this.#stage.scrollTop = 0;
    this.#fit();
    this.#words.focus({ preventScroll: true });
  }

  /** The largest size in which all of it stands on the screen. */
  #fit() {
    for (const size of SIZES) {
      this.#words.className = `words ${size}`;
      if (this.#stage.scrollHeight <= this.#stage.clientHeight && this.#stage.scrollWidth <= this.#stage.clientWidth) return;
    }
  }

  /** The screen does not go dark while people read. A browser that cannot do this does as its owner has set. */
  async #stayOn() {
    if (!this.#dialog.open || document.hidden || !navigator.wakeLock) return;
    this.#awake = await navigator.wakeLock.request("screen").catch(() => null);
  }

  #closed() {
    this.#voices = null;
    this.#words.textContent = "";
    this.#context.textContent = "";
    void this.#awake?.release().catch(() => undefined);
    this.#awake = null;
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  }
}
