"""Letters at school start: who hears of news, where it leads, and that it tells nothing on the way."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from parentsite.foundation.outbox import OutboxLetter
from parentsite.foundation.work import Work
from parentsite.people.models import RelationKind
from parentsite.readiness.letters import LETTERS
from parentsite.readiness.service import correcting
from tests import builders
from tests.conftest import Working
from tests.readiness.scene import ASSESSMENT, DESCRIPTION, pedagogue, published, scene


def letters(now: Work) -> list[OutboxLetter]:
    """All that wait to be sent, in the order of their making."""
    return list(now.session.scalars(select(OutboxLetter).order_by(OutboxLetter.id)))


def leads(now: Work, letter: OutboxLetter, receiver: UUID | None = None) -> Mapping[str, Any] | None:
    """Where a letter leads its receiver, or another who gets hold of it."""
    name = letter.name.partition("/")[2]
    return LETTERS[name](now, receiver or letter.receiver_id, **letter.ids)


def test_everybody_who_may_read_hears_of_each_version_once_and_nobody_else(work: Working) -> None:
    with work() as now:
        of = scene(now, holders=3)
        anne, bo, blocked = of.holders
        builders.block(now, blocked, of.child)
        foster = builders.person(now)
        builders.relate(now, foster, of.child, RelationKind.FOSTER)
        published(now, of)
        published(now, of, ASSESSMENT)
        sent = letters(now)
        assert {one.name for one in sent} == {"readiness/published"}
        assert sorted(one.receiver_id for one in sent) == sorted([anne, bo] * 2)
        assert {str(leads(now, one)) for one in sent} == {
            str({"path": f"skolestart/{of.child}/{kind}/1"}) for kind in ("beskrivelse", "vurdering")
        }
        assert [leads(now, one, foster) for one in sent] == [None] * 4
        builders.block(now, bo, of.child)
        assert [leads(now, one) for one in sent if one.receiver_id == bo] == [None] * 2


def test_the_answer_to_a_correction_is_told_to_the_one_who_asked(work: Working) -> None:
    with work() as now:
        of = scene(now)
        anne, bo = of.holders
        published(now, of)
        request = correcting.ask(now, bo, of.child, DESCRIPTION, 1, "Hun er fem.", language="da")
        correcting.keep(pedagogue(now, of), request, "Vi har set det.")
        (answered,) = (one for one in letters(now) if one.name == "readiness/answered")
        assert answered.receiver_id == bo
        assert leads(now, answered) == {"path": f"skolestart/{of.child}/beskrivelse/1"}
        assert leads(now, answered, anne) is None


def test_who_is_shut_out_hears_of_no_answer(work: Working) -> None:
    with work() as now:
        of = scene(now)
        bo = of.holders[1]
        published(now, of)
        request = correcting.ask(now, bo, of.child, DESCRIPTION, 1, "Hun er fem.", language="da")
        builders.block(now, bo, of.child)
        correcting.keep(pedagogue(now, of), request, "Vi har set det.")
        assert not [one for one in letters(now) if one.name == "readiness/answered"]
