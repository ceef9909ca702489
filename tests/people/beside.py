"""An adult of each kind beside a child, all that goes on around the child, and what each page may show of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from parentsite.contact.models import LetterAttachment
from parentsite.foundation.clock import local_date
from parentsite.foundation.database import new_id
from parentsite.foundation.files import cleaned
from parentsite.foundation.i18n import DANISH, NO_BREAK
from parentsite.foundation.outbox import OutboxLetter
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Work
from parentsite.groups.rules.fitting import Births
from parentsite.groups.service import reaching
from parentsite.groups.service.joining import join
from parentsite.people import calendars
from parentsite.people.models import RelationKind
from parentsite.people.visibility import ALL_FACETS, NOTHING, Facet
from parentsite.places.service import office
from parentsite.places.service.drafts import Family
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service import commenting
from parentsite.town.town import Town
from parentsite.visits.service import booking
from parentsite.visits.service.homes import Home, save_home
from parentsite.visits.service.times import hold
from tests import builders
from tests.contact.scene import HOUSE as HOUSE_TEAM
from tests.contact.scene import OFFICE, begun, said
from tests.foundation.test_files import PDF
from tests.groups.scene import ADDRESS, family, group, meeting
from tests.house_rules.routes import Route, routes_of
from tests.people.registered import (
    CONTACT,
    EXISTENCE,
    OF_A_CHILD_NEAR,
    OF_ITS_TIMES,
    OF_ITS_WRITER,
    ONLY_WHO_DECIDES,
    PLACE,
    START_TALK,
    TEXT,
    TIME,
)
from tests.readiness.paths import as_heard, as_text
from tests.readiness.scene import HOUSE, Scene, published
from tests.sites import Site
from tests.visits.scene import DISTRICT, LATER, mornings, times, visitor

CUSTODY, RESIDENCE, FOSTER, DECLARER = RelationKind
APART = frozenset({EXISTENCE, PLACE, TIME})


@dataclass(frozen=True)
class Adult:
    """A kind of adult, and what the gate lets this kind see."""

    relations: tuple[RelationKind, ...]
    sees: frozenset[Facet]
    address_protected: bool = False
    is_blocked: bool = False
    ended: bool = False
    decides: bool = False


ADULTS = {
    "lives with the child and holds custody": Adult((CUSTODY, RESIDENCE), ALL_FACETS, decides=True),
    "the same, address protected": Adult((CUSTODY, RESIDENCE), ALL_FACETS, address_protected=True, decides=True),
    "holds custody, lives elsewhere": Adult((CUSTODY,), APART),
    "the same, address protected (custody)": Adult((CUSTODY,), frozenset({EXISTENCE}), address_protected=True),
    "foster carer": Adult((FOSTER,), APART),
    "declared the child": Adult((DECLARER,), ALL_FACETS, decides=True),
    "blocked, though living with the child": Adult((CUSTODY, RESIDENCE), NOTHING, is_blocked=True),
    "blocked, with custody": Adult((CUSTODY,), NOTHING, is_blocked=True),
    "whose relation has ended": Adult((CUSTODY, RESIDENCE), NOTHING, ended=True),
    "a stranger": Adult((), NOTHING),
}


LAST = "8-9-maaneder"


class World:
    """A mother with a sent case, an open offer and a draft for her child; and the adult who looks."""

    NAME, HOME_LANGUAGE, INTERPRETER, EMAIL = "Ellinor", "Tigrinsk", "Amharisk", "mor-alene@example.org"
    OTHER, FELLOW, WRITTEN, COMMENT = "Moderen", "Gunhild", "Tag et tæppe med", "Hun kan godt lide regn"
    ASKED, ATTACHED = "Hun vil ikke sove til middag", "Anne siger ja"

    def __init__(self, site: Site, adult: Adult, *, offered: bool = True) -> None:
        self.site, self.adult = site, adult
        with site.work() as work:
            today = work.today
            mother = builders.person(work, given_name=self.OTHER, email=self.EMAIL)
            protected = adult.address_protected
            self.child = builders.child(work, name=self.NAME, district=DISTRICT, address_protected=protected)
            builders.lives_with(work, mother, self.child)
            if adult.decides:
                self.looks = mother
            else:
                self.looks = builders.person(work, given_name="Anden")
                until = today if adult.ended else None
                builders.relate(work, self.looks, self.child, *adult.relations, until=until)
            if adult.is_blocked:
                builders.block(work, self.looks, self.child)
            pair = builders.Pair(mother, self.child)
            self._visits(work, pair)
            self._groups(work, pair)
            calendars.make(work, self.looks, shows_place=False)
            self.houses = builders.houses(work)[:2]
            self._school_start(work, pair)
            self._letter(work, pair)
            told = Family(self.houses[0], True, 37, self.HOME_LANGUAGE, self.INTERPRETER)
            self.wanted, self.starts = today + timedelta(days=101), today + timedelta(days=123)
            self.case = builders.sent(work, pair, wanted=self.wanted, wishes=self.houses, about=told, confirmed=True)
            if offered:
                self.offer = builders.offer(work, self.case, facility=self.houses[0], starts_on=self.starts)
            told_at_desk = office.case(work, self.case)
            known = [self.wanted, self.starts, told_at_desk.line.guaranteed_by]
            known += [offer.answer_by for offer in told_at_desk.offers]
            self.days = [day for day in known if day]
            letters = select(OutboxLetter.id).where(OutboxLetter.receiver_id == mother).limit(1)
            self.letter = work.session.scalars(letters).one()
            self.later = date(today.year + 3, 3, 17)
            self.draft = builders.draft(
                work, pair, care=builders.Care.KINDERGARTEN, wanted=self.later, wishes=self.houses, about=told
            )

    def _visits(self, work: Work, pair: builders.Pair) -> None:
        """One visit is agreed, a time for the next is held, and the mother has told what helps."""
        visitor(work, *mornings(until=None, days=(2,)))
        now = builders.as_parent(work, pair.parent)
        soon, later = times(now, pair, LATER)[0], times(now, pair, LAST)[0]
        self.appointment = booking.book(now, pair.parent, pair.child, LATER, soon.slot_id)
        hold(now, pair.parent, pair.child, LAST, later.slot_id)
        save_home(now, pair.parent, Home(interpreter=self.INTERPRETER))
        self.slot = later.slot_id
        self.visiting = [local_date(one.starts_at) for one in (soon, later)]

    def _school_start(self, work: Work, pair: builders.Pair) -> None:
        """The house has written about the child, and the mother beside it."""
        builders.attends(work, pair.child, HOUSE)
        published(work, Scene(pair.child, (pair.parent,), builders.clerk(work)))
        now = builders.as_parent(work, pair.parent)
        commenting.comment(now, pair.parent, pair.child, DocumentKind.DESCRIPTION, self.COMMENT, language="da")

    def _letter(self, work: Work, pair: builders.Pair) -> None:
        """The mother has written to the house, with a file, and to the office a letter that both parents may read."""
        self.written = begun(work, pair.parent, pair.child, team=HOUSE_TEAM, written=said(self.ASKED, cleaned(PDF)))
        files = select(LetterAttachment.id).where(LetterAttachment.letter_id == self.written)
        self.file = work.session.scalars(files).one()
        begun(work, pair.parent, pair.child, team=OFFICE, shared=True)

    def _groups(self, work: Work, pair: builders.Pair) -> None:
        """The mother is in a group with another, who shares her number; they meet, and staff have written to them."""
        births = Births(work.today - timedelta(days=300), work.today)
        of, self.group = (group(work, births=births, capacity=4) for _ in range(2))
        fellow = family(work, self.FELLOW, born=work.today - timedelta(days=200))
        join(work, fellow.parent, fellow.child, of, shares_phone=True)
        self.member = join(work, pair.parent, pair.child, of).member_id
        self.meeting = meeting(work, of, days=19)
        reaching.write_to_members(work, new_id(), of, self.WRITTEN)
        self.meets = local_date(work.now + timedelta(days=19))

    def path(self, route: Route) -> str:
        case = self.case if route.rule.endpoint in SENT else self.draft
        about = {"application": case, "offer": self.offer, "letter": self.letter}
        about |= {"child": self.child, "visit": LAST, "slot": self.slot, "appointment": self.appointment}
        about |= {"chosen": self.group, "member": self.member, "meeting": self.meeting}
        about |= {"kind": DocumentKind.DESCRIPTION, "number": 1, "attachment": self.file}
        about |= {"team": HOUSE_TEAM if "child" in route.rule.arguments else OFFICE}
        about |= {"letter": self.written} if route.rule.endpoint in OF_ITS_WRITER else {}
        return route.with_values({name: about[name] for name in route.rule.arguments & about.keys()})

    def status(self, route: Route) -> int:
        """What a page answers to the adult who looks; for who does not decide, pages of decisions do not exist."""
        endpoint = route.rule.endpoint
        if endpoint in ONWARD:
            return 303
        if endpoint in START_TALK:
            has_say = self.adult.decides or CUSTODY in self.adult.relations
            return 200 if has_say and self.adult.sees >= {PLACE, TIME} else 404
        if endpoint.startswith("readiness.") and "child" in route.rule.arguments:
            return self.status_before_school(endpoint)
        if endpoint in OF_ITS_WRITER:
            return 200 if self.adult.decides else 404
        if endpoint == "contact.begin" and "child" in route.rule.arguments:
            return 200 if PLACE in self.adult.sees else 404
        if endpoint in OF_ITS_TIMES:
            return 200 if TIME in self.adult.sees else 404
        if endpoint in OF_A_CHILD_NEAR:
            return 200 if self.adult.sees >= {PLACE, TIME} else 404
        if self.adult.decides or not route.rule.arguments & {"application", "offer", "child", "appointment", "member"}:
            return 200
        return 404 if EXISTENCE not in self.adult.sees or endpoint in ONLY_WHO_DECIDES else 200

    def status_before_school(self, endpoint: str) -> int:
        """What is written is for those with custody from whom the place is not kept."""
        has_custody = self.adult.decides or CUSTODY in self.adult.relations
        reads = has_custody and self.adult.sees >= {PLACE, TIME}
        if endpoint == "readiness.delete_comment":
            return 200 if self.adult.decides else 303 if reads else 404
        return 200 if reads else 404

    def seen(self, town: Town) -> dict[str, frozenset[Facet]]:
        """What each page shows to the adult who looks; pages that are not there for this adult are tried as well."""
        browser = self.site.parent(self.looks)
        seen: dict[str, frozenset[Facet]] = {}
        for route in parents_routes(self.site):
            endpoint = route.rule.endpoint
            page = browser.get(self.path(route), status=self.status(route))
            assert endpoint not in ONWARD or self.adult.decides == (page.location != "/mit/da/")
            # What was asked for stands in the links to the same page in other languages, also where nothing is found.
            heard = as_text(page) if endpoint in HANDED_IN else as_heard(page)
            html = heard.replace(self.path(route).removeprefix("/mit/da"), "")
            seen[endpoint] = seen.get(endpoint, NOTHING) | self.shown(html, town)
        return seen

    def shown(self, html: str, town: Town) -> frozenset[Facet]:
        """The facets of the child's life that stand in a page."""
        houses = [house.name for house in town.facilities if house.code in (*self.houses, HOUSE)]
        told = html.replace(NO_BREAK, " ").replace("&nbsp;", " ")
        marks = {
            EXISTENCE: [self.NAME, str(self.child)],
            PLACE: [*houses, ADDRESS],
            TIME: [*days(*self.days, *self.visiting, self.later, self.meets)],
            CONTACT: [self.EMAIL, self.OTHER, self.FELLOW],
            TEXT: [self.HOME_LANGUAGE, self.INTERPRETER, self.WRITTEN, self.COMMENT, self.ASKED, self.ATTACHED],
        }
        return frozenset(facet for facet, signs in marks.items() if any(sign in told for sign in signs))


HANDED_IN = {"contact.file"}
"""Given back as it was handed in."""

ONWARD = {"mine.news"}
"""Leads the receiver of a letter on to what it is about, and everybody else to their own front page."""

SENT = {"places.case", "places.receipt", "places.withdraw"}


def days(*dates: date) -> Iterator[str]:
    for day in dates:
        yield from (day.isoformat(), f"{day:%Y%m%d}", DANISH.day(day).replace(NO_BREAK, " "))


def parents_routes(site: Site) -> list[Route]:
    routes = [route for route in routes_of(site) if route.zone is Zone.MIT and route.policy and route.policy.kind]
    return [route for route in routes if "GET" in route.methods]
