"""What must hold of the journey's tables at every moment, whoever did what to whom at the same time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from parentsite.foundation.audit import AuditEntry
from parentsite.foundation.work import SYSTEM, Work
from parentsite.people.models import Attendance
from parentsite.places.models import Application, Offer, Placement, Vacancy, Wish
from parentsite.places.service.line import place_in_line
from tests.databases import MOMENT

LIVE = {"sent", "waiting"}
IN_LINE = {"waiting", "offered"}
HELD = {"agreed", "running", "notice_given"}


@dataclass(frozen=True)
class Tables:
    """All rows of the journey, read at once."""

    session: Session

    @cached_property
    def applications(self) -> dict[Any, Application]:
        return {row.id: row for row in self._rows(Application)}

    @cached_property
    def wishes(self) -> dict[Any, Wish]:
        return {row.id: row for row in self._rows(Wish)}

    @cached_property
    def vacancies(self) -> dict[Any, Vacancy]:
        return {row.id: row for row in self._rows(Vacancy)}

    @cached_property
    def offers(self) -> list[Offer]:
        return self._rows(Offer)

    @cached_property
    def placements(self) -> list[Placement]:
        return self._rows(Placement)

    @cached_property
    def attendances(self) -> list[Attendance]:
        return self._rows(Attendance)

    def acts(self, action: str, record: Any) -> int:
        """How many audit entries tell of the action on the record."""
        found = select(AuditEntry.id).where(AuditEntry.action == action, AuditEntry.record_id == str(record))
        return len(self.session.scalars(found).all())

    def _rows(self, model: Any) -> list[Any]:
        return list(self.session.scalars(select(model).execution_options(populate_existing=True)))


def a_vacancy_stands_as_its_offers_do(tables: Tables) -> Iterator[str]:
    expected = {"open": [], "withdrawn": [], "offered": ["open"], "filled": ["accepted"]}
    for vacancy in tables.vacancies.values():
        held = [
            one.state for one in tables.offers if one.vacancy_id == vacancy.id and one.state in {"open", "accepted"}
        ]
        if held != expected[vacancy.state]:
            yield f"a vacancy is {vacancy.state} while its offers are {held}"


def a_wish_stands_as_its_offers_do(tables: Tables) -> Iterator[str]:
    for wish in tables.wishes.values():
        states = [one.state for one in tables.offers if one.wish_id == wish.id]
        if (wish.state == "offered") != ("open" in states):
            yield f"a wish is {wish.state} while its offers are {states}"
        if (wish.state == "fulfilled") != ("accepted" in states):
            yield f"a wish is {wish.state} while its offers are {states}"


def an_ended_application_stands_in_no_line(tables: Tables) -> Iterator[str]:
    for wish in tables.wishes.values():
        application = tables.applications[wish.application_id]
        if application.state in {"withdrawn", "closed"} and wish.state in IN_LINE:
            yield f"a wish is {wish.state} while its application is {application.state}"
    for offer in tables.offers:
        application = tables.applications[offer.application_id]
        if offer.state == "open" and application.state not in LIVE:
            yield f"an offer is open while its application is {application.state}"


def what_is_sent_is_sent_whole(tables: Tables) -> Iterator[str]:
    for application in tables.applications.values():
        wishes = [wish for wish in tables.wishes.values() if wish.application_id == application.id]
        sent = application.state != "draft"
        if tables.acts("application.sent", application.id) != int(sent):
            yield f"{tables.acts('application.sent', application.id)} entries for a {application.state} application"
        if sent and not wishes:
            yield "a sent application without a wish"
        for wish in wishes:
            placed = [wish.line_key, wish.seniority, wish.age_group, wish.wished_on]
            if any((fact is not None) != sent for fact in placed):
                yield f"a wish of a {application.state} application has {placed}"


def every_yes_is_one_place(tables: Tables) -> Iterator[str]:
    accepted = {offer.id: tables.vacancies[offer.vacancy_id] for offer in tables.offers if offer.state == "accepted"}
    placed = {place.offer_id: place for place in tables.placements}
    if accepted.keys() != placed.keys():
        yield f"{len(accepted)} accepted offers, {len(placed)} placements"
    for offer_id, place in placed.items():
        vacancy = accepted.get(offer_id)
        if vacancy and (place.facility, place.starts_on) != (vacancy.facility, vacancy.starts_on):
            yield f"a placement at {place.facility} from {place.starts_on} for the vacancy of another"


def a_child_is_in_one_place_at_a_time(tables: Tables) -> Iterator[str]:
    spells = [(each.child_id, each.since, each.until, each.facility) for each in tables.attendances]
    for child, since, _, facility in spells:
        others = [one for one in spells if one[0] == child and one[3] != facility]
        if any(began <= since and (ended is None or since < ended) for _, began, ended, _ in others):
            yield f"a child belongs to two houses on {since}"
    for place in tables.placements:
        attended = any(s[0] == place.child_id and s[3] == place.facility and s[1] == place.starts_on for s in spells)
        if place.state in HELD and not attended:
            yield f"a child has a place at {place.facility} and does not belong there"


def lines_stand_as_the_rules_say(tables: Tables) -> Iterator[str]:
    """Placing everybody anew changes nothing: no place in line rests on what is no longer so."""
    before = {wish.id: (wish.line_key, wish.seniority) for wish in tables.wishes.values()}
    for application in tables.applications.values():
        if application.state in LIVE:
            place_in_line(Work(tables.session, MOMENT, SYSTEM), application.id)
    after = {wish.id: (wish.line_key, wish.seniority) for wish in Tables(tables.session).wishes.values()}
    if before != after:
        yield "a place in line rests on what is no longer so"


LAWS: tuple[Callable[[Tables], Iterator[str]], ...] = (
    a_vacancy_stands_as_its_offers_do,
    a_wish_stands_as_its_offers_do,
    an_ended_application_stands_in_no_line,
    what_is_sent_is_sent_whole,
    every_yes_is_one_place,
    a_child_is_in_one_place_at_a_time,
    lines_stand_as_the_rules_say,
)


def broken(session: Session) -> list[str]:
    """Every law that the tables break. Needs a session that may write; nothing it writes should be kept."""
    tables = Tables(session)
    return [f"{law.__name__}: {problem}" for law in LAWS for problem in law(tables)]
