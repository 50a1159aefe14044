/**
 * What a team does with voices: sorts them into themes, sets their status, shows their words in public. Each act says
 * what it did and can be undone. Knows no DOM.
 *
 * @import { Api } from "./api.js"
 * @import { Kind } from "./kinds.js"
 * @import { Texts } from "./desk/types.js"
 * @import { Room } from "./room.js"
 * @import { Standing } from "./status.js"
 * @import { Submission } from "./types.js"
 * @import { Theme } from "./themes/types.js"
 * @import { Tongue } from "./elements/article.js"
 */

import { follows, standing, stands } from "./status.js";

export class Acts {
  #api;
  #room;
  #tongue;
  #say;
  #failed;

  /**
   * @param {Api} api
   * @param {Room} room
   * @param {Tongue} tongue
   * @param {(said: string, back: (() => Promise<void>) | null) => void} say
   * @param {(error: unknown) => void} failed
   */
  constructor(api, room, tongue, say, failed) {
    this.#api = api;
    this.#room = room;
    this.#tongue = tongue;
    this.#say = say;
    this.#failed = failed;
  }

  /**
   * Puts voices into a theme, or takes them out.
   * @param {readonly Submission[]} voices
   * @param {number} theme
   * @param {boolean} into
   */
  async sort(voices, theme, into) {
    const ids = voices.filter(({ themes }) => themes.includes(theme) !== into).map(({ id }) => id);
    if (!ids.length) return;
    const { themes } = this.#room;
    const run = (/** @type {boolean} */ add) => themes.sort(theme, add ? { add: ids } : { remove: ids });
    await this.#try(async () => {
      await run(into);
      const said = this.#tongue.words.get(into ? "sorted.into" : "sorted.out", { n: ids.length, theme: this.#tongue.says.theme(theme) });
      this.#say(said, () => this.#try(() => run(!into)));
    });
  }

  /**
   * A new theme, with voices in it at once.
   * @param {Texts} name
   * @param {string | null} decision
   * @param {readonly Submission[]} voices
   * @returns {Promise<Theme | null>} null when it was refused
   */
  async name(name, decision, voices) {
    /** @type {Theme | null} */
    let made = null;
    const ids = voices.map(({ id }) => id);
    await this.#try(async () => {
      made = await this.#room.themes.create({ name, decision, submissions: ids });
      const { id } = made;
      const said = this.#tongue.words.get("sorted.into", { n: ids.length, theme: this.#tongue.says.theme(id) });
      if (ids.length) this.#say(said, () => this.#try(() => this.#room.themes.sort(id, { remove: ids })));
      else this.#say(this.#tongue.words.get("theme.named", { theme: this.#tongue.says.theme(id) }), null);
    });
    return made;
  }

  /** Gives a voice the status it had, unless somebody else changed it meanwhile. @param {Submission} voice */
  async restore(voice) {
    await this.#try(() => this.#set(voice.id, standing(voice)));
  }

  /**
   * Sets the status of several. One that somebody else changed meanwhile is left as she left it, and so is one on whose
   * status this one does not follow.
   * @param {readonly Submission[]} voices
   * @param {Standing} wanted
   * @param {boolean} [again] also where it stands already: a named person reads what only a key has read
   */
  async mark(voices, wanted, again = false) {
    const able = voices.filter(({ status }) => follows(status, wanted.status));
    if (!able.length) return this.#say(this.#tongue.words.get("marked.none", { n: voices.length, status: this.#tongue.says.standing(wanted) }), null);
    await this.#try(async () => {
      for (const { id } of able) await this.#set(id, wanted, again);
      const said = [this.#tongue.words.get("marked", { n: able.length, status: this.#tongue.says.standing(wanted) })];
      if (able.length < voices.length) said.push(this.#tongue.words.get("marked.left", { n: voices.length - able.length }));
      this.#say(said.join(" "), () => this.#try(async () => {
        for (const voice of able) await this.#set(voice.id, standing(voice));
      }));
    });
  }

  /**
   * Says whose several are. One that somebody else changed meanwhile is left as she left it.
   * @param {readonly Submission[]} voices
   * @param {number | null} member
   */
  async assign(voices, member) {
    const set = async (/** @type {number} */ id, /** @type {number | null} */ wanted) => {
      const now = await this.#api.submission(id);
      if ((now.member ?? null) !== wanted) await this.#api.triage(now, { member: wanted }).catch(this.#unlessStale);
      if (this.#room.view.open === id) await this.#room.read(id);
    };
    await this.#try(async () => {
      for (const { id } of voices) await set(id, member);
      const name = member === null ? "" : this.#tongue.says.colleague(member);
      this.#say(this.#tongue.words.get(member === null ? "assign.none" : "assign.to", { n: voices.length, name }), () => this.#try(async () => {
        for (const { id, member: before } of voices) await set(id, before ?? null);
      }));
    });
  }

  /** @param {number} id @param {Standing} wanted @param {boolean} [again] */
  async #set(id, wanted, again = false) {
    const now = await this.#api.submission(id);
    if (stands(now, wanted) && !again) return;
    const { status, ...beside } = wanted;
    if (follows(now.status, status)) await this.#api.triage(now, wanted).catch(this.#unlessStale);
    else if (now.status === status) await this.#api.triage(now, beside).catch(this.#unlessStale);
  }

  /**
   * Says what a voice is, or takes that back when it is said already. Whoever says it has read it.
   * @param {Submission} voice
   * @param {Kind} kind
   */
  async kind(voice, kind) {
    const after = voice.kind === kind ? null : kind;
    await this.#try(async () => {
      await this.#setKind(voice, after, voice.status === "new" ? "read" : undefined);
      const said = after ? this.#tongue.words.get("kind.set", { kind: this.#tongue.says.value("kind", after) }) : this.#tongue.words.get("kind.taken");
      this.#say(said, () => this.#try(() => this.#kindAgain(voice)));
    });
  }

  /**
   * The same for several; what is of that kind already stays.
   * @param {readonly Submission[]} voices
   * @param {Kind} kind
   */
  async kinds(voices, kind) {
    const others = voices.filter((voice) => voice.kind !== kind);
    if (!others.length) return;
    await this.#try(async () => {
      for (const voice of others) await this.#setKind(voice, kind, voice.status === "new" ? "read" : undefined);
      this.#say(this.#tongue.words.get("kind.set_many", { n: others.length, kind: this.#tongue.says.value("kind", kind) }), () => this.#try(async () => {
        for (const voice of others) await this.#kindAgain(voice);
      }));
    });
  }

  /** As it was. @param {Submission} voice */
  #kindAgain(voice) {
    return this.#setKind(voice, voice.kind ?? null, voice.status === "new" ? "new" : undefined);
  }

  /** @param {Submission} voice @param {string | null} kind @param {string} [status] */
  async #setKind({ id }, kind, status) {
    const now = await this.#api.submission(id);
    await this.#api.triage(now, { kind, ...(status ? { status } : {}) }).catch(this.#unlessStale);
    if (this.#room.view.open === id) await this.#room.read(id);
  }

  /**
   * Shows the words of a voice in public with a theme, or takes them back.
   * @param {number} id
   * @param {number} theme
   * @param {boolean} quoted
   */
  async quote(id, theme, quoted) {
    const run = async (/** @type {boolean} */ shown) => {
      await this.#room.themes.quote(theme, id, shown);
      if (this.#room.view.open === id) await this.#room.read(id);
    };
    await this.#try(async () => {
      await run(quoted);
      this.#say(this.#tongue.words.get(quoted ? "quoted" : "quoted.not", { theme: this.#tongue.says.theme(theme) }), () => this.#try(() => run(!quoted)));
    });
  }

  /** @param {{status?: number}} error */
  #unlessStale = (error) => {
    if (error.status !== 412) throw error;
  };

  /** @param {() => Promise<unknown>} run */
  async #try(run) {
    try {
      await run();
    } catch (error) {
      this.#failed(error);
    }
  }
}
