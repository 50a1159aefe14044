/**
 * One inclusion test: what people say, what the makers know, each step without a screen, and the verdict of somebody else.
 *
 * @import { Texts } from "../desk/types.js"
 * @import { Tongue } from "../elements/article.js"
 * @import { Me } from "../types.js"
 * @import { Draft, Inclusion } from "./test.js"
 *
 * @typedef {(method: string, path: string, body: object) => Promise<Inclusion>} Ask
 */

import { Problem } from "../api.js";
import { button, Fields, goTo } from "../desk/fields.js";
import { refill } from "../desk/refill.js";
import { picked } from "../desk/texts.js";
import { glyph } from "../elements/glyph.js";
import { make } from "../elements/node.js";
import { INCLUSION } from "./address.js";
import { Signing } from "./signing.js";
import { MOST_STEPS, QUESTIONS } from "./test.js";

export class Sheet {
  #inclusion;
  #draft;
  #me;
  #tongue;
  #ask;
  #fields;
  #trouble = make("p", { class: "refused", role: "alert", hidden: true });
  #stand = make("div", { class: "stand" });
  #signals = make("section", { class: "block", "aria-labelledby": "heard-title" });
  #steps = make("div", { class: "sections" });
  #state = make("p", { class: "saving", role: "status" });
  #signing;

