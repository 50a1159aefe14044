/**
 * The page around the room: draws what changed, and turns presses of keys and buttons into what the room does.
 *
 * @import { Api } from "./api.js"
 * @import { Kind } from "./kinds.js"
 * @import { Room, Part } from "./room.js"
 * @import { Tongue } from "./elements/article.js"
 * @import { Standing, Status } from "./status.js"
 * @import { Submission } from "./types.js"
 */

import { showCounter, counted } from "./elements/counter.js";
import { example, firstSteps, nothingHere } from "./elements/empty.js";
import { showChoices, showExport, showSince, titleOf } from "./elements/heading.js";
import { Folded } from "./elements/folded.js";
import { showLate } from "./elements/late.js";
import { Newest } from "./elements/newest.js";
import { part } from "./elements/node.js";
import { Phrases } from "./elements/phrases.js";
import { Overview } from "./elements/overview.js";
import { Reader } from "./elements/reader.js";
import { idOf, Stream } from "./elements/stream.js";
import { Views } from "./elements/views.js";
import { linkTo, narrowed, scopeOf } from "./filter.js";
import { Notices } from "./notice/notices.js";
import { Offers } from "./offers/offers.js";
import { Sorting } from "./sorting.js";
import { Saved } from "./saved/saved.js";
import { follows, stands } from "./status.js";
import { ThemesPane } from "./themes/pane.js";
import { todayIn } from "./themes/themes.js";
import { showHere } from "./triage/here.js";
import { callback } from "./thread/callback.js";

const FIGURES_MS = 250; // figures are drawn at most this often
const READ_MS = 1_200; // shown this long, a voice counts as read

export class Page {
  #tongue;
  #room;
  #stream;
  #folded;
  /** The address of the view that was drawn last. */
  #viewed = "";
  #reader;
  #newest;
  #views;
  #overview;
  #phrases;
  #themes;
  #sorting;
  #figuresTimer = 0;
  #readTimer = 0;
  /** @type {number | null} which one a person wants to keep as not read */
  #kept = null;
  /** @type {string} the address one came from to read one voice, when it was another place */
  #from = "";
  /** Whether the next one that is shown is to be weighed. */
  #weighs = false;
  #going = false;
  /** What is written to the author of the one that opens now. @type {"question" | "note" | null} */
  #writes = null;
  /** A search was sent off: its first find gets the keyboard. */
  #sought = false;
  /** @type {number | null} what the pane shows */
  #shown = null;
  #announcedAt = -Infinity;

