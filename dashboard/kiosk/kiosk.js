/**
 * A kiosk: large, for one person after the other. It goes back to its first screen after a minute, with a warning; nothing of
 * anybody stays in it but what waits for the network; and it goes on while the network is gone, also when it is started then.
 * Every screen stands in the page in every language; this only shows one of them. Without the key of a device it is nobody's
 * kiosk, and leads to the plain form.
 */

import { Aloud } from "./aloud.js";
import { keepPage } from "./keeping.js";
import { fateOf, lasting, Queue } from "./queue.js";

const DEVICE = "tijdens-device";
const WARN_MS = 60_000;
const GO_MS = 15_000;
const RENEW_MS = 3_600_000; // what is asked, and whom one can reach, is at most an hour old
const SPARE = 20;

const body = document.body;
const { placement = "", field = "outcome", decision = "" } = body.dataset;
const first = document.documentElement.lang;

/** @param {string} id @returns {HTMLElement} */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** The screens of a language. @param {string} name */
const screen = (name) => /** @type {HTMLElement} */ (document.querySelector(`[data-screen="${name}"][lang="${language}"]`));

let language = first;
let shown = "ask";
/** @type {{answer: string, key: string, receipt: string, qr: string} | null} what is being said right now */
let saying = null;
let warning = 0;
let going = 0;
const aloud = new Aloud(offerAloud);

/** The key of this device comes once in the fragment, and stays with the device. @returns {string} */
function deviceKey() {
  const given = location.hash.slice(1);
  if (given) {
    localStorage.setItem(DEVICE, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return localStorage.getItem(DEVICE) ?? "";
}
const device = deviceKey();
const headers = { authorization: `Device ${device}`, "content-type": "application/json" };

const queue = new Queue(
  `tijdens-kiosk-${placement}`,
  async (item) => {
    const response = await fetch("/api/submissions", { method: "POST", headers, body: JSON.stringify(item), signal: AbortSignal.timeout(15_000) });
    body.dataset.key = response.status === 401 ? "bad" : "good";
    return fateOf(response);
  },
  say,
);

/** The line for the team: how many wait, and whether the device may send. */
function say() {
  if (shown === "full" && !queue.full) reset();
  const bad = body.dataset.key === "bad";
  for (const line of document.querySelectorAll("[data-team]")) {
    const { waiting = "", refused = "", key = "" } = /** @type {HTMLElement} */ (line).dataset;
    const said = [bad ? key : "", queue.waiting ? waiting.replace("{n}", String(queue.waiting)) : "", queue.refused ? refused.replace("{n}", String(queue.refused)) : ""];
    line.textContent = said.filter(Boolean).join(" ");
  }
}

/** Codes for those who come while the network is gone. */
async function restock() {
  try {
    if ((await queue.spare()) >= SPARE / 2) return;
    const response = await fetch("/api/devices/receipts", { method: "POST", headers, body: JSON.stringify({ number: SPARE }), signal: AbortSignal.timeout(15_000) });
    body.dataset.key = response.status === 401 ? "bad" : "good";
    if (response.ok) await queue.stock((await response.json()).items);
  } catch {
    // the network is gone: there is a next time
  } finally {
    say();
  }
}

/** Where the device can speak this language, there is a button for it. */
function offerAloud() {
  for (const button of document.querySelectorAll('[data-does="aloud"]')) {
    /** @type {HTMLElement} */ (button).hidden = button.getAttribute("lang") !== language || !aloud.can(language);
  }
}

/** @param {string} name */
function show(name) {
  shown = name;
  aloud.stop();
  offerAloud();
  for (const one of document.querySelectorAll("[data-screen]")) /** @type {HTMLElement} */ (one).hidden = one !== screen(name);
  document.documentElement.lang = language;
  for (const link of document.querySelectorAll("[data-language]")) link.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (link).dataset.language === language));
  scrollTo(0, 0);
  screen(name).querySelector("h1")?.focus();
  touched();
}

/** Everything as it was for the first person; now and then the page itself as well. */
function reset() {
  saying = null;
  language = first;
  for (const form of document.querySelectorAll("form")) form.reset();
  for (const code of document.querySelectorAll(".code, .said")) code.textContent = "";
  for (const picture of document.querySelectorAll(".qr")) picture.removeAttribute("src");
  const dialog = /** @type {HTMLDialogElement} */ (part("still"));
  if (dialog.open) dialog.close();
  show(queue.full ? "full" : "ask");
  renew();
  void restock();
}

