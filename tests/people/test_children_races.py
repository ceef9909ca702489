"""The same form about a child, sent twice at once, is one child."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from threading import Barrier
from uuid import UUID

from sqlalchemy import func, select

from parentsite.foundation.work import Work
from parentsite.people.children import MOST_DECLARED, TooManyDeclared
from parentsite.people.models import Child
from tests import builders
from tests.people.test_children import tell

Working = Callable[..., AbstractContextManager[Work]]


def test_the_same_form_sent_twice_at_once_is_one_child(work: Working) -> None:
    with work() as now:
        parent = builders.person(now)
    start = Barrier(2)

    def press(_: int) -> UUID:
        start.wait(timeout=30)
        with work() as now:
            return tell(now, parent)

    with ThreadPoolExecutor(2) as both:
        told = list(both.map(press, range(2)))
    assert told[0] == told[1]
    with work() as now:
        assert now.session.scalar(select(func.count()).select_from(Child)) == 1


def test_forms_about_other_children_at_once_are_not_more_than_a_family_may_send(work: Working) -> None:
    with work() as now:
        parent = builders.person(now)
        for number in range(MOST_DECLARED - 1):
            tell(now, parent, once=f"form {number}")
    start = Barrier(2)

    def press(name: str) -> bool:
        start.wait(timeout=30)
        with work() as now, suppress(TooManyDeclared):
            tell(now, parent, name=name)
            return True
        return False

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(press, ("Alba", "Bo"))) == [False, True]
