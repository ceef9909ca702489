"""The desk of groups: filled, invited to, met, written to, ended."""

from datetime import date

from sqlalchemy import select

from parentsite.groups.models import GroupMessage, ParentGroup
from parentsite.groups.service import inside, staffing
from parentsite.groups.service.joining import join
from tests import builders
from tests.groups.desks import at_desk, days
from tests.groups.scene import ADDRESS, YOUNG, family, group, letters, meeting, states
from tests.groups.test_service_members import two_members
from tests.sites import Site

WORDS = "Tag et tæppe med på torsdag."


def test_staff_see_who_is_in_and_who_waits_with_what_they_need(site: Site) -> None:
    with site.work() as now:
        of = group(now, capacity=1)
        for name in ("Mette", "Sara", "Line"):
            one = family(now, name)
            join(now, one.parent, one.child, of)
    page = at_desk(site).get(f"/desk/grupper/{of}")
    (member,) = page.texts("//table[@id='members']/tbody/tr")
    assert "Mette Lund" in member
    assert "Asta" in member
    assert "20. januar 2026" in member
    assert page.all("//table[@id='members']//a[@href='tel:+4512345678']")
    line = page.texts("//table[@id='line']/tbody/tr")
    assert [("Sara" in one, "Line" in one) for one in line] == [(True, False), (False, True)]
    listed = at_desk(site).get("/desk/grupper?state=full").texts("//table[@id='groups']/tbody/tr")
    assert len(listed) == 1
    assert "2 i kø" in listed[0]


def test_more_places_are_offered_in_order_and_fewer_than_are_taken_are_refused(site: Site) -> None:
    with site.work() as now:
        of = group(now, capacity=1)
        families = [family(now) for _ in range(3)]
        for one in families:
            join(now, one.parent, one.child, of)
    desk = at_desk(site)
    path = f"/desk/grupper/{of}/pladser"
    page = desk.follow(desk.submit(desk.get(path), capacity="2"))
    assert "Svar senest" in page.texts("//table[@id='members']/tbody/tr")[1]
    with site.look() as now:
        assert states(now.session, of) == ["joined", "offered", "waiting"]
        assert letters(now.session, families[1].parent) == ["groups/offered"]
    refused = desk.submit(desk.get(path), capacity="1", status=422)
    assert refused.all("//*[@id='capacity-error']")
    assert refused.all("//input[@name='capacity']/@value") == ["1"]


def test_who_is_taken_out_gets_a_letter_and_the_next_gets_the_place(site: Site) -> None:
    with site.work() as now:
        of, one, two = group(now, capacity=1), family(now), family(now, "Sara")
        member = join(now, one.parent, one.child, of).member_id
        join(now, two.parent, two.child, of)
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/{of}/medlem/{member}/ud")
    assert "Pladsen går straks til den første i køen" in page.text
    for _ in range(2):
        desk.submit(page)
    with site.look() as now:
        assert states(now.session, of) == ["ended", "offered"]
        assert letters(now.session, one.parent) == ["groups/ended", "groups/joined"]
        assert letters(now.session, two.parent) == ["groups/offered"]
    desk.get(page.path, status=404)


def test_families_are_counted_then_invited_once(site: Site) -> None:
    with site.work() as now:
        of, one, two = group(now), family(now), family(now)
        family(now, born=date(2024, 1, 1))
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/{of}/inviter")
    assert "2 forældre får et brev" in page.text
    for _ in range(2):
        told = desk.follow(desk.submit(page))
    assert "0 forældre får et brev" in told.text
    with site.look() as now:
        for each in (one, two):
            assert letters(now.session, each.parent) == ["groups/invited"]
    again = desk.get(page.path)
    assert not again.all("//main//form")
    assert "2 forældre har fået brevet før" in again.text


def test_nobody_can_be_invited_to_a_kind_that_says_something_of_a_parent(site: Site) -> None:
    with site.work() as now:
        of = group(now, kind=YOUNG)
    desk = at_desk(site)
    path = f"/desk/grupper/{of}/inviter"
    assert path not in desk.get(f"/desk/grupper/{of}").links()
    page = desk.get(path)
    assert not page.all("//main//form")
    token = desk.get(f"/desk/grupper/{of}/luk").all("//main//input[@name='csrf_token']/@value")[0]
    desk.post(path, {"csrf_token": token}, status=422)


def test_a_message_is_sealed_and_a_letter_says_only_that_it_is_there(site: Site) -> None:
    with site.work() as now:
        of, (mette, hers), _ = two_members(now)
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/{of}/besked")
    assert desk.submit(page, body="  ", status=422).errors == ["Skriv det, du vil fortælle medlemmerne."]
    for _ in range(2):
        shown = desk.follow(desk.submit(page, body=WORDS))
    assert shown.texts("//blockquote") == [WORDS]
    with site.look() as now:
        (made,) = now.session.scalars(select(GroupMessage))
        assert WORDS.encode() not in made.body
        assert letters(now.session, mette.parent) == ["groups/joined", "groups/message"]
        assert inside.inside(now, mette.parent, hers).messages == ((now.now, WORDS),)


