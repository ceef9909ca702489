"""Schools that open descriptions while parents take their yes back, on a running site and on both databases.

After a withdrawal has been committed no text is shown; and every text that was shown was in the audit before that.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from parentsite.consent.service.chain import broken_chains
from parentsite.foundation.audit import AuditEntry, AuditLook
from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Work
from parentsite.readiness.service import allowing
from parentsite.readiness.service.readings import DESCRIPTION as OPENED
from tests import builders
from tests.contended.crowd import Answer, Browser, at_once
from tests.contended.running import LONGEST, MOST_CONNECTIONS, Running, running
from tests.databases import Template
from tests.readiness.desks import opening
from tests.readiness.scene import SCHOOL, WORDS, Scene, published, scene, staff
from tests.readiness.test_service_receiving import READING, say

FAMILIES, READERS, ROUNDS = 12, 4, 6


@pytest.fixture
def site(tmp_path: Path, new_url: Callable[..., str]) -> Iterator[Running]:
    """Ends with what holds of every race: no error, no deadlock that a second try hides, no connection too many."""
    with running(tmp_path, new_url(Template.TOWN)) as served:
        yield served
        assert (served.trouble(), served.deadlocks()) == ([], 0)
        assert 0 < served.connections() <= MOST_CONNECTIONS


@pytest.mark.timeout(LONGEST)
def test_a_withdrawal_beside_schools_that_open(site: Running) -> None:
    """Each school asks for each child while one of its parents takes the yes back; then it asks once more."""
    readers = schools(site)
    for _ in range(ROUNDS):
        with site.work() as now:
            every = [ready(now) for _ in range(FAMILIES)]
        requests = [one.get(opening(of.child)) for of in every for one in readers]
        with ThreadPoolExecutor(1) as beside:
            taken_back = beside.submit(lambda families=every: [withdraw(site, of) for of in families])
            answers = at_once(site.port, requests)
        before = taken_back.result()
        shown = texts(every, answers)
        assert [shown[of.child] for of in every] == before
        assert [entries(site, of.child) for of in every] == before
        again = at_once(site.port, requests)
        assert {one.status for one in again} == {404}
        assert not any(WORDS in one.body for one in again)


@pytest.mark.timeout(LONGEST)
def test_many_who_open_the_same_description_are_each_in_the_audit(site: Running) -> None:
    readers = schools(site)
    with site.work() as now:
        of = ready(now)
    answers = at_once(site.port, [one.get(opening(of.child)) for one in readers * FAMILIES])
    assert texts([of], answers) == {of.child: READERS * FAMILIES}
    assert entries(site, of.child) == READERS * FAMILIES


@pytest.mark.timeout(LONGEST)
def test_two_parents_press_at_once(site: Running) -> None:
    """Both say yes in the same moment; then both take it back while the schools ask."""
    readers = schools(site)
    for _ in range(ROUNDS):
        with site.work() as now:
            every = [described(now) for _ in range(FAMILIES)]
            parents = [(of, site.sign_in(now, one)) for of in every for one in of.holders]
        pages = at_once(site.port, [one.get(consents(of)) for of, one in parents])
        signed = [(of, replace(one, csrf=page.csrf)) for (of, one), page in zip(parents, pages, strict=True)]
        said = {"switch": READING.key, "read": allowing.VERSION, "answer": "yes"}
        done = at_once(site.port, [one.post(consents(of), **said) for of, one in signed])
        assert {one.status for one in done} == {303}
        asking = [one.get(opening(of.child)) for of in every for one in readers]
        assert {one.status for one in at_once(site.port, asking)} == {200}
        back = [one.post(consents(of) + "/tilbage", switch=READING.key) for of, one in signed]
        done = at_once(site.port, [*back, *asking])
        assert {one.status for one in done[: len(back)]} == {303}
        shown = texts(every, done[len(back) :])
        assert [entries(site, of.child) - READERS for of in every] == [shown[of.child] for of in every]
        assert {one.status for one in at_once(site.port, asking)} == {404}
    with site.look() as now:
        assert broken_chains(now.session) == []


def consents(of: Scene) -> str:
    """Where a parent answers."""
    return f"/mit/da/skolestart/{of.child}/samtykke"


def schools(site: Running) -> list[Browser]:
    """People at the school, each signed in."""
    with site.work() as now:
        actors = [staff(now, "school", SCHOOL, member=builders.clerk(now)).actor for _ in range(READERS)]
        return [Browser(site.port, sessions.begin(now, Zone.DESK, actor), zone=Zone.DESK) for actor in actors]


def described(now: Work) -> Scene:
    """A description about which nobody is asked yet."""
    of = scene(now)
    published(now, of)
    return of


def ready(now: Work) -> Scene:
    """A description that the school may read."""
    of = described(now)
    say(now, of, *of.holders)
    return of


def withdraw(site: Running, of: Scene) -> int:
    """One parent takes the yes back; how many had opened the text by then, as that very transaction sees it."""
    anne = of.holders[0]
    with site.work() as now:
        assert allowing.withdraw(builders.as_parent(now, anne), anne, of.child, READING)
        return _count(now, of.child)


def entries(site: Running, child: UUID) -> int:
    """How many openings the audit tells of."""
    with site.look() as now:
        return _count(now, child)


def _count(now: Work, child: UUID) -> int:
    looks = select(func.count()).select_from(AuditLook).join(AuditEntry, AuditEntry.id == AuditLook.entry_id)
    opened = looks.where(AuditLook.child_id == child, AuditEntry.action == OPENED.action)
    return now.session.execute(opened).scalar_one()


def texts(every: Sequence[Scene], answers: Sequence[Answer]) -> Counter[UUID]:
    """How many were shown the text about each child; all others were told that there is nothing."""
    assert {one.status for one in answers} <= {200, 404}
    shown: Counter[UUID] = Counter()
    each = len(answers) // len(every)
    for number, answer in enumerate(answers):
        assert (answer.status == 200) is (WORDS in answer.body)
        shown[every[number // each].child] += answer.status == 200
    return shown
