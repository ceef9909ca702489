"""Real threads, let go at the same moment over one case, again and again, on both databases.

`test_interleavings` stops one before each statement; here nobody is stopped, and the machine decides.
"""

from datetime import timedelta

import pytest

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.places.rules.answers import Answer
from parentsite.places.rules.vocabulary import AgeGroup
from parentsite.places.service import answers, offers, vacancies
from parentsite.places.service.line import line_of
from tests import builders
from tests.databases import MOMENT
from tests.places.meetings import AFTER_THE_DEADLINE, MEETINGS, Meeting, answering, by_clerk
from tests.places.racing import Act, at_once, sound, told

ROUNDS = 4


@pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)
def test_both_are_told_what_is_so(database: Database, meeting: Meeting) -> None:
    for _ in range(ROUNDS):
        with database.write() as session:
            acts = meeting.prepare(Work(session, MOMENT, SYSTEM))
        one, other = at_once(database, *acts)
        assert (told(one), told(other)) in meeting.fair, f"{one}, {other}"
    sound(database)


def test_a_double_click_gives_one_case_number(database: Database) -> None:
    with database.write() as session:
        acts = MEETINGS["sending, twice"].prepare(Work(session, MOMENT, SYSTEM))
    done = at_once(database, *acts, *acts)
    assert len({one.answer for one in done}) == 1
    assert [one.error for one in done] == [None] * 4


def test_many_clerks_empty_one_line(database: Database) -> None:
    """Six clerks with three vacancies and one list: each vacancy goes to one child, each child gets one."""
    house = "regnbuen"
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        for _ in range(6):
            builders.sent(now, builders.family(now), wishes=[house])
        free = [builders.vacancy(now, house) for _ in range(3)]

    def offer_to_the_first(vacancy: object) -> Act:
        def press(now: Work) -> object:
            place = vacancies.vacancy(now, vacancy)  # type: ignore[arg-type]
            first = offers.first_in_line(now, place)
            assert first is not None
            return offers.make_offer(now, place.id, first.wish_id)

        return by_clerk(press)

    done = at_once(database, *(offer_to_the_first(vacancy) for vacancy in free * 2))
    assert {told(one) for one in done} <= {"done", "VacancyGone", "CannotOffer", "ReasonNeeded"}
    sound(database)
    with database.read() as session:
        line = line_of(session, house, AgeGroup.NURSERY)
    assert sum(one.has_open_offer for one in line) == sum(told(one) == "done" for one in done) > 0


def test_a_crowd_at_midnight(database: Database) -> None:
    """Eight offers run out together: half are answered in the last minute, two workers close the rest."""
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        families = [builders.family(now) for _ in range(8)]
        made = [builders.offer(now, builders.sent(now, family)) for family in families]
    last_minute = MOMENT.replace(hour=22, minute=59) + timedelta(days=8)
    answered = [
        Act(answering(family.parent, offer, said).do, now=last_minute)
        for family, offer, said in zip(families, made, [Answer.YES, Answer.NO] * 2, strict=False)
    ]
    worker = Act(answers.expire_due, now=AFTER_THE_DEADLINE)
    done = at_once(database, *answered, worker, worker)
    assert {told(one) for one in done} <= {"done", "TooLate"}
    expired = sum(one.answer for one in done[4:])  # type: ignore[misc]
    assert expired + sum(told(one) == "done" for one in done[:4]) == 8
    sound(database)
