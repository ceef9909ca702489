"""Nothing typed is lost: a form sent too late is given back to its own person, once, and is never sent by itself."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, select

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import new_id
from parentsite.foundation.web import rescue
from parentsite.foundation.web.rescue import RescuedText
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import SYSTEM, Work
from parentsite.people.models import Child
from tests import builders
from tests.sites import Site, sign_in
from tests.strict import Client, Page

Working = Callable[..., AbstractContextManager[Work]]
FORM = "/mit/da/barn"
KEY = "/mit/barn"
NAME = "Alma-Ærø Sørensen"


def send_too_late(site: Site, browser: Client, clock: FixedClock, *, htmx: bool = False) -> Page:
    """Fill in the form, go away for a while, and press the button."""
    form = browser.get(FORM)
    clock.move(minutes=45)
    status = 401 if htmx else 303
    pressed = {"kind": "born", "day": "2026-01-20", "name": NAME}
    token = form.all("//main//input[@name='csrf_token']/@value")[0]
    return browser.post(FORM, {**pressed, "csrf_token": token}, status=status, htmx=htmx)


def kept(site: Site) -> int:
    with site.look() as work:
        return work.session.scalar(select(func.count()).select_from(RescuedText)) or 0


def children(site: Site) -> int:
    with site.look() as work:
        return work.session.scalar(select(func.count()).select_from(Child)) or 0


def values(page: Page) -> dict[str, str]:
    typed = page.all("//main//input[@name='name' or @name='day' or (@name='kind' and @checked)]")
    return {field.get("name"): field.get("value") for field in typed}


@pytest.mark.parametrize("htmx", [False, True])
def test_what_was_typed_comes_back_after_signing_in(site: Site, clock: FixedClock, mother: UUID, htmx: bool) -> None:
    browser = site.parent(mother)
    told = send_too_late(site, browser, clock, htmx=htmx)
    assert told.location == f"/mit/igen?til={FORM}"
    browser.get(told.location)
    assert children(site) == 0
    sign_in(site, browser, mother)
    form = browser.get(FORM)
    assert values(form) == {"kind": "born", "day": "2026-01-20", "name": NAME}
    assert children(site) == 0


def test_it_comes_back_in_another_language_than_it_was_typed_in(site: Site, clock: FixedClock, mother: UUID) -> None:
    browser = site.parent(mother)
    send_too_late(site, browser, clock)
    sign_in(site, browser, mother)
    form = browser.get("/mit/ar/barn")
    assert values(form) == {"kind": "born", "day": "2026-01-20", "name": NAME}
    browser.submit(form)
    assert (kept(site), children(site)) == (0, 1)
    assert values(browser.get(FORM))["name"] == "", "given back once, not once in each language"


def test_it_is_sent_when_the_person_says_so_and_then_forgotten(site: Site, clock: FixedClock, mother: UUID) -> None:
    browser = site.parent(mother)
    send_too_late(site, browser, clock)
    sign_in(site, browser, mother)
    assert kept(site) == 1
    browser.submit(browser.get(FORM))
    assert (kept(site), children(site)) == (0, 1)
    assert values(browser.get(FORM))["name"] == ""


def test_it_is_given_back_once_and_a_refused_form_still_shows_it(site: Site, clock: FixedClock, mother: UUID) -> None:
    browser = site.parent(mother)
    send_too_late(site, browser, clock)
    sign_in(site, browser, mother)
    form = browser.get(FORM)
    assert kept(site) == 0
    assert values(browser.submit(form, day="2050-01-01", status=422))["name"] == NAME
    assert values(browser.get(FORM))["name"] == ""


def test_it_is_forgotten_when_the_same_form_is_sent_with_other_words(site: Site, mother: UUID) -> None:
    browser = site.parent(mother)
    form = browser.get(FORM)
    with site.work() as work:
        rescue.save(work, mother, KEY, {"name": ["an older name"]})
    browser.submit(form, kind="born", day="2026-01-20", name=NAME)
    assert kept(site) == 0


def test_it_is_forgotten_when_what_the_form_was_about_is_sent_or_deleted(site: Site) -> None:
    with site.work() as work:
        parent, children = builders.person(work), [builders.child(work) for _ in range(3)]
        builders.lives_with(work, parent, *children)
        sent, deleted, other = (builders.draft(work, builders.Pair(parent, child)) for child in children)
        for draft in (sent, deleted, other):
            for path in (f"/mit/da/plads/{draft}/familien", f"/mit/ar/plads/{draft}/dato"):
                rescue.save(work, parent, path, {"interpreter": ["Soomaali"]})
    browser = site.parent(parent)
    browser.submit(browser.get(f"/mit/da/plads/{sent}/tjek"))
    assert kept(site) == 4
    browser.submit(browser.get(f"/mit/da/plads/{deleted}/slet"))
    assert kept(site) == 2
    with site.look() as work:
        assert rescue.typed_at(work.session, parent, f"/mit/da/plads/{other}/familien")


def test_nobody_else_on_the_same_telephone_sees_it(site: Site, clock: FixedClock, mother: UUID) -> None:
    browser = site.parent(mother)
    send_too_late(site, browser, clock)
    with site.work() as work:
        other = builders.person(work, given_name="Jonas")
    sign_in(site, browser, other)
    assert values(browser.get(FORM))["name"] == ""
    assert kept(site) == 1


def test_a_strangers_form_is_not_kept(site: Site) -> None:
    stranger = site.client()
    stranger.post(FORM, {"name": NAME}, status=303)
    stranger.set_cookie(Zone.MIT, "made-up")
    stranger.post(FORM, {"name": NAME}, status=303)
    assert kept(site) == 0


def test_a_form_without_its_token_is_not_kept(site: Site, clock: FixedClock, mother: UUID) -> None:
    browser = site.parent(mother)
    clock.move(minutes=45)
    browser.post(FORM, {"name": NAME}, status=303)
    assert kept(site) == 0


def test_it_is_sealed_and_holds_no_token(site: Site, clock: FixedClock, mother: UUID) -> None:
    send_too_late(site, site.parent(mother), clock)
    with site.look() as work:
        (row,) = work.session.execute(select(RescuedText.__table__)).all()
        assert NAME.encode() not in row.sealed
        assert rescue.typed_at(work.session, mother, KEY) == {"kind": ["born"], "day": ["2026-01-20"], "name": [NAME]}


def test_the_last_text_of_a_form_stands_and_each_form_has_its_own(site: Site, mother: UUID) -> None:
    with site.work() as work:
        for path, text in ((FORM, "first"), (FORM, "second"), ("/mit/da/plads/ny", "other")):
            assert rescue.save(work, mother, path, {"name": [text]})
    with site.look() as work:
        assert rescue.typed_at(work.session, mother, FORM) == {"name": ["second"]}
        assert rescue.typed_at(work.session, mother, "/mit/da/plads/ny") == {"name": ["other"]}


def test_a_book_is_too_large_to_keep(site: Site, mother: UUID) -> None:
    with site.work() as work:
        assert not rescue.save(work, mother, FORM, {"name": ["x" * rescue.LARGEST]})
    assert kept(site) == 0


def test_a_long_text_is_kept_whatever_signs_it_is_written_in(site: Site, mother: UUID) -> None:
    for sign in ("ض", "\N{CHILD}"):
        long = {"text": [sign * 12_000]}
        with site.work() as work:
            assert rescue.save(work, mother, FORM, long)
        with site.look() as work:
            assert rescue.typed_at(work.session, mother, FORM) == long


def test_of_all_that_one_person_sends_too_late_only_the_newest_is_kept(
    site: Site, clock: FixedClock, mother: UUID
) -> None:
    """Whoever holds an old form of somebody's may send it again and again, to one address after the other."""
    forms = [f"/mit/da/plads/{new_id()}/dato" for _ in range(rescue.MOST + 5)]
    with site.work() as work:
        other = builders.person(work, given_name="Jonas")
        rescue.save(work, other, FORM, {"name": [NAME]})
    for form in forms:
        clock.move(seconds=1)
        with site.work() as work:
            rescue.save(work, mother, form, {"wanted": ["2026-08-01"]})
    with site.look() as work:
        found = [form for form in forms if rescue.typed_at(work.session, mother, form)]
        assert found == forms[-rescue.MOST :]
        assert rescue.typed_at(work.session, other, FORM) == {"name": [NAME]}


def test_an_address_that_no_form_of_ours_has_is_not_kept(work: Working) -> None:
    """Databases refuse some of them, and an error would tell a person that something is wrong with us."""
    with work() as now:
        person = builders.person(now)
        for code in ("\0", "\n", "x" * 5000):
            assert not rescue.save(now, person, f"/desk/plads/huse/{code}/0-2", {"starts_on": ["2026-08-01"]})


def test_it_is_forgotten_after_a_day(site: Site, clock: FixedClock, mother: UUID) -> None:
    send_too_late(site, site.parent(mother), clock)

    def forget() -> int:
        with site.database.write() as session:
            return rescue.forget_old(Work(session, clock.now(), SYSTEM))

    clock.move(days=1)
    assert forget() == 0
    clock.move(seconds=1)
    assert forget() == 1
    assert date(2026, 2, 13) == clock.now().date()
