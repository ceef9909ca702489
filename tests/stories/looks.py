"""A page looked at in every light and on every screen; the pictures are kept, to be looked at by people."""

from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Page

from tests import seen
from tests.browser import Screen

SHOTS = Path(__file__).parents[1] / "screenshots"
LOOKS = tuple(product((Screen.PHONE, Screen.NARROW), ("light", "dark")))
LOOKS_OF_STAFF = (*LOOKS, (Screen.WIDE, "light"))
OPEN_ALL = "() => document.querySelectorAll('main details').forEach((e) => { e.open = true; })"


def faults(page: Page, name: str, looks: Iterable[tuple[Screen, str]]) -> Iterator[str]:
    """What is wrong with a page, in each of its looks, with everything unfolded that can be."""
    SHOTS.mkdir(exist_ok=True)
    page.evaluate(OPEN_ALL)
    yield from seen.headings(page)
    for screen, scheme in looks:
        page.set_viewport_size(screen.size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        look = f"{screen.size['width']} {scheme}"
        page.screenshot(path=SHOTS / f"{name}-{look.replace(' ', '-')}.png", full_page=True)
        yield from (f"{look}: {fault}" for fault in seen.accessibility(page, colours_only=scheme == "dark"))
        if scheme == "light":
            found = (*seen.spilt(page), *seen.spilt_when_spaced(page), *seen.small_targets(page))
            yield from (f"{look}: {fault}" for fault in found)
