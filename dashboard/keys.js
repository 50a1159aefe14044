/**
 * Which key does what. Knows no DOM: a key press comes as plain facts.
 *
 * @import { Kind } from "./kinds.js"
 *
 * @typedef {"next" | "previous" | "search" | "help" | "open" | "close" | "let_in" | "unfold" | "select" | "sort" | "accept" | "read" | "claim" | "question" | "note" | "assign" | "with" | "answered" | "aside" | "todo" | "unread" | "weigh" | "undo" | Kind} Command
 * @typedef {"text" | "control" | "voice" | "page"} Place  where the focus is: a text field, something that takes
 *   Enter itself, an article of the stream, anywhere else
 */

import { KINDS } from "./kinds.js";

/** In the order in which help lists them. */
export const KEYS = /** @type {readonly [string, Command][]} */ ([
  ["j", "next"], ["k", "previous"], ["Enter", "open"], ["Escape", "close"], [".", "let_in"], ["f", "unfold"], ["n", "todo"],
  ["c", "claim"], ["r", "read"], ["u", "unread"], ["x", "select"], ["t", "sort"], ["y", "accept"],
  ...KINDS.map((kind, place) => /** @type {[string, Command]} */ ([String(place + 1), kind])),
  ["w", "weigh"], ["b", "question"], ["a", "note"], ["m", "assign"], ["p", "with"], ["e", "answered"], ["d", "aside"], ["z", "undo"], ["/", "search"], ["?", "help"],
]);
const CHARACTERS = new Map(KEYS.filter(([key]) => key.length === 1));

/**
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean}} press
 * @param {Place} place
 * @param {boolean} characters whether keys of one character do anything (a person who dictates turns them off)
 * @returns {Command | null}
 */
export function commandOf({ key, ctrlKey, metaKey, altKey }, place, characters) {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === "Escape") return "close";
  if (place === "text") return null;
  if (key === "Enter") return place === "voice" ? "open" : null;
  if (place === "voice" && key === "PageDown") return "next";
  if (place === "voice" && key === "PageUp") return "previous";
  return characters ? CHARACTERS.get(key) ?? null : null;
}
