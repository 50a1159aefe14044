/**
 * Where one is at the decisions desk, as a fragment of the address: `#desk`, `#desk/new`, `#desk/KEY`, and one of its
 * parts, `#desk/KEY/text`. Knows no DOM.
 *
 * @typedef {"list" | "new" | "stand" | "file" | "text" | "ask"} Part  `stand`: what waits and which step is next; `file`:
 *   what is written about it; `text`: the text that is decided on; `ask`: what its people are asked
 *
 * @typedef {object} Address
 * @property {Part} part
 * @property {string | null} key of the decision
 * @property {number | null} theme the id of a theme that a new one grows out of
 * @property {string | null} page the page that a new one is about
 */

const KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;
const PARTS = /** @type {const} */ (["file", "text", "ask", "stand"]);

/**
 * @param {string} fragment with or without its `#`
 * @returns {Address | null} null for an address elsewhere
 */
export function deskAddress(fragment) {
  const [path = "", query = ""] = fragment.replace(/^#/, "").split("?");
  const [desk, key = "", part = ""] = path.split("/");
  if (desk !== "desk") return null;
  const nowhere = { key: null, theme: null, page: null };
  if (key === "new") {
    const asked = new URLSearchParams(query);
    const theme = asked.get("theme") ?? "";
    return { part: "new", key: null, theme: /^\d{1,16}$/.test(theme) ? Number(theme) : null, page: asked.get("page")?.slice(0, 2_000) || null };
  }
  if (!KEY.test(key)) return { part: "list", ...nowhere };
  const found = PARTS.find((name) => name === part) ?? null;
  return { ...nowhere, part: found ?? "stand", key };
}

/**
 * @param {string | null} key null: the list
 * @param {Part} [part]
 */
export function deskLink(key, part = "stand") {
  return key === null ? "#desk" : part === "stand" ? `#desk/${key}` : `#desk/${key}/${part}`;
}

/** Where a new one begins. @param {{theme?: number, page?: string}} [from] */
export function newLink({ theme, page } = {}) {
  const said = new URLSearchParams({ ...(theme ? { theme: String(theme) } : {}), ...(page ? { page } : {}) }).toString();
  return `#desk/new${said ? `?${said}` : ""}`;
}

/**
 * The words behind a figure of a decision.
 * @param {string} key
 * @param {Record<string, string>} [more]
 */
export function wordsLink(key, more = {}) {
  return `#${new URLSearchParams({ decision: key, ...more })}`;
}
