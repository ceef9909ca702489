"""What a page must hold in a real browser: what axe sees, and what it does not see.

Each check returns sentences about what is wrong, none when all is well.
"""

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast"]
TARGET = 24
MOST_SHIFT = 0.01
AXE = Axe()

# WCAG 1.4.12. Letters that join are not spaced: the criterion leaves out what a script does not use.
_SPACING = """() => {
  const joined = getComputedStyle(document.documentElement).direction === "rtl";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; word-spacing: .16em !important;
    ${joined ? "" : "letter-spacing: .12em !important;"} } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
_PLAIN = "() => { document.adoptedStyleSheets = []; }"

_SPILT = """() => {
  const told = [], width = document.documentElement.clientWidth;
  const name = (e) => `${e.tagName.toLowerCase()}.${e.className} "${e.textContent.trim().slice(0, 40)}"`;
  const root = document.scrollingElement;
  if (root.scrollWidth > width) told.push(`the page scrolls sideways: ${root.scrollWidth} px in ${width}`);
  const hidden = (e) => e.closest(".vh, .skip, [hidden], dialog:not([open]), option")
    || !e.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    const owner = node.parentElement;
    if (!node.data.trim() || hidden(owner) || owner.matches("script, style, select, textarea")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = owner.closest(`a.button, button, summary, .tag, .choice, .card, .panel, .notice, .offer, .fact,
      .menu ul`);
    const rim = box?.getBoundingClientRect();
    for (const r of range.getClientRects()) {
      if (r.width < 1) continue;
      if (r.left < -1 || r.right > width + 1) told.push(`outside the screen: ${name(owner)}`);
      if (rim && (r.left < rim.left - 1 || r.right > rim.right + 1 || r.top < rim.top - 4 || r.bottom > rim.bottom + 4))
        told.push(`outside its box: ${name(owner)}`);
    }
  }
  for (const e of document.querySelectorAll("main *, header *, footer *")) {
    const s = getComputedStyle(e);
    if (hidden(e) || e.closest("svg") || s.overflow === "visible" || !e.textContent.trim()) continue;
    if (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) told.push(`cut off: ${name(e)}`);
  }
  return [...new Set(told)];
}"""

# WCAG 2.5.8, with its two exceptions: links in a sentence, and small targets that keep 24 px clear around them.
_TARGETS = """(least) => {
  const shown = (e) => e.checkVisibility({visibilityProperty: true}) && !e.closest(".skip, dialog:not([open])");
  const area = (e) => {
    const own = e.getBoundingClientRect();
    const row = e.closest(".choice")?.getBoundingClientRect();
    return row ?? own;
  };
  const in_sentence = (e) => {
    const block = e.closest("p, li, dd, td, caption, small");
    if (e.tagName !== "A" || getComputedStyle(e).display !== "inline" || !block) return false;
    return block.textContent.trim().length > e.textContent.trim().length + 3;
  };
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(shown).map((e) => [e, area(e)]);
  const told = [];
  for (const [e, r] of all) {
    if ((r.width >= least && r.height >= least) || in_sentence(e)) continue;
    const x = r.left + r.width / 2, y = r.top + r.height / 2;
    const near = all.some(([other, o]) => {
      if (other === e) return false;
      const dx = Math.max(o.left - x, 0, x - o.right), dy = Math.max(o.top - y, 0, y - o.bottom);
      return Math.hypot(dx, dy) < least / 2;
    });
    const size = `${r.width.toFixed(0)}×${r.height.toFixed(0)}`;
    if (near) told.push(`${e.tagName} "${e.textContent.trim().slice(0, 30)}" is ${size}`);
  }
  return told;
}"""

_SHIFT = """() => new Promise((done) => {
  let sum = 0;
  const add = (list) => list.forEach((e) => { if (!e.hadRecentInput) sum += e.value; });
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => { add(observer.takeRecords()); done(sum); }));
})"""


def accessibility(page: Page, *, colours_only: bool = False) -> list[str]:
    """What axe finds: WCAG 2.2 A and AA, and best practice; or the contrast alone, when only colours have changed."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE.axe_script)
    rules = {"type": "rule", "values": COLOURS} if colours_only else {"type": "tag", "values": RULES}
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("o => axe.run(document, o).then((r) => r.violations)", options)
    return [f"{one['id']}: {node['target']} {_why(node)}" for one in found for node in one["nodes"]]


def spilt(page: Page) -> list[str]:
    """Sideways scrolling, and text outside the screen, outside its box or cut off."""
    return list(page.evaluate(_SPILT))


def spilt_when_spaced(page: Page) -> list[str]:
    """The same, when a reader spaces the text out (WCAG 1.4.12). A strict policy allows a sheet made by script."""
    page.evaluate(_SPACING)
    try:
        return [f"spaced out, {told}" for told in spilt(page)]
    finally:
        page.evaluate(_PLAIN)


def small_targets(page: Page) -> list[str]:
    """What is too small for a finger (WCAG 2.5.8)."""
    return list(page.evaluate(_TARGETS, TARGET))


def headings(page: Page) -> list[str]:
    """One h1, and one only."""
    count = page.locator("h1").count()
    return [] if count == 1 else [f"{count} headings of the first level"]


def shift(page: Page) -> float:
    """How much the page jumped while it was loading."""
    return float(page.evaluate(_SHIFT))


def _why(node: Mapping[str, Any]) -> str:
    checks = [*node.get("any", ()), *node.get("all", ()), *node.get("none", ())]
    return "; ".join(check["message"] for check in checks)
