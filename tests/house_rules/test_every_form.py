"""Every form of the route table against bad input: whatever is sent, nothing is done by halves and nothing typed is
lost.

What a form says of each mistake is tested with its journey; here it is asked that no form is forgotten.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import select

from parentsite.app import JOURNEYS
from parentsite.desk.acts import all_acts
from parentsite.foundation.audit import AuditEntry
from parentsite.foundation.database import new_id
from parentsite.foundation.web.zones import Zone, zone_of
from tests.counselling.desks import COUNSELLORS_FORMS
from tests.counselling.pages import ANONYMOUS_FORMS
from tests.databases import Backend, PostgresServer, SqliteFiles, Template
from tests.house_rules.forms import FORMS, Form, Town, new_town
from tests.house_rules.routes import routes_of
from tests.sites import Site
from tests.strict import Client, Page

WITHOUT_ANSWERS = {"signin.leave"}
"""Signing out: nothing is typed and nothing can be wrong; tested with signing in."""
UNSEEN = {"add", "answer", "present", "revision", "once", "slot"}
"""Buttons, and what a page counts by."""
MISSING = {"once": 400, "case": 400}
"""What no person can leave out."""
HOSTILE = ("\0" + "x" * 100_000, "9" * 2000)
"""Too long for any field, and too large for any number or day."""
NewSite = Callable[..., Site]
NewTown = Callable[[], Town]
form_of_each = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


class Towns:
    """The town is built once on each kind of database; every test gets a copy of its own."""

    def __init__(self, backends: Mapping[str, Backend]) -> None:
        self._backends = backends
        self._built: dict[str, tuple[str, Town]] = {}

    @contextmanager
    def on(self, kind: str, new_site: NewSite) -> Iterator[NewTown]:
        backend, made = self._backends[kind], list[str]()
        url, built = self._built.get(kind) or self._build(kind, backend, new_site)

        def fresh() -> Town:
            made.append(backend.copy(url))
            return replace(built, site=new_site(url=made[-1]))

        yield fresh
        for each in made:
            backend.drop(each)

    def _build(self, kind: str, backend: Backend, new_site: NewSite) -> tuple[str, Town]:
        url = backend.fresh(Template.TOWN)
        self._built[kind] = (url, new_town(new_site(url=url)))
        return self._built[kind]


@pytest.fixture(scope="session")
def towns(sqlite_files: SqliteFiles, postgres: PostgresServer) -> Towns:
    return Towns({"sqlite": sqlite_files, "postgresql": postgres})


@pytest.fixture
def town(towns: Towns, new_site: NewSite) -> Iterator[Town]:
    with towns.on("sqlite", new_site) as fresh:
        yield fresh()


@pytest.fixture
def new_town_on_each(towns: Towns, new_site: NewSite, backend: str) -> Iterator[NewTown]:
    """Makes towns on SQLite and on PostgreSQL, which takes lengths and numbers more seriously."""
    with towns.on(backend, new_site) as fresh:
        yield fresh


def shown(page: Page, name: str) -> list[str]:
    """What stands in a field of the page."""
    typed = f"//main//input[@name='{name}'][not(@type='radio' or @type='checkbox') or @checked]/@value"
    chosen = f"//main//select[@name='{name}']/option[@selected]/@value"
    chosen_in_groups = f"//main//select[@name='{name}']/optgroup/option[@selected]/@value"
    areas = [text for text in page.texts(f"//main//textarea[@name='{name}']") if text]
    return [*page.all(typed), *page.all(chosen), *page.all(chosen_in_groups), *areas]


def test_no_form_is_forgotten(site: Site) -> None:
    forms = {one.rule.endpoint for one in routes_of(site) if one.is_unsafe}
    assert forms == FORMS.keys() | WITHOUT_ANSWERS | ANONYMOUS_FORMS.keys() | COUNSELLORS_FORMS


@form_of_each
def test_what_cannot_be_is_refused_and_the_rest_stays_in_its_field(new_town_on_each: NewTown, form: Form) -> None:
    town = new_town_on_each()
    client, before = town.sender(form), town.state()
    data = town.data(form, town.open(client, form))
    for name in form.fields.keys() - {"add"}:
        for value in HOSTILE[:1] if name in form.roomy else HOSTILE:
            refused = town.send(client, form, {**data, name: value}, status=form.refusals.get(name, 422))
            for other in form.fields.keys() - {name} - UNSEEN if refused.status == 422 else ():
                assert data[other] in shown(refused, other), f"{other} is lost when {name} is wrong"
    assert town.state() == before


@form_of_each
def test_what_is_missing_is_asked_for(town: Town, form: Form) -> None:
    client, before = town.sender(form), town.state()
    data = town.data(form, town.open(client, form))
    for name in form.needed:
        without = {key: value for key, value in data.items() if key != name}
        for sent in (without, {**without, name: ""}) if name != "add" else (without,):
            town.send(client, form, sent, status=form.unsent.get(name, MISSING.get(name, 422)))
    assert town.state() == before


OPEN_TO_ALL = {"groups.group"}
"""Every parent may join a group; that nobody joins with another's child is asked below."""


