"""Every form of parents and staff: where it stands, what a person fills in, and a town in which it can be sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select

from parentsite.foundation.database import Base, new_id
from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone, zone_of
from parentsite.foundation.work import Actor, ActorKind
from parentsite.people import calendars
from parentsite.places.rules.vocabulary import AgeGroup
from parentsite.places.service import cases, drafts, office
from parentsite.places.service.line import line_of
from tests import builders
from tests.foundation.test_files import PDF
from tests.groups.scene import places_of
from tests.house_rules.contact_forms import CONTACT, letter_to_the_office
from tests.house_rules.desk_forms import DESK, ROLES
from tests.house_rules.form import Form
from tests.house_rules.group_forms import GROUPS_DESK
from tests.house_rules.readiness_forms_consent import READINESS_CONSENTS, asked_for_consent
from tests.house_rules.readiness_forms_desk import READINESS_DESK
from tests.house_rules.readiness_forms_parents import READINESS, on_the_way
from tests.house_rules.visited import groups_to_run, home_visits
from tests.readiness.desk_scene import house_at_work
from tests.sites import Site
from tests.strict import Client, Page
from tests.visits.scene import BORN, DISTRICT, TWO_MONTHS, times, visits_of

HOUSE, OTHER_HOUSE = "globen", "regnbuen"
ASIDE = ("web_session", "rescued_text", "audit_", "letter_mark")
"""How the tables begin that also reading and refusing write to."""
COUNTERS = {"revision", "touched_at"}
"""Columns that tell how often something was saved, not what; so does what is sealed, anew each time."""


DRAFT, CASE, SEAT = "/mit/da/plads/{draft}", "/mit/da/plads/{application}", "/desk/plads/ledig/{vacancy}"
BESOG = "/mit/da/besog"
GRUPPER = "/mit/da/grupper"
MEMBER, SHARING = f"{GRUPPER}/plads/{{joined}}", f"{GRUPPER}/plads/{{sharing}}"
VISIT = f"{BESOG}/aftale/{{proposed}}"
START = f"{BESOG}/{{begins}}/start-samtale"
WEEK = "/desk/besog/team/{visitor}"
FORMS = {
    "mine.declare": Form(
        "/mit/da/barn",
        {"kind": "born", "day": "2026-01-20", "name": "Alma", "district": "hedegaarden", "once": "{once}"},
        frozenset({"kind", "day"}),
    ),
    "mine.contact": Form(
        "/mit/da/kontakt",
        {"email": "ny@example.org", "phone": "12 34 56 78", "language": "en"},
        frozenset({"email", "language"}),
    ),
    "calendar.front": Form("/mit/da/kalender", {"place": "yes"}, frozenset({"place"})),
    "calendar.renew": Form("/mit/da/kalender/ny", {"present": "{calendar}"}, refusals={"present": 303}),
    "calendar.stop": Form("/mit/da/kalender/stop"),
    "places.new": Form("/mit/da/plads/ny", {"child": "{third}", "care": "nursery"}, frozenset({"child", "care"})),
    "places.care": Form(f"{DRAFT}/barn", {"child": "{second}", "care": "childminding"}, frozenset({"child", "care"})),
    "places.wanted": Form(f"{DRAFT}/dato", {"wanted": "2026-09-15"}, frozenset({"wanted"})),
    "places.wishes": Form(f"{DRAFT}/onsker", {"add": "1", "facility": OTHER_HOUSE}, frozenset({"add", "facility"})),
    "places.family": Form(
        f"{DRAFT}/familien",
        {"sibling": HOUSE, "special_need": "yes", "hours": "33", "home_languages": "Somali", "interpreter": "Somali"},
        frozenset({"special_need"}),
    ),
    "places.check": Form(f"{DRAFT}/tjek", {"revision": "{revision}"}, frozenset({"revision"})),
    "places.throw_away": Form(f"{DRAFT}/slet"),
    "places.withdraw": Form(f"{CASE}/traek-tilbage", {"revision": "{sent_revision}"}, frozenset({"revision"})),
    "places.offer": Form(
        "/mit/da/plads/tilbud/{offer}", {"answer": "no", "remove": "{own_wish}"}, frozenset({"answer"})
    ),
    "visits.pick": Form(f"{BESOG}/{{newborn}}/2-maaneder", {"slot": "{slot}"}, frozenset({"slot"})),
    "visits.decide": Form(f"{BESOG}/{{newborn}}/2-maaneder/tid/{{slot}}"),
    "visits.let_go": Form(f"{BESOG}/{{newborn}}/2-maaneder/slip", at=f"{BESOG}/{{newborn}}/2-maaneder"),
    "visits.find": Form(f"{BESOG}/{{newborn}}/2-maaneder/find", at=f"{BESOG}/{{newborn}}/2-maaneder"),
    "visits.silence": Form(f"{BESOG}/{{newborn}}/ikke-kontaktet", at=BESOG),
    "visits.extra": Form(f"{BESOG}/{{newborn}}/ekstra", {"reason": "Hun sover ikke."}, frozenset({"reason"})),
    "visits.start_talk": Form(f"{BESOG}/{{newborn}}/start-samtale", {"house": HOUSE}, frozenset({"house"})),
    "visits.start_talk_off": Form(f"{START}/fortryd", at=START),
    "visits.pass_on": Form(f"{START}/samtykke", {"house": HOUSE, "answer": "yes"}, frozenset({"answer"}), at=START),
    "visits.pass_on_off": Form(f"{START}/samtykke/tilbage", at=START),
    "visits.take_back": Form(f"{BESOG}/anmodning/{{asked}}/tilbage", at=BESOG),
    "visits.confirm": Form(f"{VISIT}/ja", {"slot": "{proposed_slot}"}, frozenset({"slot"}), at=VISIT),
    "visits.cancel": Form(f"{VISIT}/aflys"),
    "visits.home": Form(f"{BESOG}/hjem", {"interpreter": "Somali", "door_code": "12B", "at_home": "Min mor"}),
    "groups.group": Form(f"{GRUPPER}/{{group}}", {"child": "{newborn}"}, frozenset({"child"})),
    "groups.place": Form(f"{GRUPPER}/plads/{{offered}}"),
    "groups.leave": Form(f"{MEMBER}/forlad"),
    "groups.share": Form(f"{MEMBER}/telefon", at=MEMBER),
    "groups.stop_sharing": Form(f"{SHARING}/telefon/stop", at=SHARING),
    "groups.absent": Form(f"{MEMBER}/moede/{{meeting}}/afbud", at=MEMBER),
    "groups.present": Form(f"{SHARING}/moede/{{missed}}/kommer", at=SHARING),
    "places_desk.case": Form("/desk/plads/sag/{unread}", {"revision": "{unread_revision}"}, frozenset({"revision"})),
    "places_desk.line": Form(
        f"/desk/plads/huse/{HOUSE}/0-2",
        {"starts_on": "2026-08-01", "once": "{once}"},
        frozenset({"starts_on", "once"}),
        {"once": 400},
    ),
    "places_desk.vacancy": Form(
        SEAT, {"wish": "{unread_wish}", "reason": "Se notatet."}, frozenset({"wish"}), {"wish": 400}, again=422
    ),
    "places_desk.withdraw_vacancy": Form(f"{SEAT}/luk", again=422, at=SEAT),
    "places_desk.take_back": Form(
        "/desk/plads/tilbud/{offer}/tilbage",
        {"case": "{application}"},
        frozenset({"case"}),
        {"case": 400},
        again=422,
        at="/desk/plads/sag/{application}",
    ),
    **DESK,
    **GROUPS_DESK,
    **READINESS,
    **READINESS_DESK,
    **CONTACT,
    **READINESS_CONSENTS,
    "visits_desk.visit": Form("/desk/besog/aftale/{begun}", {"outcome": "done"}, frozenset({"outcome"})),
    "visits_desk.move": Form("/desk/besog/aftale/{ahead}/flyt", {"slot": "{free}"}, frozenset({"slot"})),
    "visits_desk.call_off": Form("/desk/besog/aftale/{ahead}/aflys", {"why": "family_called"}, frozenset({"why"})),
    "visits_desk.propose": Form(
        "/desk/besog/familie/{baby}/4-6-maaneder",
        {"slot": "{free}", "host": "{host}"},
        frozenset({"slot"}),
        {"host": 404},
    ),
    "visits_desk.contact": Form("/desk/besog/familie/{silent}/kontakt", at="/desk/besog/familie/{silent}"),
    "visits_desk.no_contact": Form("/desk/besog/familie/{called}/kontakt/slet", at="/desk/besog/familie/{called}"),
    "visits_desk.shift": Form(
        "/desk/besog/familie/{baby}/4-6-maaneder/dage",
        {"days": "42", "reason": "Født seks uger før tid."},
        frozenset({"days", "reason"}),
    ),
    "visits_desk.answer": Form("/desk/besog/oenske/{request}/besvaret", at="/desk/besog/familie/{baby}"),
    "visits_desk.paper_of": Form(
        "/desk/besog/familie/{baby}/papir/{host}",
        {"once": "{once}", "signed_on": "2026-02-10", "language": "ar", f"house-{HOUSE}": "yes"},
        frozenset({"once", "signed_on"}),
        {"once": 400},
        files={"document": PDF},
    ),
    "visits_desk.talk_arranged": Form("/desk/besog/start-samtaler/{talk}/aftalt", at="/desk/besog/start-samtaler"),
    "visits_desk.hours": Form(
        f"{WEEK}/tid",
        {
            "weekday": "6",
            "district": "baltorp",
            "opens": "08:00",
            "closes": "12:00",
            "since": "2026-03-01",
            "until": "2026-04-01",
        },
        frozenset({"weekday", "district", "opens", "closes", "since"}),
    ),
    "visits_desk.change_hours": Form(
        f"{WEEK}/tid/{{shift}}",
        {
            "weekday": "2",
            "district": "baltorp",
            "opens": "09:00",
            "closes": "12:00",
            "since": "2026-03-01",
            "until": "2026-03-20",
        },
        frozenset({"weekday", "district", "opens", "closes", "since"}),
    ),
    "visits_desk.end_hours": Form(f"{WEEK}/tid/{{shift}}/slut", {"day": "2026-03-01"}, frozenset({"day"})),
    "visits_desk.away": Form(
        f"{WEEK}/fri", {"first": "2026-03-02", "last": "2026-03-03"}, frozenset({"first", "last"})
    ),
    "visits_desk.back": Form(f"{WEEK}/fri/{{absence}}/slet", at=WEEK),
}


@dataclass(frozen=True)
class Town:
    """A family with a case, an offer, a draft and a child without either; a case nobody has read, and a free place."""

    site: Site
    parent: UUID
    clerk: UUID
    stranger: UUID
    names: Mapping[str, object]

    def fill(self, text: str) -> str:
        """The text with this town's ids in it."""
        return text.format(**self.names)

    def sender(self, form: Form) -> Client:
        """A browser of the one who may send the form."""
        client = self.site.client()
        self.sign_in(client, form)
        return client

    def sign_in(self, client: Client, form: Form) -> None:
        """Sign the one who may send the form in, in this browser."""
        role = next((role for start, role in ROLES.items() if form.path.startswith(start)), "placement")
        zone = zone_of(form.path)
        staff = Actor(ActorKind.STAFF, self.clerk, frozenset({role}), frozenset({OTHER_HOUSE}))
        with self.site.work() as work:
            actor = staff if zone is Zone.DESK else Actor(ActorKind.PARENT, self.parent)
            client.set_cookie(zone, sessions.begin(work, zone, actor))

    def data(self, form: Form, page: Page) -> dict[str, str]:
        """What is sent when the form is filled in."""
        carried = {
            name: page.all(f"//main//form//input[@name='{name}']/@value")[:1]
            for name in ("csrf_token", "shown", "read")
        }
        typed = {name: self.fill(value) for name, value in form.fields.items()}
        return {**{name: values[0] for name, values in carried.items() if values}, **typed}

    def open(self, client: Client, form: Form) -> Page:
        """The page with the form."""
        return client.get(self.fill(form.at or form.path))

    def send(self, client: Client, form: Form, data: Mapping[str, str], status: int | Collection[int] = 303) -> Page:
        """Send the form, filled in with `data`."""
        files = {name: (BytesIO(content), "fil") for name, content in form.files.items()}
        return client.post(self.fill(form.path), {**data, **files}, status=status)

    def state(self) -> dict[str, list[Any]]:
        """All that is written anywhere, but for marks of the visit and of reading."""
        with self.site.look() as work:
            tables = [table for table in Base.metadata.sorted_tables if not table.name.startswith(ASIDE)]
            return {table.name: sorted(map(repr, work.session.execute(_contents(table)))) for table in tables}


