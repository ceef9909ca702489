"""The tick that shows a phone number is a consent to the words beside it: to no others (the site was renewed while the
page was open), and a receipt never tells of words that nobody read.
"""

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from parentsite.consent.models import ConsentReceipt
from parentsite.groups.service.joining import join, leave
from tests import builders
from tests.builders import Pair
from tests.groups.pages import GROUPS
from tests.groups.scene import family, group, states
from tests.sites import Site
from tests.strict import Client, Page

CHANGED = "The words here have changed. Read them again before you answer."


def sent(page: Page, **more: str) -> Mapping[str, str]:
    """What the page's form sends with the tick, from before the words were changed."""
    fields = {name: page.all(f"//main//input[@name='{name}']/@value")[:1] for name in ("csrf_token", "child")}
    return {**{name: found[0] for name, found in fields.items() if found}, "phone": "y", "read": "0", **more}


def receipts(site: Site) -> int:
    with site.look() as now:
        return len(now.session.scalars(select(ConsentReceipt)).all())


@pytest.mark.parametrize("read", ["0", ""])
def test_joining(site: Site, parent: Client, read: str) -> None:
    with site.work() as now:
        of = group(now)
    refused = parent.post(f"{GROUPS}/{of}", sent(parent.get(f"{GROUPS}/{of}"), read=read), status=422)
    assert refused.errors == [CHANGED]
    assert not refused.all("//input[@name='phone'][@checked]")
    with site.look() as now:
        assert states(now.session, of) == []
    parent.submit(refused, phone="y")
    assert receipts(site) == 1


def test_without_the_tick_nothing_is_answered(site: Site, parent: Client) -> None:
    with site.work() as now:
        of = group(now)
    page = parent.get(f"{GROUPS}/{of}")
    parent.post(f"{GROUPS}/{of}", {name: value for name, value in sent(page).items() if name != "phone"})
    with site.look() as now:
        assert states(now.session, of) == ["joined"]
    assert receipts(site) == 0


def test_taking_a_place_that_is_offered(site: Site, mette: Pair, parent: Client) -> None:
    with site.work() as now:
        of, sara = group(now, capacity=1), family(now, "Sara")
        theirs = join(now, sara.parent, sara.child, of).member_id
        member = join(now, mette.parent, mette.child, of).member_id
        leave(builders.as_parent(now, sara.parent), sara.parent, theirs)
    path = f"{GROUPS}/plads/{member}"
    refused = parent.post(path, sent(parent.get(path)), status=422)
    assert refused.errors == [CHANGED]
    assert "There is a place for you" in refused.text
    assert "until the time was up" not in refused.text
    assert receipts(site) == 0
    parent.submit(refused, action=path, phone="y")
    assert receipts(site) == 1


def test_sharing_later(site: Site, mette: Pair, parent: Client) -> None:
    with site.work() as now:
        member = join(now, mette.parent, mette.child, group(now)).member_id
    path = f"{GROUPS}/plads/{member}"
    told = parent.follow(parent.post(f"{path}/telefon", sent(parent.get(path))))
    assert told.texts("//*[@role='status']")[0] == CHANGED
    assert receipts(site) == 0
    parent.submit(told, action=f"{path}/telefon")
    assert receipts(site) == 1
