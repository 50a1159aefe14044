export const asksWay = (said) => !["yes", "helps", "none"].includes(said.outcome ?? said.effect);
export const asksCost = (said) => asksWay(said) && (["help", "no"].includes(said.another_way) || said.outcome === "hard");
export const label = (said) => ("effect" in said ? "know" : said.outcome === "yes" ? "better" : "happened");
