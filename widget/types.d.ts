// What the widget's files hand to each other. Read by tsc alone: no browser loads it.

/** One text by language. */
export type Texts = Record<string, string>;

/** The words of one file in `messages/`. */
export type Words = any;

/** A decision as the placement's document has it: enough for one line. `said`: what the line says. */
export interface Line extends Said {
  key: string;
  patterns: string[];
  url: string;
}

/** What a line says now. */
export interface Said {
  title: Texts;
  said: string;
}

/** A decision as `GET /api/decisions/KEY/outline` has it: what the widget unfolds, in one language. */
export interface Outline extends Said {
  key: string;
  url: string;
  late: boolean;
  closed: string;
  stance: string;
  stance_note: Texts;
  ending: Texts;
  question: Texts;
  open: Texts;
  fixed: { text: Texts; because: Texts }[];
  owner: string;
  answers: string;
  version: number;
  text: boolean;
  changed_at: number;
  words: Words;
  ask?: Question;
}

/** What an office asks, while it waits for answers. `said`: who asks, and until when. */
export interface Question {
  id: number;
  text: Texts;
  said: string;
}

/** A question as it stands in the widget. `say` puts its texts into the language of now. */
export interface Standing {
  mine: Talk;
  section: HTMLElement;
  text: HTMLTextAreaElement;
  say(ask: Question, texts: Words): void;
}

/** A section of a version of the text, in one language. `paragraphs`: how many one can react to, parted by an empty line; one: to the whole. */
export interface Section {
  key: string;
  title: Texts;
  text: Texts;
  paragraphs: number;
}

/** What of the text a reaction is about: a section, or a paragraph of it, counted from 1. */
export interface Part {
  section: string;
  paragraph?: number;
}

export interface Door {
  name: string;
  said: string[];
  ways: { label: string; text: string; href: string | null }[];
}

/** Whom one can reach, as `GET /api/placements/KEY/doors` has it. */
export interface Doors {
  title: string;
  doors: Door[];
  own_title: string;
  own: Door[];
  help_title: string;
  help_what: string;
  help: { number: string; name: string; what: string; web: string | null }[];
  all: { label: string; href: string };
}

/** The document of a placement in one language: the same for every visitor who reads it. `texts` has that one. `named`: the decision that the tag asked for. */
export interface Placement {
  key: string;
  question: string;
  gateway: boolean;
  live: boolean;
  notice: { text: Texts; until: number | null } | null;
  call: { name: string; phone: string } | null;
  form_url: string;
  receipt_url: string;
  texts: Record<string, Words>;
  read_days: number | null;
  decisions: Line[];
  named: string | null;
}

/**
 * One submission in the making. `root`: where its screens stand. `key`: goes with every try to send. `said`: what was
 * answered so far. `receipt`: the code, once it is stored. `about`: what of a decision it is about. `late`: it comes too
 * late for that decision. `left`: what is not stored yet, a whole submission or changes to it. `kept`: somebody asked to keep
 * that on this device. `over`: it is given up.
 */
export interface Talk {
  host: HTMLElement;
  root: HTMLElement;
  collector: string;
  placement: Placement;
  lang: string;
  key: string;
  said: Record<string, any>;
  receipt: string;
  about?: { decision: string; version?: number; ask?: number } & Partial<Part>;
  late?: boolean;
  left?: { post?: Record<string, any>; changes?: Record<string, any> };
  kept?: boolean;
  over?: boolean;
  /** A question was there, so what draws it is too. */
  asked?: Question;
  /** One other voice, asked for once. */
  other?: Promise<HTMLElement[]>;
}

/** What is drawn. `shared`: the ordinary question stands beside it. `translate`: into the talk's language of now. */
export interface Screens {
  shared: boolean;
  translate(): void;
}

/** What the collector says is in the way (RFC 9457), or why it takes longer; null when it goes on. */
export type Waiting = (problem: any) => void;

export type Parts = (string | Node)[];
type Save = (changes: Record<string, any>) => Promise<any>;

// tijdens.js
export type Dress = (talk: Talk, sheet: CSSStyleSheet) => void;
/** `folder`: of the file below `messages/`, with its slash. */
export type Speech = (talk: Talk, folder?: string) => Promise<Words>;
export type Tell = (host: HTMLElement, name: string, detail: Record<string, any>) => void;
export type El = <K extends keyof HTMLElementTagNameMap>(tag: K, properties?: Record<string, any>, ...children: (Node | string)[]) => HTMLElementTagNameMap[K];
export type Own = (talk: Talk) => HTMLElement;
/** `field`: of the submission, that the answer goes into. */
export type Ask = (talk: Talk, words: Words, field: string) => void;
export type Press = (talk: Talk, said: Record<string, string>, status: HTMLElement) => Promise<void>;
/** `again` draws a first screen. */
export type Translate = (talk: Talk, again: () => void) => void;

// more.js, cost.js, contacts.js, receipt.js, mask.js, kept.js
/** Opens or closes the contact points below what was pressed. */
export type Contacts = (talk: Talk, after: HTMLElement) => Promise<void>;
export type Help = (talk: Talk) => Promise<HTMLElement>;
export type Saver = (talk: Talk, status: HTMLElement, trouble: HTMLElement, texts: Words) => Save;
export type Choice = (name: string, question: string, answers: Texts, chosen: unknown, changed: (value: string) => void) => HTMLElement;
/** `would`: it is asked of something that is not yet so. */
export type Costs = (talk: Talk, save: Save, would: boolean) => Promise<HTMLElement>;
export type Show = (talk: Talk, screen: HTMLElement) => void;
/** `document`: of the receipt, as the collector has it. */
export type Thank = (talk: Talk, texts: Words, document: any) => Promise<void>;
export type Resume = (talk: Talk, note: HTMLElement) => Promise<void>;

// send.js
/** Resolves to the answer, to nothing when it was given up; rejects with `{problem}` when trying again would not mend it. */
export type Deliver = (talk: Talk, method: string, body: Record<string, any> | null, waiting: Waiting) => Promise<any>;
export type Failure = (talk: Talk, texts: Words, problem: any) => Parts;
export type Keep = (talk: Talk, wanted: boolean) => void;

// ask.js
/** `outline`: of the decision that is unfolded in the box. */
export type Asked = (talk: Talk, box: Element, outline: Outline) => Promise<void>;

// which.js, line.js, decision.js
export type Fits = (pattern: string, path: string) => boolean;
export type Chosen = (placement: Pick<Placement, "decisions" | "named">, path: string) => Line[];
export type Pick_ = (texts: Texts) => { lang: string; textContent: string };
/** `make` draws what unfolds, the first time; folded again it is only hidden, so what was typed stays. It stands after the button's own element. */
export type Folding = (button: HTMLButtonElement, make: () => HTMLElement) => HTMLButtonElement;
/** `ordinary`: the box of the ordinary question, hidden while a decision is unfolded. Null when none is for this page. */
export type Lines = (talk: Talk, ordinary: HTMLElement) => Screens | null;
/** `say` tells the line above how the decision stands. */
export type Unfold = (talk: Talk, box: HTMLElement, key: string, say: (now: Said) => void) => Promise<Screens>;
/** Draws a question of its own about a part of the text; about the whole decision without one. */
export type Speak = (part?: Part) => HTMLElement;
/** `address`: of the version of the text. */
export type Sections = (address: string, words: Words, speak: Speak) => Promise<Parts>;
