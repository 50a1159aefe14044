/**
 * The dashboard starts here: language, who is asking, the room, the page, the live connection.
 *
 * @import { State } from "./feed.js"
 * @import { Language, Messages } from "./words.js"
 */

import { Api, Problem } from "./api.js";
import { stayAwake } from "./awake.js";
import { Counter } from "./counter/counter.js";
import { deskAddress } from "./desk/address.js";
import { showConnection, showTrouble } from "./elements/connection.js";
import { Frame } from "./elements/frame.js";
import { Later } from "./elements/later.js";
import { part } from "./elements/node.js";
import { placeAt, showBeside, showPlaces } from "./elements/places.js";
import { Feed } from "./feed.js";
import { parseView } from "./filter.js";
import { inclusionAddress } from "./inclusion/address.js";
import { commandOf } from "./keys.js";
import { isKind } from "./kinds.js";
import { Page } from "./page.js";
import { hearingAddress } from "./radar/address.js";
import { READING } from "./reading/address.js";
import { Alarms } from "./reading/alarms.js";
import { NextUp } from "./reading/next.js";
import { Room } from "./room.js";
import { Says } from "./says.js";
import { Typing } from "./typing.js";
import { setupAddress } from "./setup/address.js";
import { Themes } from "./themes/themes.js";
import { People } from "./triage/people.js";
import { When } from "./when.js";
import { chosenLanguage, Words } from "./words.js";

/** The language that the address names, else the browser's. @returns {Language} */
function wantedLanguage() {
  return chosenLanguage([new URLSearchParams(location.search).get("lang"), ...navigator.languages]);
}

/** @param {Language} language @returns {Promise<Messages>} */
async function messages(language) {
  const response = await fetch(new URL(`messages/${language}.json`, import.meta.url));
  return response.json();
}

/** @param {unknown} error @param {Words} words @returns {string} what happened, and what to do */
function sentence(error, words) {
  if (!(error instanceof Problem)) throw error;
  return error.title ? `${error.title}. ${error.detail}` : words.get("trouble.no_answer");
}

