/**
 * Drawing again only what changed, without taking the focus from anybody.
 */

/** @type {WeakMap<Element, string>} what each element shows now */
const SHAPES = new WeakMap();

/**
 * Fills `root` anew when its shape is another one.
 * @param {HTMLElement} root
 * @param {unknown} shape all that the content is made of
 * @param {() => (Node | string | null)[]} build
 * @returns {boolean} whether it was filled
 */
export function refill(root, shape, build) {
  const text = JSON.stringify(shape);
  if (SHAPES.get(root) === text) return false;
  SHAPES.set(root, text);
  const active = document.activeElement;
  const held = active && root.contains(active) ? active.id || active.getAttribute("href") : null;
  root.replaceChildren(...build().filter((node) => node !== null));
  if (held) {
    const again = document.getElementById(held) ?? [...root.querySelectorAll("a")].find((link) => link.getAttribute("href") === held);
    again?.focus({ preventScroll: true });
  }
  return true;
}

/** What `root` shows is not known any more. @param {HTMLElement} root */
export function forget(root) {
  SHAPES.delete(root);
}
