"""Deleting a draft: a second press is no error, and what belongs to others looks like what does not exist."""

from uuid import UUID

from parentsite.foundation.database import new_id
from parentsite.places.models import Application
from tests import builders
from tests.page_laws import words
from tests.sites import Site


def delete_page(application: UUID) -> str:
    return f"/mit/da/plads/{application}/slet"


def test_pressed_twice_the_draft_is_gone_and_nothing_is_wrong(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family)
    parent = site.parent(family.parent)
    page = parent.get(delete_page(draft))
    assert [parent.submit(page).location for _ in range(2)] == ["/mit/da/plads"] * 2
    with site.look() as now:
        assert now.session.get(Application, draft) is None


def test_another_familys_draft_is_as_if_it_did_not_exist(site: Site) -> None:
    with site.work() as now:
        mine, theirs = builders.family(now), builders.family(now)
        own, gone, living = (builders.draft(now, one) for one in (mine, theirs, builders.family(now)))
        sent = builders.sent(now, builders.family(now))
    other = site.parent(theirs.parent)
    other.submit(other.get(delete_page(gone)))
    parent = site.parent(mine.parent)
    (token,) = set(parent.get(delete_page(own)).all("//main//input[@name='csrf_token']/@value"))
    answers = [
        parent.post(delete_page(one), {"csrf_token": token}, status=404) for one in (living, gone, sent, new_id())
    ]
    assert len({words(answer.sheet.all("//body")[0]) for answer in answers}) == 1
    with site.look() as now:
        assert now.session.get(Application, living) is not None


def test_what_was_sent_in_another_window_is_not_deleted_but_shown(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family)
    parent = site.parent(family.parent)
    old = parent.get(delete_page(draft))
    parent.submit(parent.get(f"/mit/da/plads/{draft}/tjek"))
    assert parent.submit(old).location == f"/mit/da/plads/{draft}"
