/**
 * Reads a screen aloud, with a voice that lives on the device: nothing that stands there is sent anywhere to be spoken. Without
 * such a voice in a language there is nothing to press in it.
 */

const PARTS = "h1, h2, p, legend, label, li, button";
const SECRET = ".code, .said, [data-does='aloud']"; // a hall need not hear whose code it is

export class Aloud {
  #synthesis = globalThis.speechSynthesis;

  /** @param {() => void} changed the device has other voices than before */
  constructor(changed) {
    this.#synthesis?.addEventListener("voiceschanged", changed);
  }

  /** @param {string} language */
  can(language) {
    return !!this.#voice(language);
  }

  /** What is shown in it, from the top; not what somebody types. @param {HTMLElement} screen @param {string} language */
  read(screen, language) {
    this.stop();
    for (const node of screen.querySelectorAll(PARTS)) {
      if (node.matches(SECRET) || node.querySelector("button") || !node.checkVisibility()) continue;
      const said = new SpeechSynthesisUtterance(node.textContent ?? "");
      said.lang = language;
      said.voice = this.#voice(language) ?? null;
      this.#synthesis.speak(said);
    }
  }

  stop() {
    this.#synthesis?.cancel();
  }

  /** @param {string} language */
  #voice(language) {
    return this.#synthesis?.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
  }
}