/** Loads the page anew when it is old, nobody stands here, and it would come up again without the network as well. */
function renew() {
  const free = (shown === "ask" || shown === "full") && language === first;
  if (free && performance.now() > RENEW_MS && navigator.serviceWorker?.controller) location.reload();
}

/** Somebody touched it, or another screen came by her touch. */
function touched() {
  clearTimeout(warning);
  clearTimeout(going);
  const dialog = /** @type {HTMLDialogElement} */ (part("still"));
  if (dialog.open) dialog.close();
  if (shown === "ask" && language === first) return;
  warning = window.setTimeout(() => {
    for (const text of dialog.querySelectorAll("[lang]")) /** @type {HTMLElement} */ (text).hidden = text.getAttribute("lang") !== language;
    dialog.setAttribute("aria-labelledby", `still-${language}`);
    dialog.showModal();
    going = window.setTimeout(() => void left(), GO_MS);
  }, WARN_MS);
}

/** Who went away after pressing has answered: that is kept. What she was still writing is not. */
async function left() {
  try {
    if (saying && shown === "more") await send({});
  } finally {
    reset();
  }
}

/** @param {Record<string, any>} said */
async function send(said) {
  if (!saying) return;
  const { answer, key } = saying;
  await queue.put({
    key, placement, [field]: answer, channel: "kiosk", language, sent_at: Date.now(), ...(decision ? { decision } : {}), ...said,
  });
}

/** @param {string} answer */
async function press(answer) {
  const issued = await queue.take();
  saying = { answer, key: issued?.key ?? `kiosk-${crypto.randomUUID()}`, receipt: issued?.receipt ?? "", qr: issued?.qr ?? "" };
  const more = screen("more");
  for (const part of more.querySelectorAll("[data-after]")) /** @type {HTMLElement} */ (part).hidden = ["yes", "helps", "none"].includes(answer);
  show("more");
}

/** @param {HTMLFormElement} form */
async function words(form) {
  const data = new FormData(form);
  const text = String(data.get("text") ?? "").trim();
  const cost = data.getAll("impact").map(String);
  const way = data.get("another_way");
  await send({ ...(text ? { text } : {}), ...(way ? { another_way: String(way) } : {}), ...(cost.length ? { impact: cost.filter((name) => name !== "none") } : {}) });
  thank(!!text, cost.includes("health"));
}

/** Thanks; the receipt of whoever said something; whom to call at once. @param {boolean} said @param {boolean} health */
function thank(said, health) {
  const thanks = screen("thanks");
  const known = said && !!saying?.receipt;
  for (const section of thanks.querySelectorAll(".receipt")) /** @type {HTMLElement} */ (section).hidden = !known;
  for (const line of thanks.querySelectorAll(".no-code")) /** @type {HTMLElement} */ (line).hidden = known || !said;
  for (const line of thanks.querySelectorAll(".health")) /** @type {HTMLElement} */ (line).hidden = !health;
  if (known && saying) {
    const code = thanks.querySelector(".code");
    if (code) code.textContent = saying.receipt;
    thanks.querySelector(".qr")?.setAttribute("src", saying.qr);
  }
  show("thanks");
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  const { answer, does, language: chosen } = button.dataset;
  if (answer) void press(answer);
  else if (chosen) {
    language = chosen;
    show(shown);
  } else if (does === "skip") void send({}).then(() => thank(false, false), () => show("full"));
  else if (does === "done") reset();
  else if (does === "print") print();
  else if (does === "contacts" || does === "clip") show(does);
  else if (does === "aloud") aloud.read(screen(shown), language);
  else if (does === "back") show("ask");
});
document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target instanceof HTMLFormElement) words(event.target).catch(() => show("full"));
});
for (const name of ["pointerdown", "keydown", "input"]) addEventListener(name, touched);
addEventListener("online", () => void queue.flush());

async function start() {
  show("ask");
  await lasting();
  await queue.open();
  await restock();
  if (queue.full) show("full");
  setInterval(renew, RENEW_MS);
  body.dataset.ready = "yes";
  if (await keepPage(`${location.pathname}?kiosk`)) body.dataset.kept = "yes";
}

if (device) void start();
else location.replace(`${location.pathname}?${new URLSearchParams({ lang: first, ...(decision ? { decision } : {}) })}`);
