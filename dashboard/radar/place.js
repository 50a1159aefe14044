/**
 * Where each point of the radar stands on a sheet of so many pixels. Upright: how grave, seven bands. Flat: how many
 * spoke, first a column for a single voice, then a scale on which each line is ten times as many. Knows no DOM.
 *
 * @import { Alone, Point } from "./types.js"
 *
 * @typedef {object} Sheet
 * @property {number} width
 * @property {number} height
 * @property {number} left where the column of single voices begins
 * @property {number} one where it ends, and the scale begins
 * @property {number} right where the scale ends
 * @property {number} top
 * @property {number} band the height of one
 * @property {number} most the end of the scale, a power of ten
 *
 * @typedef {{x: number, y: number, point: Point, label: {x: number, y: number, end: boolean, text: string} | null}} Mark
 * @typedef {{x: number, y: number, alone: Alone}} Single
 * @typedef {{x: number, y: number, number: number}} Rest  single voices for which there was no room
 */

export const BANDS = 7;
export const GRAVE = 3; // so many bands, from the top, are grave
export const RADIUS = 7;
const BAND = 62;
const LETTER = 6.7; // pixels a letter of a label takes, about
const LONGEST = 40;
const CELL = 14;
const NUMBER_CELLS = 3; // so many are kept for the number of those without room
const NARROW = 620;
const FIRST = 2; // the scale begins here: one voice has a column of its own

/**
 * @param {number} width in pixels
 * @param {number} most the greatest reach there is
 * @returns {Sheet}
 */
export function sheet(width, most) {
  const narrow = width < NARROW;
  const left = narrow ? 2 : 168;
  const one = left + (narrow ? Math.round(width * 0.26) : 132);
  const top = 6;
  return {
    width, left, one, top, band: BAND, right: width - (narrow ? 14 : 24), height: top + BANDS * BAND + 46,
    most: 10 ** Math.max(1, Math.ceil(Math.log10(Math.max(most, FIRST)))),
  };
}

/** Whether the names of the bands stand inside the sheet, not beside it. @param {Sheet} of */
export function isNarrow({ width }) {
  return width < NARROW;
}

/** @param {Sheet} of @param {number} reach at least 2 */
export function across({ one, right, most }, reach) {
  const from = Math.log10(FIRST);
  const share = (Math.log10(Math.max(reach, FIRST)) - from) / (Math.log10(most) - from);
  return one + 22 + Math.min(1, share) * (right - one - 22);
}

/** @param {Sheet} of @param {number} height from 0 to 7 */
export function upright({ top, band }, height) {
  const room = RADIUS + 3; // a point stands whole within its band
  const floor = Math.min(BANDS - 1, Math.floor(height));
  const within = height - floor;
  return top + (BANDS - floor) * band - room - within * (band - 2 * room);
}

/** The lines of the scale: 10, 100, 1,000 and so on. @param {Sheet} of */
export function lines({ most }) {
  const found = [];
  for (let value = 10; value <= most; value *= 10) found.push(value);
  return found;
}

/**
 * @param {Sheet} of
 * @param {readonly Point[]} points the gravest first
 * @param {(point: Point) => string} named
 * @returns {Mark[]} of the themes that more than one spoke of
 */
export function marks(of, points, named) {
  /** @type {Mark[]} */
  const found = [];
  /** @type {{x: number, y: number, width: number}[]} what is taken: 16 pixels high, x on the left, y in the middle */
  const taken = [];
  for (const point of points) {
    if (point.reach < FIRST) continue;
    let x = across(of, point.reach);
    const y = upright(of, point.height);
    while (found.some((other) => Math.hypot(other.x - x, other.y - y) < 2 * RADIUS) && x < of.right) x += RADIUS;
    found.push({ x, y, point, label: null });
    taken.push({ x: x - RADIUS, y, width: 2 * RADIUS });
  }
  const free = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ width) =>
    x >= of.one + 4 && x + width <= of.width && !taken.some((other) => Math.abs(other.y - y) < 16 && x < other.x + other.width && other.x < x + width);
  if (isNarrow(of)) return found;
  for (const mark of found) {
    const whole = named(mark.point);
    const text = whole.length > LONGEST ? `${whole.slice(0, LONGEST - 1).trimEnd()}…` : whole;
    const width = text.length * LETTER;
    const beside = RADIUS + 5;
    const under = 2 * RADIUS + 3;
    const places = /** @type {[number, number, boolean][]} */ ([
      [mark.x + beside, mark.y, false], [mark.x - beside, mark.y, true],
      [mark.x - RADIUS, mark.y + under, false], [mark.x + RADIUS, mark.y + under, true],
      [mark.x - RADIUS, mark.y - under, false], [mark.x + RADIUS, mark.y - under, true],
    ]);
    const within = (/** @type {number} */ y) => Math.floor((y - 8 - of.top) / of.band) === Math.floor((y + 8 - of.top) / of.band);
    places.sort(([, one], [, other]) => Number(within(other)) - Number(within(one))); // rather not on a line
    for (const [x, y, end] of places) {
      const start = end ? x - width : x;
      if (y < of.top + 8 || !free(start, y, width)) continue;
      taken.push({ x: start, y, width });
      mark.label = { x, y, end, text };
      break;
    }
  }
  return found;
}

/**
 * Single voices side by side in the column that is theirs, the first at the foot of its band; themes of one voice before
 * them.
 * @param {Sheet} of
 * @param {readonly Point[]} points
 * @param {readonly Alone[]} alone the first of them
 * @param {readonly number[]} levels how many there are of each grave severity
 * @returns {{themes: {x: number, y: number, point: Point}[], singles: Single[], rest: Rest[]}}
 */
export function column(of, points, alone, levels) {
  const columns = Math.max(1, Math.floor((of.one - of.left - 12) / CELL));
  const rows = isNarrow(of) ? 2 : 3;
  /** @type {Map<number, number>} how many stand in a band */
  const stand = new Map();
  const cell = (/** @type {number} */ height) => {
    const band = Math.floor(height);
    const place = stand.get(band) ?? 0;
    stand.set(band, place + 1);
    const row = Math.floor(place / columns);
    const y = upright(of, height) - row * CELL; // the foot of the column is where one voice stands anywhere else
    return { place, x: of.left + 14 + (place % columns) * CELL, y };
  };
  const whole = columns * rows;
  const themes = points.filter((point) => point.reach < FIRST).map((point) => ({ ...cell(point.height), point }));
  /** @type {Single[]} */
  const singles = [];
  /** @type {Rest[]} */
  const rest = [];
  levels.forEach((number, severity) => {
    const band = BANDS - 1 - severity;
    const own = alone.filter(({ height }) => Math.floor(height) === band);
    const room = whole - (stand.get(band) ?? 0);
    const fits = number <= Math.min(room, own.length) ? number : Math.max(0, Math.min(room - NUMBER_CELLS, own.length));
    for (const one of own.slice(0, fits)) {
      const { x, y } = cell(one.height);
      singles.push({ x, y, alone: one });
    }
    if (number > fits) {
      const { x, y } = cell(own[0]?.height ?? band);
      rest.push({ x: x - 5, y: y + 5, number: number - fits });
    }
  });
  return { themes, singles, rest };
}
