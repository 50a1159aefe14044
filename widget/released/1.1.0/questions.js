// Which questions follow from which answers. No DOM.

/** @typedef {Record<string, any>} Said */

/** Whether another way is asked for: not after an answer that says all is well. @param {Said} said */
export const asksWay = (said) => !["yes", "helps", "none"].includes(said.outcome ?? said.effect);

/** Whether the cost is asked: after "with help" or "no", and after "with difficulty". @param {Said} said */
export const asksCost = (said) => asksWay(said) && (["help", "no"].includes(said.another_way) || said.outcome === "hard");

/** Which words stand above the text field. @param {Said} said */
export const label = (said) => ("effect" in said ? "know" : said.outcome === "yes" ? "better" : "happened");
