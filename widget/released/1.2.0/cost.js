import { el, words } from "./tijdens.js";
export async function costs(talk, save, would) {
const { cost, cost_decision, costs } = await words(talk, "cost/");
const { impact } = talk.said;
const row = el("div", { className: "row" });
const inputs = Object.entries(costs).map(([value, label]) => {
const checked = value === "none" ? impact?.length === 0 : Boolean(impact?.includes(value));
const input = el("input", { type: "checkbox", value, checked });
row.append(el("label", {}, input, String(label)));
return input;
});
row.onchange = (event) => {
const pressed =  (event.target);
for (const input of inputs) {
if (pressed.checked && input !== pressed && (pressed.value === "none" || input.value === "none")) input.checked = false;
}
const chosen = inputs.filter((input) => input.checked && input.value !== "none").map((input) => input.value);
if (chosen.includes("health")) import("./contacts.js").then(async ({ help }) => set.querySelector(".contacts") ?? set.append(await help(talk))).catch(() => {});
else set.querySelector(".contacts")?.remove();
save({ impact: chosen.length || inputs.some((input) => input.checked) ? chosen : null });
};
const set = el("fieldset", {}, el("legend", {}, would ? cost_decision : cost), row);
return set;
}
