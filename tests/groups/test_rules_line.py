"""The line is the order of asking; two who must not meet are never offered places in one group, and nobody is told."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from parentsite.groups.rules.line import Waiting, kept_out, next_offered, number_in_line

turns = st.sets(st.integers(1, 60), min_size=1, max_size=12)
persons = st.integers(1, 8).map(lambda number: UUID(int=number))
pairs = st.sets(st.tuples(persons, persons), max_size=12)


def line_of(found: set[int]) -> list[Waiting]:
    """Each parent waits once."""
    return [Waiting(turn, UUID(int=turn), UUID(int=turn)) for turn in sorted(found)]


@given(found=turns)
def test_numbers_in_line_count_up_from_one_without_ties(found: set[int]) -> None:
    assert [number_in_line(found, own) for own in sorted(found)] == list(range(1, len(found) + 1))


@given(found=turns, order=st.randoms())
def test_the_first_who_asked_is_offered_the_place(found: set[int], order: st.DrawFn) -> None:
    line = line_of(found)
    order.shuffle(line)  # type: ignore[attr-defined]
    offered = next_offered(line, frozenset())
    assert offered is not None
    assert number_in_line(found, offered.turn) == 1


@given(found=turns, seated=st.sets(persons, max_size=4), apart=pairs)
def test_nobody_is_offered_a_place_beside_one_to_be_kept_apart(
    found: set[int], seated: set[UUID], apart: set[tuple[UUID, UUID]]
) -> None:
    line = line_of(found)
    out = kept_out(line, seated, apart)
    offered = next_offered(line, out)
    for one in line:
        meets = any((one.person, other) in apart or (other, one.person) in apart for other in seated - {one.person})
        assert (one.person in out) is meets
        assert meets or (offered is not None and offered.turn <= one.turn)


def test_nobody_waits_who_may_have_it() -> None:
    (one,) = line_of({3})
    assert next_offered([], frozenset()) is None
    assert next_offered([one], frozenset({one.person})) is None