def new_town(site: Site) -> Town:
    """Build the town. (What stands in it is in the forms' table by name.)"""
    with site.work() as work:
        parent = builders.person(work)
        first, second, third = (builders.child(work, name=name) for name in ("Asta", "Bo", "Cleo"))
        builders.lives_with(work, parent, first, second, third)
        application = builders.sent(work, builders.Pair(parent, first), wishes=[OTHER_HOUSE, "fregatten"])
        offer = builders.offer(work, application, facility=OTHER_HOUSE)
        draft = builders.draft(work, builders.Pair(parent, second), wishes=[HOUSE])
        for born in (work.today - timedelta(weeks=40), date(2025, 9, 1)):
            unread = builders.sent(work, builders.family(work, born=born), wishes=[HOUSE])
        vacancy = builders.vacancy(work, HOUSE)
        last = next(one for one in line_of(work.session, HOUSE, AgeGroup.NURSERY) if one.application_id == unread)
        visits = visits_of(work, parent)
        newborn = builders.child(work, born=BORN, name="Dina", district=DISTRICT)
        builders.lives_with(work, parent, newborn)
        desk = home_visits(work)
        calendars.make(work, parent, shows_place=False)
        calendar = calendars.own_address(work, parent)
        assert calendar
        groups = places_of(work, parent, newborn)
        own = cases.case_for(work, parent, application)
        strangers = builders.family(work)
        their_draft = builders.draft(work, strangers, wishes=[HOUSE, OTHER_HOUSE])
        names = {
            "second": second,
            "third": third,
            "application": application,
            "sent_revision": own.revision,
            "own_wish": own.wishes[1].wish_id,
            "offer": offer,
            "draft": draft,
            "revision": drafts.read(work, parent, draft).revision,
            "unread": unread,
            "unread_revision": office.case(builders.as_clerk(work), unread).revision,
            "unread_wish": last.wish_id,
            "vacancy": vacancy,
            "once": new_id(),
            "calendar": calendar.id,
            "newborn": newborn,
            "slot": times(work, builders.Pair(parent, newborn), TWO_MONTHS)[0].slot_id,
            "proposed": visits.proposed,
            "proposed_slot": visits.proposed_slot,
            "asked": visits.request,
            "taken_slot": visits.held,
            "begins": visits.child,
            "their_child": strangers.child,
            "their_wish": drafts.read(work, strangers.parent, their_draft).wishes[1].id,
            **desk,
            **groups_to_run(work),
            **house_at_work(work),
            **asked_for_consent(work, parent),
            **groups.ids,
            **on_the_way(work, parent),
            **letter_to_the_office(work, parent, first),
        }
        return Town(site, parent, builders.clerk(work), strangers.parent, names)


def _contents(table: Table) -> Any:
    return select(*(column for column in table.columns if column.name not in COUNTERS and "sealed" not in column.info))