async function start() {
  const language = wantedLanguage();
  const signIn = `/sign-in?lang=${language}`;
  const api = new Api(fetch.bind(globalThis), language);
  const asking = api.me();
  asking.catch(() => {}); // it is said below, once there are words for it
  const words = new Words(language, await messages(language));
  /** @param {unknown} error @param {"list" | "one"} where */
  const failed = (error, where) => {
    if (error instanceof Problem && error.status === 401) return location.assign(signIn);
    if (error instanceof Problem && error.code === "second_factor_needed") return location.assign(`/second-factor?lang=${language}`);
    showTrouble(sentence(error, words), where);
  };
  const frame = new Frame(words);
  /** @type {import("./types.js").Me} */
  let me;
  try {
    me = await asking;
  } catch (error) {
    part("room", HTMLElement).hidden = false;
    failed(error, "list");
    return;
  }
  const themed = () => {
    room.themed();
    hearing.place?.themed();
    reading.place?.themed();
  };
  const themes = new Themes(api, themed, (error) => failed(error, "list"));
  const people = new People(me.holder);
  const tongue = { words, people, when: new When(words), says: new Says(words, me.placements, themes, me.desks, me.contact_points) };
  /** @type {Page} */
  let page;
  /** @type {Room} */
  const room = new Room(api, me, themes, {
    draw: (parts) => page.draw(parts),
    newest: (submission) => page.newest(submission),
    gone: (id) => page.gone(id),
    failed,
    well: () => showTrouble("", "list"),
  });
  page = new Page(room, tongue, api, failed);
  const out = () => location.assign(signIn);
  /**
   * @template A
   * @template {{show: (address: A) => void, apply: (changes: readonly import("./types.js").Change[]) => void}} P
   * @param {() => Promise<P>} fetch
   */
  const later = (fetch) => new Later(fetch, () => showTrouble(words.get("trouble.no_answer"), "list"));
  const desk = later(async () => new (await import("./desk/desk.js")).Desk(part("workdesk", HTMLElement), api, me, tongue, out));
  const inclusions = later(async () => new (await import("./inclusion/inclusion.js")).Inclusions(part("inclusion", HTMLElement), api, me, tongue));
  const setup = later(async () => new (await import("./setup/setup.js")).Setup(part("setup", HTMLElement), api, tongue, (key) => page.notices.open(key)));
  const hearing = later(async () => new (await import("./radar/hearing.js")).Hearing(part("hearing", HTMLElement), api, tongue, themes, out));
  const reading = later(async () => {
    const { Reading } = await import("./reading/reading.js");
    const place = new Reading(part("readfirst", HTMLElement), api, me, tongue, page.acts, (id) => page.openFrom(READING, id), () => page.weigh(), page.triage);
    if (placeAt(location.hash) === "reading") place.head.append(alarms.node, page.offers.node);
    return place;
  });
  /** @param {"contacts" | "counter"} name @param {string} key of the words @param {number} n */
  const beside = (name, key, n) => showBeside(part("places", HTMLElement), name, n ? words.get(key, { n }) : "", words);
  const stale = (/** @type {number} */ n) => beside("contacts", "contacts.to_check", n);
  const counter = new Counter(part("taking", HTMLElement), api, me, tongue, (n) => beside("counter", "counter.waits", n));
  const places = Object.entries({
    reading,
    counter,
    contacts: later(async () => new (await import("./contacts/contacts.js")).Contacts(part("contacts", HTMLElement), api, me, tongue, stale)),
    routing: later(async () => new (await import("./routing/routing.js")).Routing(part("routing", HTMLElement), api, me, tongue, themes, (said, back) => page.say(said, back))),
    barriers: later(async () => new (await import("./barriers/barriers.js")).Barriers(part("barriers", HTMLElement), api, me, tongue)),
    members: later(async () => new (await import("./members/members.js")).Members(part("colleagues", HTMLElement), api, me, tongue)),
    access: later(async () => new (await import("./access/access.js")).Access(part("access", HTMLElement), api, me, tongue, themes, out)),
    hooks: later(async () => new (await import("./hooks/hooks.js")).Hooks(part("hooks", HTMLElement), api, tongue)),
    picture: later(async () => new (await import("./picture/picture.js")).Picture(part("picture", HTMLElement), api, me, tongue, themes)),
    meeting: later(async () => new (await import("./meeting/meeting.js")).Meeting(part("meeting", HTMLElement), api, me, tongue, themes)),
    audit: later(async () => new (await import("./audit/audit.js")).Audit(part("audit", HTMLElement), api, tongue)),
  });
  const next = new NextUp(api, words, (said) => page.say(said, null), (error) => failed(error, "list"));
  const alarms = new Alarms(api, me, tongue, (error) => failed(error, "list"));
  stayAwake(window, () => api.ask("PUT", "/api/session"));
  const team = () => void api.ask("GET", "/api/members").then((/** @type {{items: {id: number, name: string}[]}} */ { items }) => {
    for (const { id, name } of items) tongue.says.team.set(id, name);
    room.themed();
  }, (error) => failed(error, "list"));
  frame.show(me, () => api.signOut().finally(() => location.assign(signIn)));

  const feed = new Feed({
    url: `${location.origin.replace(/^http/, "ws")}/api/live`,
    Socket: WebSocket,
    onChanges: (changes) => {
      room.apply(changes);
      desk.apply(changes);
      hearing.apply(changes);
      inclusions.apply(changes);
      setup.apply(changes);
      for (const [, place] of places) place.apply(changes);
      page.notices.apply(changes);
      page.saved.apply(changes);
      alarms.apply(changes);
      page.offers.apply(changes);
      if (changes.some(({ change }) => change.startsWith("member."))) team();
      if (!document.hidden) room.unseen.clear();
      frame.title(room.unseen.size);
    },
    onHere: (here) => {
      people.here = here;
      page.people();
    },
    onResync: () => {
      void room.load();
      void themes.load();
      desk.place?.refresh();
      hearing.place?.refresh();
      reading.place?.refresh();
      void alarms.load();
      void page.offers.load();
    },
    onState: connected,
    refused: () => api.me().then(() => "again", (error) => (error.status === 401 ? "signed_out" : error.status === 403 ? "forbidden" : "again")),
  });

  /** @param {State} state */
  function connected(state) {
    showConnection(part("connection", HTMLElement), state, words, () => feed.hurry());
    document.body.dataset.connection = state;
    if (state === "signed_out") location.assign(signIn);
    if (state === "live" && (room.list.loading || !room.facets.all)) void room.load();
  }

  function look() {
    const here = placeAt(location.hash);
    showPlaces(part("places", HTMLElement), here, words, me.role);
    part("views", HTMLElement).hidden = here !== "voices"; // they are of the voices
    if (here === "voices") part("unfold", HTMLElement).textContent = words.get("frame.views");
    desk.show(deskAddress(location.hash));
    hearing.show(hearingAddress(location.hash));
    inclusions.show(inclusionAddress(location.hash));
    setup.show(setupAddress(location.hash));
    for (const [name, place] of places) place.show(name === here);
    const head = here === "reading" ? reading.place?.head : part("alarms-here", HTMLElement);
    head?.append(alarms.node, page.offers.node);
    if (here === "voices") room.show(parseView(location.hash));
    feed.say(here === "voices" ? parseView(location.hash).open : null);
  }
  addEventListener("hashchange", () => {
    // another fragment, as of the skip link, is no address of a view
    if (placeAt(location.hash) !== "voices" || location.hash === "" || location.hash.includes("=") || location.hash === "#") look();
  });
  addEventListener("online", () => feed.hurry());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    room.unseen.clear();
    frame.title(0);
    feed.hurry();
  });
  const typing = new Typing();
  frame.sought = () => page.soughtFirst();
  addEventListener("keydown", (event) => {
    if (typing.keeps(event, frame.placeOf(event.target))) return event.preventDefault();
    const command = commandOf(event, frame.placeOf(event.target), frame.characterKeys);
    if (!command) return;
    if (command === "close" && frame.leaveSearch()) return;
    const here = placeAt(location.hash);
    const letters = here === "reading" ? reading.place : null;
    if (here !== "voices" && !letters && command !== "help" && command !== "search" && command !== "undo") return;
    const list = letters ?? page;
    event.preventDefault();
    if (isKind(command)) return list.kind(command);
    const doings = /** @type {const} */ ({
      next: () => list.go(1),
      previous: () => list.go(-1),
      open: () => list.open(),
      close: () => letters || page.close(),
      let_in: () => void list.letIn(),
      unfold: () => letters || page.unfold(),
      read: () => list.read(),
      weigh: () => list.weigh(),
      select: () => letters || page.select(),
      sort: () => list.sort(),
      accept: () => letters || page.accept(),
      assign: () => list.assign(),
      with: () => list.set("with"),
      answered: () => list.set("answered"),
      aside: () => list.set("aside"),
      unread: () => list.set("new"),
      claim: () => list.claim(),
      question: () => typing.begin(list.write("question")),
      note: () => typing.begin(list.write("note")),
      todo: () => void next.go(here === "voices" ? parseView(location.hash).open : null),
      undo: () => page.undo(),
      search: () => part("q", HTMLInputElement).focus(),
      help: () => frame.help(),
    });
    doings[command]();
  });
  connected("connecting");
  look();
  stale(me.contact_points_stale);
  void counter.wake();
  team();
  void themes.load().then(() => alarms.load());
  void page.offers.load();
  feed.start();
}

void start();
