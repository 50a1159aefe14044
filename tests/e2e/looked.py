"""Looking at a page as it stands, for everybody at once: narrow and enlarged, with more space between letters and lines, with
forced colours and less motion, by keyboard alone, and as a screen reader gets it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.async_api import ViewportSize

from tests.e2e.conftest import Visitor

NARROW: ViewportSize = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
# what one may set oneself without losing anything: success criterion 1.4.12
SPACED = """on => {
  if (!window.spaced) {
    window.spaced = new CSSStyleSheet();
    window.spaced.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
      word-spacing: .16em !important; } p { margin-block-end: 2em !important; }`);
  }
  document.adoptedStyleSheets = on ? [window.spaced] : [];
  return document.documentElement.scrollWidth - innerWidth;
}"""
CUT = """() => [...document.querySelectorAll("body *")].filter(node => {
  if (!node.checkVisibility() || !node.textContent.trim()) return false;
  if (node.closest("svg, textarea, pre, .heard, .skip")) return false;
  const style = getComputedStyle(node);
  if (!/hidden|clip/.test(style.overflowX + style.overflowY) || style.webkitLineClamp !== "none") return false;
  if (node.clientWidth <= 1 || style.textOverflow === "ellipsis") return false;
  return node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1;
}).map(node => `cut off: ${node.outerHTML.slice(0, 90)}`)"""
STUCK = """() => {
  const stays = node => /fixed|sticky/.test(getComputedStyle(node).position) && node.checkVisibility();
  return [...document.querySelectorAll("body *:not(dialog, dialog *)")].filter(stays).filter(node => {
    const box = node.getBoundingClientRect();
    return box.height > innerHeight / 3 && box.width > innerWidth / 2;
  }).map(node => `stays over much of the screen: ${node.outerHTML.slice(0, 90)}`);
}"""
FORCED = """() => {
  const edge = node => {
    const style = getComputedStyle(node);
    const line = name => parseFloat(style[`${name}Width`]) > 0 && !/none|hidden/.test(style[`${name}Style`]);
    return ["borderTop", "borderBottom", "outline"].some(line) || /underline/.test(style.textDecorationLine);
  };
  const found = [];
  for (const node of document.querySelectorAll("button, input, select, textarea, [role=button]")) {
    if (!node.checkVisibility() || !node.getBoundingClientRect().width || node.closest(".heard, .trap")) continue;
    if (/^(radio|checkbox|hidden|file|range)$/.test(node.type)) continue;
    if (!edge(node) && ![...node.children].some(edge)) found.push(`no edge in forced colours: ${node.outerHTML.slice(0, 90)}`);
  }
  for (const node of document.querySelectorAll("body *")) {
    const style = getComputedStyle(node);
    if (parseFloat(style.transitionDuration) > 0 || parseFloat(style.animationDuration) > 0)
      found.push(`moves: ${node.outerHTML.slice(0, 90)}`);
  }
  return found;
}"""
STOPS = """root => {
  const groups = new Set();
  const can = document.querySelector(root).querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
  window.stops = [...can].filter(node => {
    if (node.disabled || node.tabIndex < 0 || node.type === "hidden" || node.closest("[inert]")) return false;
    if (!node.checkVisibility({visibilityProperty: true}) || !node.getClientRects().length) return false;
    if (node.type !== "radio") return true;
    const group = node.form?.id + node.name + [...document.forms].indexOf(node.form);
    if (groups.has(group)) return false;
    groups.add(group);
    return true;
  });
  return window.stops.length;
}"""
STOP = """async () => {
  const look = () => {
    const node = document.activeElement;
    if (!node || node === document.body) return [-2, ""];
    let place = window.stops.indexOf(node);
    if (place < 0 && node.type === "radio")
      place = window.stops.findIndex(other => other.type === "radio" && other.name === node.name && other.form === node.form);
    const html = node.outerHTML.slice(0, 90);
    if (node.tabIndex > 0) return [place, `a tabindex of its own: ${html}`];
    const shown = [node, node.parentElement, node.closest("label")].some(one => {
      if (!one) return false;
      const style = getComputedStyle(one);
      const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      return ring || (one === node && style.boxShadow !== "none");
    });
    if (!shown) return [place, `the focus cannot be seen: ${html}`];
    const box = node.getBoundingClientRect();
    if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth)
      return [place, `the focus is off the screen: ${html}`];
    const within = (value, most) => Math.min(Math.max(value, 1), most - 1);
    const [line] = node.getClientRects();  // of a link over two lines the first
    const [x, y] = [line.x + line.width / 2, line.y + Math.min(line.height, 40) / 2];
    const top = document.elementFromPoint(within(x, innerWidth), within(y, innerHeight));
    const over = top && !node.contains(top) && !top.contains(node) && !node.closest("label, .one")?.contains(top);
    return [place, over ? `something lies over the focus: ${html} under ${top.outerHTML.slice(0, 60)}` : ""];
  };
  // what is drawn above it may push it away for a moment, and the browser brings it back
  for (let times = 0; times < 20 && look()[1]; times += 1) await new Promise(done => setTimeout(done, 50));
  return look();
}"""
NAMED = "button|link|textbox|searchbox|combobox|checkbox|radio|img|dialog|table|navigation"
UNNAMED = re.compile(rf"^\s*- ({NAMED})(?=:|$| \[)", re.M)
BEGIN = """root => {
  const first = document.querySelector(root);
  const own = first.getAttribute("tabindex");
  first.tabIndex = -1;
  first.focus();
  if (own === null) first.removeAttribute("tabindex");
}"""
MISSED = "missed => missed.slice(0, 3).map(place => window.stops[place].outerHTML.slice(0, 90))"


async def looked(visitor: Visitor, name: str, *, root: str = "body", axe: bool = True) -> list[str]:
    """What is wrong with the page as it stands, each with `name`: nothing, for a page that everybody can use. `root`: the part
    whose stops are walked with the Tab key."""
    page, found = visitor.page, []
    await visitor.still()
    if (over := await visitor.sideways()) > 0:
        found.append(f"moves sideways by {over} px")
    found += await page.evaluate(STUCK)
    if (over := await page.evaluate(SPACED, True)) > 0:
        found.append(f"with more space it moves sideways by {over} px")
    found += await page.evaluate(CUT)
    await page.evaluate(SPACED, False)
    if axe:
        found += await visitor.axe(dark=True)
    await page.emulate_media(forced_colors="active", reduced_motion="reduce")
    found += await page.evaluate(FORCED)
    await kept(visitor, f"{name} forced")
    await page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    await kept(visitor, name)
    found += await walked(visitor, root)
    heard = await page.locator("body").aria_snapshot()
    found += [f"without a name: {line.strip()}" for line in UNNAMED.findall(heard)]
    if heard.count("[level=1]") != 1:
        found.append(f"{heard.count('[level=1]')} headings of the first level")
    if "- main" not in heard:
        found.append("no main part")
    return [f"{name}: {one}" for one in found]


async def walked(visitor: Visitor, root: str) -> list[str]:
    """Every stop is reached with the Tab key, in the order in which it stands, seen, and under nothing."""
    page, found = visitor.page, []
    await page.evaluate(BEGIN, root)
    number = await page.evaluate(STOPS, root)
    reached: list[int] = []
    if not number:
        found.append(f"no stop in {root}")
    for _ in range(number * 4 + 1):  # a day has three stops in one field, and a button
        await page.keyboard.press("Tab")
        place, wrong = await page.evaluate(STOP)
        if place < 0 or place in reached[:-1]:
            break
        if reached[-1:] == [place]:
            continue
        reached.append(place)
        if wrong:
            found.append(wrong)
    if reached != list(range(number)):
        missed = sorted(set(range(number)) - set(reached))
        html = await page.evaluate(MISSED, missed)
        found.append(f"{number} stops, the Tab key reaches {len(reached)} of them: {reached} without {html}")
    return found


async def kept(visitor: Visitor, name: str) -> None:
    """A picture of it, for whoever asks for pictures with SHOTS."""
    if folder := os.environ.get("SHOTS"):
        await visitor.page.screenshot(
            path=Path(folder) / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.png", full_page=True
        )
