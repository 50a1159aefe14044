// A calendar file (RFC 5545) made in the browser: a bell without an address, a cookie or a server. No DOM.

/**
 * A whole-day entry.
 * @param {{at: Date, title: string, address: string, code: string}} entry
 * @returns {string}
 */
export function calendar({ at, title, address, code }) {
  const day = (/** @type {Date} */ date) => `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  const next = new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1);
  const lines = [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tijdens//receipt//EN", "BEGIN:VEVENT",
    `UID:${crypto.randomUUID?.() ?? day(at)}@tijdens`, `DTSTAMP:${new Date().toISOString().replace(/[-:]|\.\d+/g, "")}`,
    `DTSTART;VALUE=DATE:${day(at)}`, `DTEND;VALUE=DATE:${day(next)}`, `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped([address, code].filter(Boolean).join("\n"))}`, "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", "",
  ];
  return lines.map(folded).join("\r\n");
}

/** @param {number} number */
const two = (number) => String(number).padStart(2, "0");

/** @param {string} text */
const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");

/** Lines are 75 bytes at most, the rest goes on after a space. @param {string} line */
function folded(line) {
  const encoder = new TextEncoder();
  let out = "", length = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (length + size > 74) {
      out += "\r\n ";
      length = 1;
    }
    out += character;
    length += size;
  }
  return out;
}
