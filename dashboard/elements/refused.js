/**
 * Why something was not done, beside where it was asked for.
 *
 * @import { Words } from "../words.js"
 */

import { Problem } from "../api.js";
import { make } from "./node.js";

export class Refused {
  #words;
  node = make("p", { role: "alert", class: "refused", hidden: true });

  /** @param {Words} words */
  constructor(words) {
    this.#words = words;
  }

  /**
   * @param {() => Promise<unknown>} run
   * @returns {Promise<boolean>} whether it was done
   */
  async attempt(run) {
    try {
      await run();
      this.node.hidden = true;
      return true;
    } catch (error) {
      this.say(sentence(error, this.#words));
      return false;
    }
  }

  /** @param {string} said */
  say(said) {
    this.node.textContent = said;
    this.node.hidden = false;
  }
}

/** @param {unknown} error @param {Words} words @returns {string} what the fields take, or what happened and what to do */
export function sentence(error, words) {
  if (!(error instanceof Problem)) throw error;
  const fields = Object.values(error.told.fields ?? {}).join(" ");
  return fields || (error.title ? `${error.title}. ${error.detail}` : words.get("trouble.no_answer"));
}
