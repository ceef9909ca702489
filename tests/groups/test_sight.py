"""A blocked adult, or one from whom an address is kept, never learns of the other's group: no page, letter or calendar.

Both ways that they can come near each other: he comes after her, and he is there when the block begins.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import update

from parentsite.foundation.database import new_id
from parentsite.foundation.work import Work
from parentsite.groups.journey import JOURNEY
from parentsite.groups.service import meetings, reaching
from parentsite.groups.service.calendar import entries_of
from parentsite.groups.service.inside import own_places
from parentsite.groups.service.joining import join
from parentsite.people.models import Child, RelationKind
from tests import builders
from tests.builders import Pair
from tests.groups.pages import GROUPS, PUBLIC
from tests.groups.scene import ADDRESS, family, group, letters, meeting
from tests.sites import Site

HER, WORDS = "Gunhild", "Tag et tæppe med."


def _blocked(work: Work, adult: UUID, child: UUID) -> None:
    builders.block(work, adult, child)


def _protected(work: Work, adult: UUID, child: UUID) -> None:
    work.session.execute(update(Child).where(Child.id == child).values(address_protected=True))
    builders.relate(work, adult, child, RelationKind.CUSTODY)


SHUT_OUT: dict[str, Callable[[Work, UUID, UUID], None]] = {"blocked": _blocked, "protected": _protected}
each_reason = pytest.mark.parametrize("shut_out", SHUT_OUT.values(), ids=SHUT_OUT)


@dataclass(frozen=True)
class Scene:
    """She is in the group with a meeting and a message; he has a child of his own of the same age."""

    site: Site
    of: UUID
    her: Pair
    his: Pair
    meeting: UUID

    def pages(self, *more: str) -> Iterator[str]:
        """Every page that he can open, and what it says."""
        browser = self.site.parent(self.his.parent)
        for path in ("/mit/en/", GROUPS, PUBLIC, f"{GROUPS}/{self.of}", *more):
            page = browser.get(path, status={200, 303, 410}) if path.count("/") > 3 else browser.get(path)
            yield page.response.get_data(as_text=True)


def scene(site: Site) -> Scene:
    with site.work() as now:
        of, her, his = group(now, capacity=3), family(now, HER), family(now, "Bo")
        join(now, her.parent, her.child, of, shares_phone=True)
        made = meeting(now, of)
    return Scene(site, of, her, his, made)


def calendar(site: Site, person: UUID) -> list[object]:
    with site.look() as now:
        return list(entries_of(now, own_places(now, person), "Appointment"))


@each_reason
def test_he_who_comes_after_her_finds_a_full_group_and_nothing_else(
    site: Site, shut_out: Callable[[Work, UUID, UUID], None]
) -> None:
    told = scene(site)
    with site.work() as now:
        shut_out(now, told.his.parent, told.her.child)
    browser = site.parent(told.his.parent)
    page = browser.get(f"{GROUPS}/{told.of}")
    assert "You will be number 1 in line." in page.text
    place = browser.follow(browser.submit(page, **_with(page, told.his.child)))
    assert "You are number 1 in line" in place.text
    with site.work() as now:
        reaching.write_to_members(now, new_id(), told.of, WORDS)
        meetings.cancel_meeting(now, told.meeting)
        assert letters(now.session, told.his.parent) == []
    assert not [text for text in told.pages(place.path) if any(sign in text for sign in (HER, ADDRESS, WORDS))]
    assert calendar(site, told.his.parent) == []


@each_reason
def test_he_who_was_there_already_loses_every_sight_of_the_group(
    site: Site, shut_out: Callable[[Work, UUID, UUID], None]
) -> None:
    told = scene(site)
    with site.work() as now:
        place = join(now, told.his.parent, told.his.child, told.of).member_id
    assert len(calendar(site, told.his.parent)) == 1
    with site.work() as now:
        shut_out(now, told.his.parent, told.her.child)
        message = new_id()
        reaching.write_to_members(now, message, told.of, WORDS)
        for name, ids in {
            "joined": {"member": place},
            "meeting_planned": {"meeting": told.meeting},
            "message": {"message": message},
        }.items():
            sent = {key: str(value) for key, value in ids.items()}
            assert JOURNEY.letters[name](now, told.his.parent, **sent) is None, name
    browser = site.parent(told.his.parent)
    for end in ("", "/forlad", f"/moede/{told.meeting}/aftale.ics"):
        browser.get(f"{GROUPS}/plads/{place}{end}", status=404)
    assert not [text for text in told.pages() if any(sign in text for sign in (HER, ADDRESS, WORDS, str(place)))]
    assert calendar(site, told.his.parent) == []


@each_reason
def test_nor_does_she_come_upon_him(site: Site, shut_out: Callable[[Work, UUID, UUID], None]) -> None:
    told = scene(site)
    with site.work() as now:
        hers = join(now, told.her.parent, told.her.child, told.of).member_id
        join(now, told.his.parent, told.his.child, told.of, shares_phone=True)
        shut_out(now, told.his.parent, told.her.child)
    page = site.parent(told.her.parent).get(f"{GROUPS}/plads/{hers}")
    assert "You are the first." in page.text
    assert page.texts("//section[@aria-labelledby='members']//li") == []


def _with(page: object, child: UUID) -> dict[str, str]:
    """The child to choose, where there are several: he has a tie to hers too."""
    return {"child": str(child)} if page.all("//input[@type='radio'][@name='child']") else {}  # type: ignore[attr-defined]