def test_a_meeting_is_moved_and_cancelled_and_members_are_told_once(site: Site) -> None:
    with site.work() as now:
        of, (mette, _), _ = two_members(now)
        made = meeting(now, of)
    desk = at_desk(site)
    move, cancel = (f"/desk/grupper/{of}/moede/{made}/{verb}" for verb in ("flyt", "aflys"))
    page = desk.get(move)
    typed = {name: page.all(f"//input[@name='{name}']/@value") for name in ("day", "begins", "ends", "address")}
    assert typed == {"day": ["2026-02-19"], "begins": ["10:00"], "ends": ["12:00"], "address": [ADDRESS]}
    refused = desk.submit(page, ends="09:00", status=422)
    assert refused.errors == ["Mødet skal slutte, efter at det er begyndt."]
    for _ in range(2):
        desk.submit(page, day="2026-02-20", address="Biblioteket")
    assert days(site, of) == ["20-02 10.00"]
    page = desk.get(cancel)
    for _ in range(2):
        shown = desk.follow(desk.submit(page))
    assert "Aflyst" in shown.texts("//table[@id='meetings']/tbody/tr")[0]
    with site.look() as now:
        told = letters(now.session, mette.parent)
        assert told.count("groups/meeting_moved") == told.count("groups/meeting_cancelled") == 1
    assert not desk.get(cancel).all("//main//form")
    assert "blev ikke flyttet" in desk.submit(desk.get(move), day="2026-02-21", status=422).errors[0]


def test_a_meeting_that_has_begun_is_left_as_it_was(site: Site) -> None:
    with site.work() as now:
        of, _, _ = two_members(now)
        made = meeting(now, of, days=0.01)
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/{of}/moede/{made}/aflys")
    site.clock.move(minutes=20)
    desk.submit(page, status=422)
    shown = desk.get(f"/desk/grupper/{of}")
    assert "Overstået" in shown.texts("//table[@id='meetings']/tbody/tr")[0]
    assert not shown.all("//table[@id='meetings']//a")


def test_meetings_are_added_to_a_group_and_members_get_one_letter(site: Site) -> None:
    with site.work() as now:
        of, (mette, _), _ = two_members(now)
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/{of}/moeder")
    for _ in range(2):
        desk.submit(page, begins="17.00", ends="18.30", every="fortnightly", times="3", day="2026-03-02")
    assert days(site, of) == ["02-03 17.00", "16-03 17.00", "30-03 17.00"]
    with site.look() as now:
        assert letters(now.session, mette.parent).count("groups/meeting_planned") == 1


def test_closing_says_what_follows_then_ends_the_line_and_can_be_undone(site: Site) -> None:
    with site.work() as now:
        of, one, two = group(now, capacity=1), family(now), family(now)
        for each in (one, two):
            join(now, each.parent, each.child, of)
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/{of}/luk")
    assert "Køen slutter" in page.text
    assert "1 forælder står i kø" in page.text or "Én forælder står i kø" in page.text
    for _ in range(2):
        shown = desk.follow(desk.submit(page))
    with site.look() as now:
        assert states(now.session, of) == ["joined", "ended"]
        assert letters(now.session, two.parent) == ["groups/ended"]
    assert str(of) in "".join(desk.get("/desk/grupper?state=closed").links())
    reopened = desk.follow(desk.submit(shown, action=f"/desk/grupper/{of}/aabn"))
    assert "Nye kan være med" in reopened.text


def test_cancelling_says_what_follows_and_then_there_is_no_group(site: Site) -> None:
    with site.work() as now:
        of, (mette, _), _ = two_members(now)
        meeting(now, of)
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/{of}/nedlaeg")
    assert "Du kan ikke fortryde" in page.text
    for _ in range(2):
        shown = desk.follow(desk.submit(page))
    assert not shown.all("//main//form")
    assert f"/desk/grupper/{of}/besked" not in shown.links()
    assert "Aflyst" in shown.texts("//table[@id='meetings']/tbody/tr")[0]
    with site.look() as now:
        assert states(now.session, of) == ["ended", "ended"]
        assert "groups/ended" in letters(now.session, mette.parent)
    token = page.all("//main//input[@name='csrf_token']/@value")[0]
    for verb in ("luk", "aabn"):
        desk.post(f"/desk/grupper/{of}/{verb}", {"csrf_token": token}, status=422)
    for state in ("open", "full", "closed"):
        assert str(of) not in "".join(desk.get(f"/desk/grupper?state={state}").links())


def test_two_who_must_be_kept_apart_are_marked_for_staff(site: Site) -> None:
    with site.work() as now:
        of, one, his = group(now), family(now), family(now, "Bo")
        for each in (one, his):
            join(now, each.parent, each.child, of)
        builders.block(now, his.parent, one.child)
    page = at_desk(site).get(f"/desk/grupper/{of}")
    assert page.texts("//table[@id='members']//*[contains(@class, 'tag bad')]") == ["Hold adskilt"] * 2
    assert page.all("//*[contains(@class, 'notice bad')]")


def test_the_front_page_tells_of_groups_without_a_meeting_ahead(site: Site) -> None:
    with site.work() as now:
        of = group(now)
    desk = at_desk(site)
    assert desk.get("/desk/").all("//main//a[@href='/desk/grupper']//b")
    with site.work() as now:
        meeting(now, of)
    assert not desk.get("/desk/").all("//main//a[@href='/desk/grupper']//b")
    assert not site.clerk().get("/desk/").all("//a[contains(@href, 'grupper')]")


def test_a_kind_the_town_has_dropped_still_has_its_page(site: Site) -> None:
    with site.work() as now:
        of = group(now)
        staffing.close(now, of)
        now.session.query(ParentGroup).update({"kind": "nedlagt"})
    page = at_desk(site).get(f"/desk/grupper/{of}")
    assert page.h1 == "En slags, byen ikke har mere, Baltorp"
