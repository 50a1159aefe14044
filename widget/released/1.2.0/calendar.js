export function calendar({ at, title, address, code }) {
const day = ( date) => `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
const next = new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1);
const lines = [
"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tijdens//receipt//EN", "BEGIN:VEVENT",
`UID:${crypto.randomUUID?.() ?? day(at)}@tijdens`, `DTSTAMP:${new Date().toISOString().replace(/[-:]|\.\d+/g, "")}`,
`DTSTART;VALUE=DATE:${day(at)}`, `DTEND;VALUE=DATE:${day(next)}`, `SUMMARY:${escaped(title)}`,
`DESCRIPTION:${escaped(code ? `${address}\n${code}` : address)}`, "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", "",
];
return lines.map(folded).join("\r\n");
}
const two = (number) => String(number).padStart(2, "0");
const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
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
