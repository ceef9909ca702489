"""The order of a child's way, and what is behind, at hand and ahead of a day."""

from datetime import date

from parentsite.foundation.journey import Stop
from parentsite.home.stations import Where, along, in_short

TODAY = date(2026, 2, 12)
BIRTH = Stop("birth", "", "", first=date(2026, 1, 1), is_done=True)
VISIT = Stop("visit", "", "", first=date(2026, 1, 20), last=date(2026, 1, 25))
GROUP = Stop("group", "", "", stands=date(2026, 2, 1))
OPEN = Stop("open", "", "", first=date(2026, 2, 10), last=TODAY)
TALK = Stop("talk", "", "", stands="start")
START = Stop("start", "", "", stands=date(2026, 6, 1))
SCHOOL = Stop("school", "", "", first=date(2032, 8, 1))
ALL = (SCHOOL, TALK, START, OPEN, GROUP, VISIT, BIRTH)


def codes(stops: tuple[Stop, ...], today: date = TODAY) -> list[str]:
    return [one.stop.code for one in along(stops, today)]


def lying(stops: tuple[Stop, ...], today: date = TODAY) -> dict[str, Where]:
    return {one.stop.code: one.where for one in along(stops, today)}


def test_the_stops_stand_in_the_order_of_their_days_whoever_told_of_them_first() -> None:
    assert codes(ALL) == ["birth", "visit", "group", "open", "talk", "start", "school"]


def test_what_stands_before_another_follows_it_when_its_day_is_known() -> None:
    known = Stop("start", "", "", first=date(2026, 1, 28))
    assert codes((SCHOOL, TALK, known, OPEN, BIRTH)) == ["birth", "talk", "start", "open", "school"]


def test_what_stands_before_one_that_nobody_tells_of_goes_last() -> None:
    assert codes((TALK, SCHOOL, BIRTH)) == ["birth", "school", "talk"]


def test_only_what_has_happened_is_done() -> None:
    found = lying(ALL)
    assert found["birth"] is Where.DONE
    assert found["visit"] is Where.PAST, "nobody has said that it was held"
    assert found["open"] is Where.NOW, "its last day is a whole day"
    assert found["school"] is Where.AHEAD


def test_what_nobody_knows_the_day_of_is_left_behind_when_a_later_stop_has_begun() -> None:
    assert lying(ALL)["group"] is Where.PAST
    assert lying((BIRTH, GROUP, START, SCHOOL))["group"] is Where.AHEAD
    assert lying(ALL)["start"] is Where.AHEAD


def test_one_stop_is_the_next() -> None:
    assert [one.stop.code for one in along(ALL, TODAY) if one.is_next] == ["talk"]
    assert not [one for one in along(ALL, date(2040, 1, 1)) if one.is_next]


def test_in_short_it_tells_the_last_one_behind_what_is_at_hand_and_the_next_ones() -> None:
    assert [one.stop.code for one in in_short(along(ALL, TODAY))] == ["group", "open", "talk", "start"]
    assert [one.stop.code for one in in_short(along(ALL, date(2040, 1, 1)))] == ["school"]


def test_a_child_that_is_not_born_has_nothing_behind_it() -> None:
    due = Stop("birth", "", "", first=date(2026, 5, 1))
    assert set(lying((due, SCHOOL)).values()) == {Where.AHEAD}
