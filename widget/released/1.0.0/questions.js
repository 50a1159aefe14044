// Which questions follow from which answers. No DOM.

/** @typedef {Record<string, any>} Said */

const EASY = ["yes", "helps", "none"];

/** Whether another way is asked for: not after an answer that says all is well. @param {Said} said */
export function asksWay(said) {
  return !EASY.includes(said.outcome ?? said.effect);
}

/** Whether the cost is asked: after "with help" or "no", and after "with difficulty". @param {Said} said */
export function asksCost(said) {
  return asksWay(said) && (said.another_way === "help" || said.another_way === "no" || said.outcome === "hard");
}

/**
 * Which words stand above the text field.
 * @param {Said} said
 * @param {boolean} decision
 */
export function labels(said, decision) {
  if (decision) return "know";
  return said.outcome === "yes" ? "better" : "happened";
}