  /** @param {Inclusion} inclusion @param {Draft} draft @param {Me} me @param {Tongue} tongue @param {Ask} ask */
  constructor(inclusion, draft, me, tongue, ask) {
    this.#inclusion = inclusion;
    this.#draft = draft;
    this.#me = me;
    this.#tongue = tongue;
    this.#ask = ask;
    this.#fields = new Fields(() => this.#tell());
    this.#signing = new Signing(me, tongue, (path, method, body) => void this.#take(() => ask(method, path, body)), () => this.#draft.dirty);
    const { words } = tongue;
    const edits = me.role !== "viewer";
    this.node = make("div", { class: "inclusion" },
      make("p", { class: "back" }, make("a", { href: INCLUSION }, words.get("inclusion.back"))),
      make("h2", { id: "inclusion-title" }, make("bdi", {}, inclusion.name)),
      this.#stand, this.#signals, this.#trouble,
      edits ? this.#writing() : this.#reading(), edits ? this.#signing.node : null);
    this.#draw();
  }

  /** Something came in. @param {Inclusion} inclusion */
  follow(inclusion) {
    const moved = inclusion.revision !== this.#draft.revision;
    this.#inclusion = inclusion;
    if (moved && !this.#draft.dirty) {
      this.#draft.follow(inclusion);
      this.#fields.sync();
      this.#drawSteps();
    }
    this.#draw();
  }

  #draw() {
    const { words, when } = this.#tongue;
    const { signed, reopened, published, signals, placement } = this.#inclusion;
    refill(this.#stand, [signed, reopened, published], () => [
      make("p", { class: "state" }, reopened ? glyph("badly") : null, make("strong", {}, words.get(!signed ? "inclusion.open" : reopened ? `inclusion.again.${reopened.because}` : `inclusion.signed.${signed.verdict}`))),
      signed ? make("p", { class: "hint" }, words.get("inclusion.signed_by", { name: signed.signer.name, organisation: signed.signer.organisation, day: when.day(signed.signed_at) })) : null,
      signed && Object.keys(signed.note).length ? make("p", { dir: "auto" }, picked(signed.note, words.language).text) : null,
      make("p", { class: "row" },
        make("a", { href: `/inclusion/${placement}/sheet?lang=${words.language}`, target: "_blank", rel: "noopener" }, words.get("inclusion.sheet")),
        published ? make("a", { href: `/inclusion/${placement}?lang=${words.language}`, target: "_blank", rel: "noopener" }, words.get("inclusion.see")) : null,
        signed && this.#me.role !== "viewer" ? button(words.get(published ? "inclusion.hide" : "inclusion.publish"), () => void this.#take(() => this.#ask("PUT", "/published", { published: !published })), { id: "publish-inclusion" }) : null),
      make("p", { class: "hint" }, words.get("inclusion.rule")),
    ]);
    refill(this.#signals, [signals, reopened], () => [
      make("h3", { id: "heard-title" }, words.get("inclusion.heard")), make("p", { class: "hint" }, words.get("inclusion.heard_hint")),
      make("dl", { class: "facts" }, ...signals.map(({ name, number, of }) => {
        const rose = reopened?.signals.some((signal) => signal.name === name);
        const said = of ? words.get("inclusion.share", { number, of, percent: Math.round((100 * number) / of) }) : words.get("inclusion.number", { number, of });
        return make("div", {}, make("dt", {}, words.get(`inclusion.s.${name}`)), make("dd", { class: "figure" }, said, rose ? make("strong", {}, ` · ${words.get("inclusion.rose")}`) : null));
      })),
    ]);
    this.#signing.update(this.#inclusion);
    this.#tell();
  }

  #writing() {
    const { words } = this.#tongue;
    const languages = this.#me.required_languages;
    const questions = QUESTIONS.map((name, place) =>
      this.#fields.texts({ id: `i-${name}`, label: `${place + 1}. ${words.get(`inclusion.q.${name}`)}`, get: () => this.#draft.texts(name), languages, required: languages, rows: 2, limit: 240 }));
    this.#drawSteps();
    return make("div", {},
      make("h3", {}, words.get("inclusion.answers")), make("div", { class: "five" }, ...questions),
      make("section", { class: "block", id: "i-steps" }, make("h3", {}, words.get("inclusion.steps")), make("p", { class: "hint" }, words.get("inclusion.steps_hint")), this.#steps),
      make("p", { class: "row" }, button(words.get("inclusion.save"), () => void this.#save(), { class: "first", id: "save-inclusion" }), this.#state));
  }

  /** For those who may not write. */
  #reading() {
    const { words } = this.#tongue;
    const { answers } = this.#inclusion;
    return make("dl", { class: "facts" }, ...QUESTIONS.map((name) => make("div", {}, make("dt", {}, words.get(`inclusion.q.${name}`)), make("dd", { dir: "auto" }, picked(answers[name] ?? {}, words.language).text || "–"))));
  }

  #drawSteps() {
    const { words } = this.#tongue;
    const languages = this.#me.required_languages;
    const { steps } = this.#draft;
    const texts = (/** @type {string} */ id, /** @type {string} */ label, /** @type {() => Texts} */ get, /** @type {number} */ limit) =>
      this.#fields.texts({ id, label, get, languages, required: languages, rows: 1, limit });
    this.#steps.replaceChildren(
      ...steps.map((step, place) => make("div", { class: "section" },
        texts(`i-step-${place}`, words.get("inclusion.step", { n: place + 1 }), () => step.step, 80),
        texts(`i-way-${place}`, words.get("inclusion.way"), () => step.way, 160),
        steps.length > 1 ? make("p", {}, button(words.get("inclusion.remove", { n: place + 1 }), () => {
          steps.splice(place, 1);
          this.#drawSteps();
          this.#tell();
          goTo("i-steps");
        }, { class: "plain" })) : null)),
      ...(steps.length < MOST_STEPS ? [button(words.get("inclusion.add"), () => {
        steps.push({ step: {}, way: {} });
        this.#drawSteps();
        goTo(`i-step-${steps.length - 1}`);
      }, { id: "add-step" })] : []));
  }

  #tell() {
    const { words } = this.#tongue;
    const said = this.#draft.dirty ? words.get("inclusion.unsaved") : this.#draft.revision ? words.get("inclusion.saved") : "";
    if (this.#state.textContent !== said) this.#state.textContent = said;
    this.#signing.update(this.#inclusion);
  }

  async #save() {
    const draft = this.#draft;
    try {
      this.#inclusion = await this.#ask("PUT", "", draft.body);
      draft.follow(this.#inclusion);
      this.#drawSteps(); // they are other steps now, the same to look at
      this.#trouble.hidden = true;
      this.#draw();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === "stale") draft.revision = this.#inclusion.revision; // the newest that has come in: pressing again lets mine stand
      this.#failed(error, error.code === "stale" ? "inclusion.stale" : null);
    }
  }

  /** @param {() => Promise<Inclusion>} ask */
  async #take(ask) {
    try {
      this.#inclusion = await ask();
      if (!this.#draft.dirty) {
        this.#draft.follow(this.#inclusion);
        this.#drawSteps();
      } else this.#draft.revision = this.#inclusion.revision;
      this.#trouble.hidden = true;
      this.#draw();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#failed(error, error.code === "wrong_state" ? "inclusion.not_yours" : null);
    }
  }

  /** @param {Problem} error @param {string | null} key of a sentence that says it better */
  #failed(error, key) {
    this.#trouble.textContent = key ? this.#tongue.words.get(key) : error.title ? `${error.title}. ${error.detail}` : this.#tongue.words.get("trouble.no_answer");
    this.#trouble.hidden = false;
    this.#trouble.scrollIntoView({ block: "center" });
  }
}