  /**
   * @param {Room} room
   * @param {Tongue} tongue
   * @param {Api} api
   * @param {(error: unknown, where: "list" | "one") => void} failed
   */
  constructor(room, tongue, api, failed) {
    this.#room = room;
    this.#tongue = tongue;
    tongue.forms = room.forms;
    const address = (/** @type {number} */ id) => linkTo(room.view.filter, { open: id });
    const listed = (/** @type {unknown} */ error) => failed(error, "list");
    const sorting = (this.#sorting = new Sorting(room, api, tongue, () => this.#stream.mark(), listed));
    const all = (/** @type {number} */ id) => linkTo(narrowed(room.view.filter, "alike", String(id)));
    this.#folded = new Folded(tongue, { load: (id) => room.behind(id), address, all });
    this.#stream = new Stream(part("stream", HTMLElement), tongue, address, sorting.may ? (id) => sorting.has(id) : null, this.#folded);
    this.#themes = new ThemesPane(part("themes", HTMLElement), api, tongue, room.themes, room.me, listed);
    this.#views = new Views(part("views", HTMLElement), tongue, room.me.member?.id ?? null);
    this.#newest = new Newest(part("newest", HTMLElement), tongue, address);
    this.#overview = new Overview(part("figures", HTMLElement), tongue);
    this.#phrases = new Phrases(part("phrases", HTMLElement), api, tongue, listed);
    this.#reader = new Reader(part("reader", HTMLElement), tongue, {
      kind: (kind) => this.kind(kind),
      weigh: (one, weight, text) => room.weigh(one, weight, text),
      mark: (status) => void this.#mark(status),
      assign: () => this.assign(),
      claim: (id, over) => void this.#claim(id, over),
      release: (id) => void room.claim(id, "DELETE"),
      begin: (id) => void (room.one && tongue.people?.whose(room.one) === "free" && room.claim(id, "PUT")),
      load: (id) => room.other(id),
      similar: (id) => room.similar(id),
      accept: (id, theme) => void sorting.acts.sort(this.#open(id), theme, true),
      print: () => window.print(),
      close: () => this.#from || linkTo(room.view.filter),
      address,
      sort: (id) => sorting.sortOne(id),
      leave: (id, theme) => void sorting.acts.sort(this.#open(id), theme, false),
      quote: (id, theme, quoted) => void sorting.acts.quote(id, theme, quoted),
      write: (id, text, kind, more) => room.write(id, text, kind, more),
      desks: room.me.desks,
      callback: (id) => callback(id, api, tongue),
      asking: {
        agencies: () => this.offers.agencies,
        ask: (id, agency, note) => api.ask("POST", `/api/submissions/${id}/offer`, { agency, note }).then(() => room.read(id)),
        withdraw: (id) => api.ask("DELETE", `/api/submissions/${id}/offer`).then(() => room.read(id)),
      },
    });
    this.offers = new Offers(api, room.me, tongue, () => this.#drawOpen(), listed);
    const say = (/** @type {string} */ said, /** @type {() => Promise<void>} */ back) => sorting.say(said, back);
    this.notices = new Notices(part("notices", HTMLElement), part("notice", HTMLDialogElement), api, room.me, tongue, say, listed);
    this.saved = new Saved(part("saved", HTMLElement), part("keep-view", HTMLElement), part("alerting", HTMLDialogElement), api, room.me, tongue, (said, back) => sorting.say(said, back), listed);
    const door = this.notices.door();
    part("notice-door", HTMLElement).hidden = !door;
    if (door) part("notice-door", HTMLElement).replaceChildren(door);
    part("stream", HTMLElement).addEventListener("click", (event) => this.#pressed(event));
    part("arrivals", HTMLElement).addEventListener("click", () => void this.letIn());
    part("older", HTMLElement).addEventListener("click", () => void room.older());
    setInterval(() => {
      this.#stream.tick();
      this.#reader.people(this.#sorting.may);
    }, 15_000);
    showSince(part("since", HTMLElement), room.me, tongue);
  }

  /** @param {ReadonlySet<Part>} parts */
  draw(parts) {
    if (parts.has("view")) this.#drawView();
    if (parts.has("rows") || parts.has("view")) this.#drawRows();
    if (parts.has("themes")) this.#drawNames();
    if (parts.has("rows") || parts.has("view") || parts.has("themes") || parts.has("open")) this.#sorting.refresh();
    if (parts.has("arrivals")) this.#drawArrivals();
    if (parts.has("open") || parts.has("view")) this.#drawOpen();
    if ((parts.has("figures") || parts.has("view") || (parts.has("rows") && this.#room.view.filter.q)) && !this.#figuresTimer) {
      this.#figuresTimer = window.setTimeout(() => this.#drawFigures(), parts.has("view") ? 0 : FIGURES_MS);
    }
  }

  /** @param {Submission} submission */
  newest(submission) {
    this.#newest.offer(submission);
  }

  /** @param {number} id */
  gone(id) {
    this.#newest.withdraw(id);
  }

  async letIn() {
    if (!this.#room.list.waiting) return;
    const fresh = await this.#room.letIn();
    this.#room.unseen.clear();
    part("main", HTMLElement).scrollTop = 0;
    requestAnimationFrame(() => this.#stream.focus(fresh[0]?.id ?? null));
  }

  /** @param {number} step to the next voice (1) or the one before (-1) */
  go(step) {
    const id = this.#stream.neighbour(step);
    if (id === null) return;
    const { list } = this.#room;
    if (step > 0 && id === this.#stream.current && list.rows.at(-1)?.id === id && list.more) return void this.#further(id);
    this.#stream.focus(id);
    if (this.#room.view.open !== null) location.replace(linkTo(this.#room.view.filter, { open: id }));
  }

  /** The keyboard goes on where the list ended. @param {number} last */
  async #further(last) {
    if (this.#going) return;
    this.#going = true;
    await this.#room.older();
    this.#going = false;
    requestAnimationFrame(() => {
      if (this.#stream.current === last && this.#stream.neighbour(1) !== last) this.go(1);
    });
  }

  open() {
    const id = this.#stream.current;
    if (id !== null) location.hash = linkTo(this.#room.view.filter, { open: id });
  }

  /** Opens one from another place; closing it leads back there. @param {string} from its address @param {number} id */
  openFrom(from, id) {
    this.#from = from;
    location.hash = linkTo({}, { open: id });
  }

  get acts() {
    return this.#sorting.acts;
  }

  close() {
    const { open, filter, figures } = this.#room.view;
    if (open === null && !figures) return this.#sorting.clear();
    location.hash = this.#from || linkTo(filter);
    if (this.#from) return;
    requestAnimationFrame(() => this.#stream.focus(open));
  }

  /** Chooses the voice that the keyboard stands on, or lets it go. */
  select() {
    this.#stream.met();
    this.#sorting.toggle(this.#stream.current);
  }

  /** Sorts the one that is open into the theme that is suggested. */
  accept() {
    if (this.#room.one && this.#room.view.open === this.#room.one.id && this.#sorting.may) this.#reader.accept();
  }

  /** Shows those for which the voice that the keyboard stands on stands. */
  unfold() {
    this.#stream.unfold();
  }

  sort() {
    this.#sorting.sort(this.#room.view.open ?? this.#stream.current);
  }

  /** Says what is chosen is, else the voice that is open or that the keyboard stands on. @param {Kind} kind */
  kind(kind) {
    const voice = this.#here();
    if (!this.#sorting.may) return;
    if (this.#sorting.some) void this.#sorting.kindOfChosen(kind);
    else if (voice?.text) void this.#sorting.acts.kind(voice, kind);
  }

  /** Asks how grave it is, of the one that is open or opens now. */
  weigh() {
    const here = document.body.dataset.at === "voices";
    const { one, view } = this.#room;
    if (here && one && one.id === view.open) return this.#reader.weigh();
    this.#weighs = !here || this.#stream.current !== null;
    if (here && this.#room.view.open === null) this.open();
  }

  /** Marks what is chosen as read, else the one that is here. */
  read() {
    const voice = this.#here();
    if (!this.#sorting.may) return;
    if (this.#sorting.some) void this.#sorting.markChosen("read");
    else if (voice?.status === "new") void this.#sorting.acts.mark([voice], { status: "read" });
  }

  /** Sets the status of what is chosen, else of the one that is here. @param {Status} status */
  set(status) {
    const voice = this.#here();
    if (!this.#sorting.may) return;
    if (this.#sorting.some) void this.#sorting.markChosen(status);
    else if (voice && this.#room.one?.id === voice.id && this.#room.view.open === voice.id) void this.#mark(status);
    else if (voice) void this.#sorting.mark(voice, status);
  }

  /** Claims the one that is here, or lets it go. */
  claim() {
    const voice = this.#here();
    if (!voice?.text || !this.#sorting.may) return;
    if (this.#tongue.people?.whose(voice) === "mine") void this.#letGo(voice.id);
    else void this.#claim(voice.id, false);
  }

  /** @param {number} id */
  async #letGo(id) {
    await this.#room.claim(id, "DELETE");
    this.#sorting.say(this.#tongue.words.get("claim.let_go"), async () => void (await this.#room.claim(id, "PUT")));
  }

  /** @param {number} id @param {boolean} over */
  async #claim(id, over) {
    if (await this.#room.claim(id, "PUT", over)) {
      this.#sorting.say(this.#tongue.words.get("claim.taken"), async () => void (await this.#room.claim(id, "DELETE")));
    } else {
      this.#sorting.say(this.#tongue.words.get("claim.refused"), null);
    }
  }

  /** Says whose what is chosen is, else the one that is here. */
  assign() {
    void this.#sorting.assign(this.#here());
  }

  /** What is done with a voice that stands in another place than the stream. */
  get triage() {
    const sorting = this.#sorting;
    return {
      sort: (/** @type {Submission} */ voice) => sorting.sortThis(voice),
      mark: (/** @type {Submission} */ voice, /** @type {Status} */ status) => sorting.may && sorting.mark(voice, status),
      assign: (/** @type {Submission} */ voice) => sorting.assign(voice),
      claim: (/** @type {Submission} */ voice) => {
        if (!voice.text || !sorting.may) return;
        if (this.#tongue.people?.whose(voice) === "mine") void this.#room.claim(voice.id, "DELETE");
        else void this.#claim(voice.id, false);
      },
      write: (/** @type {"question" | "note"} */ kind) => (this.#writes = kind),
    };
  }

  /** Somebody came, went, or opened another one. */
  people() {
    if (this.#tongue.people) showHere(part("here", HTMLElement), this.#tongue.people, this.#tongue);
    this.#reader.people(this.#sorting.may);
  }

  /**
   * Writes to the author of the one that is open, or opens now.
   * @param {"question" | "note"} kind
   * @returns {boolean} whether a field is on its way
   */
  write(kind) {
    const { one, view } = this.#room;
    if (!this.#sorting.may) return false;
    if (one && view.open === one.id) {
      this.#reader.write(kind);
      return true;
    }
    if (view.open === null && this.#stream.current === null) return false;
    this.#writes = kind;
    if (view.open === null) this.open();
    return true;
  }

  /** The first that is found gets the keyboard, once it is there. */
  soughtFirst() {
    this.#sought = true;
  }

  /** What was done, anywhere in the room. @param {string} said @param {(() => Promise<void>) | null} back */
  say(said, back) {
    this.#sorting.say(said, back);
  }

  undo() {
    this.#sorting.undo();
  }

  /** @returns {Submission | null} the one that is open, or else that the keyboard stands on */
  #here() {
    const { one, view, list } = this.#room;
    if (view.open !== null && one?.id === view.open) return one.erased_at === null ? one : null;
    if (view.open !== null) return list.find(view.open); // it is on its way: a key pressed now is meant for it
    this.#stream.met();
    return this.#stream.current === null ? null : list.find(this.#stream.current);
  }

  /** @param {number} id */
  #open(id) {
    const { one } = this.#room;
    return one?.id === id ? [one] : [];
  }

  /** @param {MouseEvent} event */
  #pressed(event) {
    if (event.target instanceof HTMLInputElement) {
      const id = idOf(event.target);
      if (id !== null) this.#sorting.pick(id, event.shiftKey, this.#stream.order);
      return;
    }
    const plain = !event.defaultPrevented && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const id = plain && !getSelection()?.toString() ? idOf(event.target) : null;
    if (id !== null && !(event.target instanceof Element && event.target.closest("a, .folded"))) {
      location.hash = linkTo(this.#room.view.filter, { open: id });
    }
  }

  /** What themes and decisions are called, wherever it stands; and which answers are late. */
  #drawNames() {
    const { view, themes, me } = this.#room;
    const title = titleOf(view.filter, this.#tongue);
    if (part("title", HTMLElement).textContent !== title) part("title", HTMLElement).textContent = title;
    if (view.filter.decision || view.filter.theme) showChoices(part("choices", HTMLElement), view.filter, this.#tongue);
    showLate(part("late", HTMLElement), themes.overdue(todayIn(me.time_zone, Date.now())), this.#tongue);
    this.#stream.rename();
    if (this.#room.one && view.open !== null) this.#reader.show(this.#room.one, this.#sorting.may);
    this.#themes.show(view.filter, this.#room.facets.all);
  }

  #drawView() {
    const { view } = this.#room;
    if (view.open === null) this.#from = "";
    this.#tongue.sought = view.filter.q ?? "";
    const title = titleOf(view.filter, this.#tongue);
    part("title", HTMLElement).textContent = title;
    showChoices(part("choices", HTMLElement), view.filter, this.#tongue);
    this.#themes.show(view.filter, this.#room.facets.all);
    showExport(part("export", HTMLElement), view.filter, this.#tongue);
    part("q", HTMLInputElement).value = view.filter.q ?? "";
    const viewed = linkTo(view.filter);
    if (viewed !== this.#viewed) this.#folded.clear();
    this.#viewed = viewed;
    this.#stream.readdress();
    this.saved.show(view.filter);
    this.#phrases.show(view.filter);
    document.body.dataset.shows = view.open !== null ? "reader" : view.figures ? "figures" : "stream";
    part("overview", HTMLElement).hidden = view.open !== null;
  }

  #drawRows() {
    const { list, view, me } = this.#room;
    const { words } = this.#tongue;
    const nothing = !list.loading && list.rows.length === 0;
    this.#stream.show(list.rows, list.more || list.trimmed);
    this.#stream.busy = list.loading;
    part("stream", HTMLElement).hidden = nothing;
    this.#stream.open = view.open;
    const empty = part("empty", HTMLElement);
    const kind = nothing && !list.more ? (Object.keys(view.filter).length ? linkTo({}) : "first") : "";
    if (empty.dataset.kind !== kind) {
      empty.dataset.kind = kind;
      empty.hidden = !kind;
      empty.replaceChildren(...(kind ? [kind === "first" ? firstSteps(me, location.origin, words) : nothingHere(kind, words)] : []));
    }
    part("take-along", HTMLElement).hidden = nothing;
    const sample = part("sample", HTMLElement);
    sample.hidden = kind !== "first";
    if (kind === "first" && !sample.firstChild) sample.append(example(words));
    const older = part("older", HTMLElement);
    older.hidden = !list.more;
    older.textContent = words.get("stream.older");
    const end = part("end", HTMLElement);
    end.hidden = list.more || nothing || list.loading;
    end.textContent = words.get("stream.end");
    if (this.#sought && !list.loading && view.filter.q) {
      this.#sought = false;
      if (document.activeElement === part("q", HTMLInputElement)) requestAnimationFrame(() => this.#stream.focus(list.rows[0]?.id ?? null));
    }
    if (list.waiting && kind === "first") void this.letIn(); // nobody reads yet: the first may walk in
  }

  #drawArrivals() {
    const { list, view } = this.#room;
    const { words } = this.#tongue;
    const button = part("arrivals", HTMLElement);
    const n = list.waiting;
    if (n && !list.loading && !list.rows.length && !list.more && !view.filter.q) return void this.letIn();
    const said = words.get(view.filter.q ? "arrivals.search" : "arrivals", { n });
    button.hidden = n === 0;
    if (button.textContent !== said) button.textContent = said;
    if (n && performance.now() - this.#announcedAt > 10_000) {
      this.#announcedAt = performance.now();
      part("announce", HTMLElement).textContent = words.get("announce.arrivals", { n });
    }
  }

  #drawOpen() {
    const { one, view, me } = this.#room;
    this.#stream.open = view.open;
    if (view.open === null) {
      clearTimeout(this.#readTimer);
      this.#shown = this.#kept = null;
      this.#reader.clear();
      return;
    }
    if (!one) return;
    const may = me.role !== "viewer";
    this.#reader.show(one, may);
    if (this.#weighs) this.#reader.weigh();
    if (this.#writes) this.#reader.write(this.#writes);
    this.#weighs = false;
    this.#writes = null;
    if (this.#shown === one.id) return;
    const first = this.#shown === null;
    this.#shown = one.id;
    this.#kept = null;
    part("pane", HTMLElement).scrollTop = 0;
    if (first && !part("pane", HTMLElement).contains(document.activeElement)) part("pane", HTMLElement).focus({ preventScroll: true });
    else part("announce", HTMLElement).textContent = one.text ?? this.#tongue.words.get("stream.without");
    if (may) this.#readSoon(one.id);
  }

  /** Read is what stood before somebody's eyes for a moment. @param {number} id */
  #readSoon(id) {
    clearTimeout(this.#readTimer);
    this.#readTimer = window.setTimeout(() => {
      const { one, view } = this.#room;
      if (view.open !== id || one?.id !== id || one.status !== "new" || one.erased_at !== null || this.#kept === id) return;
      if (document.body.dataset.at !== "voices") return;
      if (document.hidden || this.#room.writing === id) this.#readSoon(id);
      else void this.#room.mark({ status: "read" });
    }, READ_MS);
  }

  /** @param {string} status */
  async #mark(status) {
    if (!this.#room.one || !follows(this.#room.one.status, status)) return;
    const wanted = await this.#sorting.asking.standing(status, 1);
    const { one } = this.#room;
    if (!wanted || !one) return;
    this.#kept = status === "new" ? one.id : null;
    await this.#room.mark(wanted);
    if (!this.#room.one || !stands(this.#room.one, wanted)) return;
    this.#sorting.say(this.#said(wanted), () => this.#sorting.acts.restore(one));
  }

  /** @param {Standing} wanted */
  #said(wanted) {
    return this.#tongue.words.get("marked", { n: 1, status: this.#tongue.says.standing(wanted) });
  }

  /** Of what the collector does not count, as many as are there, once all of them are. */
  get #all() {
    const { list, view } = this.#room;
    return view.filter.words === "all" || list.more || list.loading ? null : { presses: null, words: list.rows.reduce((n, { folded }) => n + 1 + (folded?.others ?? 0), 0) };
  }

  #drawFigures() {
    this.#figuresTimer = 0;
    const { view, facets, themes } = this.#room;
    const counts = facets.all;
    this.#views.show(view.filter, {
      scope: counts,
      placement: facets.without("placement"),
      language: facets.without("language"),
      channel: facets.without("channel"),
      decisions: themes.decisions,
    });
    this.#themes.show(view.filter, counts);
    if (!counts) return;
    showCounter(part("counter", HTMLElement), (counts && counted(counts, view.filter)) ?? this.#all, view.filter, this.#tongue.words);
    if (view.open === null) this.#overview.show(counts, scopeOf(view.filter));
  }
}
