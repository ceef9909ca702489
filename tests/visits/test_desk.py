"""The health visitors' pages: a day as it is driven, families who wait, hours and days off."""

from datetime import timedelta
from uuid import UUID

from parentsite.people.models import RelationKind
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.service import asking, contacts, visiting
from parentsite.visits.service.homes import Home, save_home
from tests import builders
from tests.places.seen import letters, row
from tests.sites import Site
from tests.strict import Client
from tests.visits.desks import STREET, at_desk, booked, living, slot_at, token
from tests.visits.scene import WEEKS, broken, family, mornings, visitor

FRIDAY = "2026-02-13"


def test_the_day_stands_in_driving_order_with_what_she_needs(site: Site) -> None:
    with site.work() as now:
        her = visitor(now)
        late, early = living(now), living(now)
        save_home(now, early.parent, Home(interpreter="Somali", door_code="12#34", at_home="En hund"))
        second, first = booked(now, late, 1), booked(now, early, 0)
    page = at_desk(site, her).get(f"/desk/besog?day={FRIDAY}")
    rows = page.texts("//table[@id='stops']/tbody/tr")
    assert len(rows) == 2
    links = page.all("//table[@id='stops']//a[contains(@href, 'aftale')]/@href")
    assert links == [f"/desk/besog/aftale/{visit}" for visit in (first, second)]
    assert STREET in rows[0]
    assert "Somali" in rows[0]
    assert "Somali" not in rows[1]
    assert "12#34" not in page.sheet.text
    assert "En hund" not in page.sheet.text


def test_her_day_is_hers_alone(site: Site) -> None:
    with site.work() as now:
        visitor(now)
        colleague, one = builders.clerk(now), living(now)
        visit = booked(now, one)
    desk = at_desk(site, colleague)
    assert not desk.get(f"/desk/besog?day={FRIDAY}").all("//table[@id='stops']")
    assert STREET not in desk.get(f"/desk/besog/aftale/{visit}").sheet.text


def test_a_protected_address_stands_on_the_visits_own_page_for_her_alone(site: Site) -> None:
    with site.work() as now:
        her, one = visitor(now), living(now, is_protected=True)
        save_home(now, one.parent, Home(door_code="12#34"))
        visit = booked(now, one)
    desk, colleague = at_desk(site, her), at_desk(site)
    assert STREET not in desk.get(f"/desk/besog?day={FRIDAY}").sheet.text
    assert STREET not in desk.get(f"/desk/besog/familie/{one.child}").sheet.text
    opened = desk.get(f"/desk/besog/aftale/{visit}")
    (unprinted,) = opened.texts("//*[@class='unprinted']")
    assert STREET in unprinted
    assert "12#34" in unprinted
    assert opened.text.count(STREET) == 1
    assert STREET not in colleague.get(f"/desk/besog/aftale/{visit}").sheet.text
    site.clock.move(days=4)
    desk = at_desk(site, her)
    assert STREET not in desk.get(f"/desk/besog/aftale/{visit}").sheet.text


def test_an_adult_who_no_longer_decides_is_not_driven_to_unwarned(site: Site) -> None:
    with site.work() as now:
        her, one = visitor(now), living(now)
        visit = booked(now, one)
        builders.block(now, one.parent, one.child)
    desk = at_desk(site, her)
    assert "Spørg, før du kører" in desk.get(f"/desk/besog?day={FRIDAY}").text
    assert "Spørg, før du kører" in desk.get(f"/desk/besog/aftale/{visit}").text


def test_illness_names_every_family_and_one_press_proposes_another_time(site: Site) -> None:
    with site.work() as now:
        her, other = visitor(now), visitor(now, *mornings(days=[2, 3]))
        families = [living(now) for _ in range(3)]
        visits = {booked(now, one) for one in families}
    desk = at_desk(site, other)
    page = desk.get(f"/desk/besog/team/{her}/fri")
    listed = desk.follow(desk.submit(page, first=FRIDAY, last="2026-02-16"))
    forms = listed.all("//table[@id='displaced']//form/@action")
    assert {UUID(str(one).split("/")[-2]) for one in forms} == visits
    assert len(set(listed.all("//table[@id='displaced']//input[@name='slot']/@value"))) == len(visits)
    for action in forms:
        desk.submit(listed, action=str(action))
    assert not desk.get("/desk/besog/familier").all("//table[@id='displaced']")
    with site.look() as now:
        assert {row(now.session, HomeVisit, visit).state for visit in visits} == {"proposed"}
        told = [name for name, _ in letters(now.session)]
        assert told.count("visits/must_move") == told.count("visits/proposed") == len(visits)
        assert visiting.to_move(now) == ()
        assert broken(now.session) == []


def test_well_again_nobody_is_to_be_moved(site: Site) -> None:
    with site.work() as now:
        her, one = visitor(now), living(now)
        booked(now, one)
    desk = at_desk(site, her)
    desk.submit(desk.get(f"/desk/besog/team/{her}/fri"), first=FRIDAY, last=FRIDAY)
    plan = desk.get(f"/desk/besog/team/{her}")
    desk.submit(plan, action=plan.all("//form[contains(@action, '/fri/')]/@action")[0])
    assert not desk.get("/desk/besog/familier").all("//table[@id='displaced']")
    assert not desk.get("/desk/").all("//main//a[@href='/desk/besog/familier']//b")


