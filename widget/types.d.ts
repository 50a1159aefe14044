// What the widget's files hand to each other. Read by tsc alone: no browser loads it.

/** One text by language. */
export type Texts = Record<string, string>;

/** The words of one file in `messages/`. */
export type Words = any;

export interface ContactPoint {
  key: string;
  name: string;
  phone: string | null;
  counter: string | null;
  post: string | null;
  video: string | null;
  chat: string | null;
  hours: string | null;
  languages: string[];
}

/** A decision as the placement's document has it: enough for one line. Times are Unix milliseconds, days `2027-03-14`. */
export interface Line {
  key: string;
  title: Texts;
  state: "published" | "decided" | "withdrawn" | "merged";
  phase: string;
  promise: "tell" | "answer" | "change";
  stance: "unknown" | "changed" | "half_baked" | null;
  until: string | null;
  closes_at: number | null;
  is_open: boolean;
  patterns: string[];
  url: string;
  changed_at: number;
}

/** A decision as `GET /api/decisions/KEY` has it: what of it the widget shows. */
export interface Decision extends Line {
  open: Texts;
  fixed: { text: Texts; because: Texts }[];
  owner: string;
  contact_point: ContactPoint | null;
  stance_note: Texts;
  phases: { phase: string; opens: string; opens_at: number; question: Texts }[];
  version: number;
  sections: { key: string; title: Texts; text: Texts }[];
}

/** The document of a placement: the same for every visitor. `named`: the decision that the tag asked for. */
export interface Placement {
  key: string;
  question: string;
  gateway: boolean;
  languages: string[];
  live: boolean;
  notice: { text: Texts; until: number | null } | null;
  contact_points: ContactPoint[];
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
 * late for that decision.
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
  about?: { decision: string; version?: number; section?: string };
  late?: boolean;
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

type Parts = (string | Node)[];
type Save = (changes: Record<string, any>) => Promise<any>;

// tijdens.js
export type Dress = (talk: Talk, sheet: CSSStyleSheet) => void;
/** `folder`: of the file below `messages/`, with its slash. */
export type Speech = (talk: Talk, folder?: string) => Promise<Words>;
/** `field`: of the submission, that the answer goes into. */
export type Ask = (talk: Talk, words: Words, field: string) => void;
export type Press = (talk: Talk, said: Record<string, string>, status: HTMLElement) => Promise<void>;
/** `again` draws a first screen. */
export type Translate = (talk: Talk, again: () => void) => void;

// more.js, cost.js, contacts.js, receipt.js, mask.js
/** Opens or closes the contact points below what was pressed. */
export type Contacts = (talk: Talk, after: HTMLElement) => Promise<void>;
export type Saver = (talk: Talk, status: HTMLElement, trouble: HTMLElement, texts: Words) => Save;
export type Choice = (name: string, question: string, answers: Texts, chosen: unknown, changed: (value: string) => void) => HTMLElement;
/** `would`: it is asked of something that is not yet so. */
export type Costs = (talk: Talk, texts: Words, save: Save, would: boolean) => HTMLElement;
/** `own`: what the link to the contact points says. */
export type Show = (talk: Talk, screen: HTMLElement, own: string) => void;
/** `document`: of the receipt, as the collector has it. */
export type Thank = (talk: Talk, texts: Words, document: any) => Promise<void>;

// send.js
/** Resolves to the answer; rejects with `{problem}` when trying again would not mend it. */
export type Deliver = (talk: Talk, method: string, body: Record<string, any> | null, waiting: Waiting) => Promise<any>;
export type Failure = (talk: Talk, texts: Words, problem: any) => Parts;
export type Tell = (talk: Talk, name: string, detail: Record<string, any>) => void;

// which.js, line.js, decision.js, text.js. `now`: Unix milliseconds
export type Fits = (pattern: string, path: string) => boolean;
export type Late = (line: Line, now: number) => boolean;
export type Chosen = (placement: Pick<Placement, "decisions" | "named">, path: string, now: number) => Line[];
/** The text in this language, else in the first there is; fit to be assigned to an element. */
export type Pick_ = (texts: Texts, lang: string) => { lang: string; textContent: string };
/** `day`: `2027-03-14`. */
export type Spoken = (day: string, lang: string, now: number) => string;
export type Sentence = (line: Line, texts: Words, lang: string, now: number) => string;
/** `make` draws what unfolds, the first time; folded again it is only hidden, so what was typed stays. It stands after the button's own element. */
export type Folding = (button: HTMLButtonElement, make: () => HTMLElement) => HTMLButtonElement;
/** `ordinary`: the box of the ordinary question, hidden while a decision is unfolded. Null when none is for this page. */
export type Lines = (talk: Talk, ordinary: HTMLElement) => Promise<Screens | null>;
/** `texts`: in the language of now. `say` tells the line above how the decision stands. */
export type Unfold = (talk: Talk, box: HTMLElement, line: Line, texts: () => Words, say: (line: Line) => void) => Promise<Screens>;
/** `speak` draws a question of its own about a section. */
export type Sections = (decision: Decision, texts: Words, lang: string, speak: (section: string) => HTMLElement) => Parts;
