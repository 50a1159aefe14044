/**
 * Building nodes. Text only ever becomes a text node: whatever a citizen wrote stays what she wrote.
 */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {string | Node | null | false | undefined} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Attributes} [attributes] false, null and undefined are left out; true is an attribute without a value
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  set(node, attributes);
  node.append(...kept(children));
  return node;
}

/**
 * The same for a drawing.
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[Name]}
 */
export function draw(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  set(node, attributes);
  node.append(...kept(children));
  return node;
}

/**
 * @param {Element} node
 * @param {Attributes} attributes
 */
export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
}

/**
 * Words of a person: in their own language and direction, whatever those are.
 * @param {string} text
 * @param {string | null} language
 * @param {readonly [number, number][]} [marked] what somebody searched for: from where to where
 */
export function words(text, language, marked = []) {
  const node = make("p", { class: "words", dir: "auto", lang: language ?? "" });
  let at = 0;
  for (const [from, to] of marked) {
    node.append(text.slice(at, from), make("mark", {}, text.slice(from, to)));
    at = to;
  }
  node.append(text.slice(at));
  return node;
}

/**
 * For those who hear the page: there, but not seen.
 * @param {string} text
 */
export function heard(text) {
  return make("span", { class: "heard" }, text);
}

/**
 * The element of the page with this id and of this kind; a page without it is a fault of ours.
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function part(id, kind) {
  const node = document.getElementById(id);
  if (!(node instanceof kind)) throw new Error(`the page has no #${id}`);
  return node;
}

/**
 * Those that are there.
 * @param {Child[]} children
 * @returns {(string | Node)[]}
 */
export function kept(children) {
  return /** @type {(string | Node)[]} */ (children.filter((child) => child !== null && child !== undefined && child !== false));
}
