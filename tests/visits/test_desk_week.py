"""The week of a health visitor at the desk: hours from a day on, changed, ended, refused."""

from datetime import date

import pytest

from parentsite.visits.models.team import VisitHours
from parentsite.visits.rules.slots import COPENHAGEN
from parentsite.visits.service import booking, visiting
from tests import builders
from tests.sites import Site
from tests.visits.desks import at_desk, booked, living, path_to
from tests.visits.scene import DISTRICT, TWO_MONTHS, broken, family, mornings, shown, times, visitor


def test_a_week_that_is_laid_is_free_for_families_at_once(site: Site) -> None:
    with site.work() as now:
        her, one = builders.clerk(now, name="Hanne Sund"), family(now)
    desk = at_desk(site, her)
    page = desk.get(f"/desk/besog/team/{her}/tid")
    answer = desk.submit(
        page, weekday="1", district=DISTRICT, opens="08:00", closes="10:20", since="2026-02-01", until="2026-03-01"
    )
    plan = desk.follow(answer)
    assert len(plan.all("//table[@id='hours']/tbody/tr")) == 1
    with site.look() as now:
        shown = [f"{one.starts_at.astimezone(COPENHAGEN):%d %H.%M}" for one in times(now, one)]
        assert shown == ["16 08.00", "16 09.20"]
    desk.submit(desk.get(path_to(plan, "/slut")))
    with site.look() as now:
        assert times(now, one) == []
        assert now.session.query(VisitHours).count() == 0


def test_other_hours_from_a_day_on_and_no_family_is_dropped(site: Site) -> None:
    with site.work() as now:
        her, one, other = visitor(now, *mornings(days=(1,))), living(now), family(now, born=date(2026, 1, 13))
        booked(now, one)
        late = booking.book(now, one.parent, one.child, TWO_MONTHS, times(now, one, TWO_MONTHS)[0].slot_id)
    desk = at_desk(site, her)
    page = desk.get(path_to(desk.get(f"/desk/besog/team/{her}"), "/tid/", first=False))
    assert page.all("//input[@name='opens']/@value") == ["08:00"]
    listed = desk.follow(desk.submit(page, opens="09:00", since="2026-03-01"))
    moving = listed.all("//table[@id='displaced']//a[contains(@href, '/flyt')]/@href")
    assert moving == [f"/desk/besog/aftale/{late}/flyt"], "what is agreed before the change stands"
    with site.look() as now:
        assert shown(times(now, other, TWO_MONTHS))[:2] == ["Mon 09 09.00", "Mon 09 10.20"]
        assert broken(now.session) == []
    rows = desk.get(f"/desk/besog/team/{her}").texts("//table[@id='hours']/tbody/tr")
    assert len(rows) == 2


def test_hours_end_on_a_day_and_what_is_before_it_stays(site: Site) -> None:
    with site.work() as now:
        her, one = visitor(now, *mornings(days=(1,), until=None)), living(now)
        booked(now, one)
        late = booking.book(now, one.parent, one.child, TWO_MONTHS, times(now, one, TWO_MONTHS)[0].slot_id)
    desk = at_desk(site, her)
    end = path_to(desk.get(f"/desk/besog/team/{her}"), "/slut")
    assert desk.submit(desk.get(end), day="", status=422).errors == ["Skriv den første dag uden disse tider."]
    listed = desk.follow(desk.submit(desk.get(end), day="2026-03-01"))
    assert [link for link in listed.links() if link.endswith("/flyt")] == [f"/desk/besog/aftale/{late}/flyt"]
    with site.look() as now:
        assert times(now, one, TWO_MONTHS) == []
        assert visiting.to_move(now)[0].starts_at.date() > date(2026, 3, 1)
        assert len(visiting.to_move(now)) == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"closes": "08:00"}, "closes"),
        ({"opens": "25:00"}, "opens"),
        ({"since": ""}, "since"),
        ({"until": "2026-01-01"}, "until"),
        ({"since": "2099-01-01"}, "since"),
        ({"district": ""}, "district"),
    ],
)
def test_hours_that_cannot_be_are_refused_and_kept(site: Site, typed: dict[str, str], field: str) -> None:
    with site.work() as now:
        her = builders.clerk(now)
    desk = at_desk(site, her)
    page = desk.get(f"/desk/besog/team/{her}/tid")
    right = {"weekday": "2", "district": DISTRICT, "opens": "08:00", "closes": "12:00", "since": "2026-02-01"}
    refused = desk.submit(page, **(right | typed), status=422)  # type: ignore[arg-type]
    assert refused.all("//*[contains(@class, 'error-summary')]//a/@href") == [f"#{field}"]
    assert refused.all("//option[@selected]/@value")[0] == "2"


def test_only_the_team_has_a_week(site: Site) -> None:
    with site.work() as now:
        somebody = builders.clerk(now)
    desk = at_desk(site)
    for path in ("", "/tid", "/fri"):
        desk.get(f"/desk/besog/team/{somebody}{path}", status=404)
