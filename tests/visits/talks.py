"""A child whose start talk is asked about: who answers, and what the page says to them."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from parentsite.consent.service.effect import in_force
from parentsite.foundation.work import Work
from parentsite.people.models import Attendance, RelationKind
from parentsite.visits.service.passing_on import matter_of
from tests import builders
from tests.sites import Site
from tests.strict import Client, Page

HOUSE, OTHER_HOUSE = "globen", "regnbuen"
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Home:
    """Asta lives with Mette; Jonas holds custody too and lives elsewhere."""

    child: UUID
    mette: UUID
    jonas: UUID


def new_home(site: Site) -> Home:
    """Such a family."""
    with site.work() as now:
        mette, jonas = builders.person(now), builders.person(now, given_name="Jonas", email="jonas@example.org")
        child = builders.child(now, born=now.today - timedelta(days=300))
        builders.lives_with(now, mette, child)
        builders.relate(now, jonas, child, RelationKind.CUSTODY)
        return Home(child, mette, jonas)


def path(home: Home, end: str = "") -> str:
    return f"/mit/en/besog/{home.child}/start-samtale{end}"


def told(page: Page) -> str:
    return page.text.replace(NO_BREAK, " ")


def attends(site: Site, home: Home, house: str = HOUSE) -> None:
    with site.work() as now:
        builders.attends(now, home.child, house)


def answer(client: Client, home: Home, said: str) -> Page:
    """Press Yes or No."""
    return client.follow(client.submit(client.get(path(home)), press="answer", value=said))


def may_pass_on(site: Site, home: Home, house: str = HOUSE) -> bool:
    with site.look() as now:
        return bool(in_force(now, [matter_of(home.child, house)]))


def stops_going(now: Work, home: Home, house: str) -> None:
    """The child goes there no more."""
    gone = (Attendance.child_id == home.child, Attendance.facility == house)
    now.session.execute(update(Attendance).where(*gone).values(until=now.today))