@pytest.mark.parametrize("endpoint", [name for name, form in FORMS.items() if "{" in form.path])
def test_what_is_anothers_or_nobodys_is_not_found(town: Town, endpoint: str) -> None:
    form = FORMS[endpoint]
    client, before = town.sender(form), town.state()
    data = town.data(form, town.open(client, form))
    if zone_of(form.path) is Zone.MIT and endpoint not in OPEN_TO_ALL:
        stranger = town.site.parent(town.stranger)
        own = stranger.get("/mit/da/barn").all("//main//input[@name='csrf_token']/@value")[0]
        town.send(stranger, form, {**data, "csrf_token": own}, status=404)
    nobodys = form.path.format(**dict.fromkeys(town.names, new_id()))
    client.post(nobodys, data, status=404)
    client.post(form.path.format(**dict.fromkeys(town.names, "1")), data, status=404)
    assert town.state() == before


FORGED = [
    ("places.new", "child", "{their_child}", 422),
    ("places.care", "child", "{their_child}", 422),
    ("places_desk.vacancy", "wish", "{their_wish}", 422),
    ("places_desk.vacancy", "wish", "{own_wish}", 422),
    ("visits.pick", "slot", "{taken_slot}", 422),
    ("groups.group", "child", "{their_child}", 422),
    ("places.wishes", "up", "{their_wish}", 303),
    ("places.wishes", "down", "{their_wish}", 303),
    ("places.wishes", "remove", "{their_wish}", 303),
]
"""Ids of others in a field: a child, a wish of another family, a wish for another house, a time outside the window.

Ticks beside an offer are tested with it.
"""


@pytest.mark.parametrize(("endpoint", "name", "value", "status"), FORGED)
def test_an_id_of_anothers_in_a_field_reaches_nothing(
    town: Town, endpoint: str, name: str, value: str, status: int
) -> None:
    form = FORMS[endpoint]
    client, before = town.sender(form), town.state()
    data = town.data(form, town.open(client, form))
    data.pop("add", None)
    town.send(client, form, {**data, name: town.fill(value)}, status=status)
    assert town.state() == before


@form_of_each
def test_sent_again_it_has_happened_once(new_town_on_each: NewTown, form: Form) -> None:
    town = new_town_on_each()
    client = town.sender(form)
    data = town.data(form, town.open(client, form))
    town.send(client, form, data, status=form.done)
    once = town.state()
    for _ in range(2):
        town.send(client, form, data, status=form.again)
    assert town.state() == once
    assert _acts(town) <= all_acts(JOURNEYS).keys(), "the log has no words for an act"


def _acts(town: Town) -> set[str]:
    with town.site.look() as work:
        return set(work.session.scalars(select(AuditEntry.action).distinct()))


@form_of_each
def test_sent_twice_at_the_same_moment_it_has_happened_once(new_town_on_each: NewTown, form: Form) -> None:
    one, both = new_town_on_each(), new_town_on_each()
    for town, times in ((one, 1), (both, 2)):
        browsers = [town.sender(form) for _ in range(times)]
        filled = [town.data(form, town.open(browser, form)) for browser in browsers]
        same = [{**data, **{name: filled[0][name] for name in form.fields}} for data in filled]
        together = Barrier(times)

        def press(sent: tuple[Client, dict[str, str]], town: Town = town, together: Barrier = together) -> int:
            together.wait()
            return town.send(*sent[:1], form, sent[1], status={form.done, form.again}).status

        with ThreadPoolExecutor(times) as people:
            assert form.done in people.map(press, zip(browsers, same, strict=True))
    assert _how_many(both) == _how_many(one)


def _how_many(town: Town) -> dict[str, int]:
    return {table: len(rows) for table, rows in town.state().items()}


@form_of_each
def test_sent_after_the_session_has_ended_it_waits_for_its_writer(town: Town, form: Form) -> None:
    client = town.sender(form)
    data, before = town.data(form, town.open(client, form)), town.state()
    town.site.clock.move(minutes=31)
    assert town.send(client, form, data).location.startswith(f"/{zone_of(form.path).value}/igen?til=")
    assert town.state() == before
    town.sign_in(client, form)
    back = town.open(client, form)
    if not form.at:
        for name in form.fields.keys() - UNSEEN:
            assert data[name] in shown(back, name), name


QUERIES: dict[str, tuple[str, int | set[int]]] = {
    "/da/plads": ("birth", 422),
    "/da/sundhedsplejen": ("birth", 422),
    "/da/bornehuse": ("q", 200),
    "/da/bornehuse?district=": ("district", 200),
    "/da/bornehuse?age=": ("age", 200),
    "/mit/da/plads/ny": ("barn", 200),
    "/mit/igen": ("til", 200),
    "/desk/igen": ("til", 200),
    "/desk/plads?state=": ("state", 200),
    "/desk/plads": ("page", 200),
    "/desk/besog": ("day", 200),
    "/desk/grupper": ("page", 200),
    "/desk/grupper?state=": ("state", 200),
    "/desk/grupper?born=": ("born", 200),
    "/desk/log?formaal=": ("formaal", 422),
    "/desk/log?fra=": ("fra", 200),
    "/desk/log?barn=": ("barn", {200, 404}),
}


@pytest.mark.parametrize("path", QUERIES)
def test_whatever_stands_in_an_address_is_answered(town: Town, path: str) -> None:
    name, status = QUERIES[path]
    desks = {
        "/desk/besog": "visits_desk.away",
        "/desk/grupper": "groups_desk.close",
        "/desk/log": "desk_log.prove",
        "/desk": "places_desk.case",
    }
    asker = next((name for start, name in desks.items() if path.startswith(start)), "places.new")
    client = town.sender(FORMS[asker])
    for value in ("", "%00", "%ED%A0%80", "%FF", "a%0Ab", "1" * 400, "x" * 5000, "-1", "1.5", "%D9%A3"):
        client.get(f"{path.partition('?')[0]}?{name}={value}", status=status)