def test_two_visitors_never_give_one_time_to_two_families(site: Site) -> None:
    with site.work() as now:
        visitor(now)
        one, other = living(now), living(now)
    here, there = at_desk(site), at_desk(site)
    pages = [d.get(f"/desk/besog/familie/{f.child}/{WEEKS}") for d, f in ((here, one), (there, other))]
    assert slot_at(pages[0], 0) == slot_at(pages[1], 0)
    here.submit(pages[0], slot=slot_at(pages[0], 0))
    refused = there.submit(pages[1], slot=slot_at(pages[1], 0), status=422)
    assert refused.errors == ["Denne tid er ikke ledig længere. Vælg en anden."]
    assert slot_at(refused, 0) != slot_at(pages[0], 0)
    there.submit(refused, slot=slot_at(refused, 0))
    with site.look() as now:
        assert now.session.query(HomeVisit).count() == 2
        assert broken(now.session) == []


def test_a_time_is_proposed_in_the_home_that_is_named(site: Site) -> None:
    with site.work() as now:
        visitor(now)
        visitor(now, *mornings("skovlunde"))
        one = living(now)
        other = builders.person(now, given_name="Rasmus", district="skovlunde")
        builders.relate(now, other, one.child, RelationKind.CUSTODY)
        builders.relate(now, other, one.child, RelationKind.RESIDENCE, shared=True)
        stranger = builders.person(now)
    desk = at_desk(site)
    path = f"/desk/besog/familie/{one.child}/{WEEKS}"
    page = desk.get(f"{path}?host={other}")
    desk.get(f"{path}?host={stranger}", status=404)
    desk.submit(page, slot=slot_at(page, 0))
    with site.look() as now:
        (made,) = now.session.query(HomeVisit)
        assert made.host_id == other
        assert row(now.session, VisitSlot, made.slot_id).district == "skovlunde"


def test_what_came_of_a_visit_is_said_when_it_has_begun(site: Site) -> None:
    with site.work() as now:
        her, one = visitor(now), living(now)
        visit = booked(now, one)
    desk = at_desk(site, her)
    page = desk.get(f"/desk/besog/aftale/{visit}")
    assert not page.all("//input[@name='outcome']")
    early = token(page) | {"outcome": "done"}
    assert desk.post(page.path, early, status=422).errors == ["Besøget er ikke begyndt endnu."]
    site.clock.move(days=1, hours=2)
    desk = at_desk(site, her)
    for outcome, told in (("not_at_home", "not_at_home"), ("done", "done")):
        page = desk.get(f"/desk/besog/aftale/{visit}")
        assert desk.submit(page, outcome=outcome).location == f"/desk/besog?day={FRIDAY}"
        with site.look() as now:
            assert row(now.session, HomeVisit, visit).state == told
    assert not desk.get(f"/desk/besog/aftale/{visit}").all("//textarea")


def test_a_request_is_answered_with_a_letter_or_by_a_proposal(site: Site) -> None:
    with site.work() as now:
        visitor(now)
        one, other = living(now), living(now)
        asking.ask_for_extra(now, one.parent, one.child, "Vi vil gerne tale om søvn.")
        asking.ask_for_a_time(now, other.parent, other.child, WEEKS)
    desk = at_desk(site)
    listed = desk.get("/desk/besog/familier")
    assert len(listed.all("//table[@id='requests']/tbody/tr")) == 2
    assert "søvn" not in listed.text
    page = desk.get(f"/desk/besog/familie/{one.child}")
    assert page.texts("//blockquote") == ["Vi vil gerne tale om søvn."]
    desk.submit(page)
    page = desk.get(f"/desk/besog/familie/{other.child}/{WEEKS}")
    desk.submit(page, slot=slot_at(page, 0))
    assert not desk.get("/desk/besog/familier").all("//table[@id='requests']")
    with site.look() as now:
        sent = letters(now.session)
        assert ("visits/reply", one.parent) in sent
        assert ("visits/reply", other.parent) not in sent


def test_who_has_heard_nothing_is_found(site: Site) -> None:
    with site.work() as now:
        colleague = visitor(now)
        silent = family(now, born=now.today - timedelta(days=7))
        family(now, born=now.today - timedelta(days=6))
        answered, met = family(now), living(now)
        contacts.answer(now, asking.say_not_contacted(now, answered.parent, answered.child), colleague)
        booked(now, met)
    listed = at_desk(site).get("/desk/besog/familier")
    links = listed.all("//table[@id='unmet']//a/@href")
    assert links == [f"/desk/besog/familie/{silent.child}"]


def test_the_front_page_tells_each_office_of_its_own(site: Site) -> None:
    with site.work() as now:
        visitor(now)
        one = living(now)
        asking.ask_for_a_time(now, one.parent, one.child, WEEKS)
    assert at_desk(site).get("/desk/").all("//main//a[@href='/desk/besog/familier']//b")
    clerk: Client = site.clerk()
    assert not clerk.get("/desk/").all("//main//a[contains(@href, 'besog')]")
