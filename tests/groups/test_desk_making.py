"""A group is made from its kind, with all its meetings; what cannot be is refused and kept."""

from uuid import UUID

import pytest
from sqlalchemy import select

from parentsite.groups.models import GroupMeeting, ParentGroup
from tests.groups.desks import at_desk, days
from tests.groups.scene import ADDRESS, DISTRICT, EVENING, MOTHERS
from tests.places.seen import row
from tests.sites import Site
from tests.strict import Page

NEW = f"/desk/grupper/ny/{MOTHERS}"
FIRST = {"day": "2026-03-25", "address": ADDRESS}


def group_path(page: Page) -> UUID:
    return UUID(page.location.rpartition("/")[2])


def test_a_group_is_made_from_its_kind_with_all_its_meetings(site: Site) -> None:
    desk = at_desk(site)
    assert "/desk/grupper/ny" in desk.get("/desk/grupper").links()
    assert NEW in desk.get("/desk/grupper/ny").links()
    page = desk.get(NEW)
    assert page.all("//input[@name='capacity']/@value") == ["6"]
    assert page.all("//input[@name='born_from']/@value") == ["2025-12-18"]
    assert page.all("//input[@name='languages'][@checked]/@value") == ["da"]
    answer = desk.submit(page, district=DISTRICT, times="4", **FIRST)
    made = desk.follow(answer)
    # Maundy Thursday to Easter Monday lie between; the clock changes on 29 March.
    assert days(site, group_path(answer)) == ["25-03 10.00", "01-04 10.00", "08-04 10.00", "15-04 10.00"]
    assert len(made.all("//table[@id='meetings']/tbody/tr")) == 4
    assert ADDRESS in made.text
    assert f"/desk/grupper/{group_path(answer)}" in desk.get("/desk/grupper").links()
    with site.look() as now:
        found = row(now.session, ParentGroup, group_path(answer))
        assert (found.kind, found.district, found.capacity, found.languages) == (MOTHERS, DISTRICT, 6, "da")
        assert ADDRESS.encode() not in now.session.scalars(select(GroupMeeting.address)).first()


def test_holidays_are_skipped_and_no_meeting_is_lost(site: Site) -> None:
    desk = at_desk(site)
    answer = desk.submit(desk.get(NEW), day="2026-03-26", every="weekly", times="3")
    # 2 April 2026 is Maundy Thursday.
    assert [one[:5] for one in days(site, group_path(answer))] == ["26-03", "09-04", "16-04"]


def test_the_same_press_twice_is_one_group(site: Site) -> None:
    desk = at_desk(site)
    page = desk.get(NEW)
    first, second = (desk.submit(page, times="2", **FIRST) for _ in range(2))
    assert first.location == second.location
    with site.look() as now:
        assert now.session.query(ParentGroup).count() == 1
        assert now.session.query(GroupMeeting).count() == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "2026-02-11"}, "day"),
        ({"day": "2026-04-02"}, "day"),
        ({"day": "2099-01-01"}, "day"),
        ({"begins": "25:00"}, "begins"),
        ({"ends": "10:00"}, "ends"),
        ({"times": "0"}, "times"),
        ({"times": "21"}, "times"),
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "mange"}, "capacity"),
        ({"born_until": ""}, "born_until"),
        ({"born_from": ""}, "born_from"),
        ({"born_until": "2025-01-01"}, "born_until"),
        ({"address": "x" * 201}, "address"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_the_rest_is_kept(
    site: Site, typed: dict[str, str], field: str
) -> None:
    desk = at_desk(site)
    sent: dict[str, str] = {"district": DISTRICT, **FIRST, **typed}
    refused = desk.submit(desk.get(NEW), status=422, **sent)  # type: ignore[arg-type]
    assert refused.all("//*[contains(@class, 'error-summary')]//a/@href") == [f"#{field}"]
    assert refused.all(f"//*[@id='{field}-error']")
    for name, value in sent.items():
        assert value in refused.all(
            f"//input[@name='{name}']/@value | //select[@name='{name}']/option[@selected]/@value"
        )
    with site.look() as now:
        assert now.session.query(ParentGroup).count() == 0


def test_an_evening_proposes_no_ages_and_asks_for_places(site: Site) -> None:
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/ny/{EVENING}")
    assert not any(page.all("//input[@name='born_from' or @name='capacity']/@value"))
    refused = desk.submit(page, day="2026-03-25", status=422)
    assert refused.errors == ["Skriv, hvor mange pladser der er."]
    answer = desk.submit(refused, capacity="40")
    assert days(site, group_path(answer)) == ["25-03 19.00"]
    desk.get("/desk/grupper/ny/kor", status=404)
