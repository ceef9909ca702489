"""A family asks that the health visitor takes part in the start talk at the daycare. This passes nothing on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns, new_id
from parentsite.foundation.work import Work
from parentsite.people.attendance import daycare_of
from parentsite.town.service import current_town
from parentsite.visits.models.families import StartTalk
from parentsite.visits.rules.start import LIVE, TALK, TalkState
from parentsite.visits.service.errors import NoSuchHouse, NotFound
from parentsite.visits.service.gate import child_decided_for, child_with_start_talk, child_written_about
from parentsite.visits.service.telling import tell_of_start_talk


@dataclass(frozen=True)
class Talk:
    """What was asked, and how it stands."""

    id: UUID
    facility: str
    state: TalkState
    made_at: datetime


_LIVE_TALK = select(StartTalk.id, StartTalk.facility, StartTalk.state, StartTalk.made_at).where(
    StartTalk.child_id == bindparam("child"), StartTalk.state.in_(LIVE)
)


def live_talk(work: Work, child: UUID) -> Talk | None:
    """The start talk that the health visitor is asked to, whichever parent asked."""
    row = columns(work.session, _LIVE_TALK, {"child": child}).one_or_none()
    return Talk(row.id, row.facility, TalkState(row.state), row.made_at) if row else None


def house_of(work: Work, child: UUID, talk: Talk | None) -> str | None:
    """The daycare in question: the one asked for, else where the child goes or will go; none when nobody has said."""
    return talk.facility if talk else daycare_of(work.session, child, work.today)


def ask(work: Work, person: UUID, child_id: UUID, facility: str) -> UUID:
    """The health visitor is to take part, at this daycare; again, while it is open, is the same request.

    Raises `NoSuchHouse`, `NotFound`.
    """
    child_written_about(work, person, child_id)
    child_with_start_talk(work, person, child_id)
    known, house = house_of(work, child_id, None), current_town(work.session).facility(facility)
    if house is None or not house.takes_wishes(work.today) or (known is not None and known != facility):
        raise NoSuchHouse(facility)
    made = new_id()
    row = {"id": made, "child_id": child_id, "person_id": person, "facility": facility}
    try:
        with work.session.begin_nested():
            work.session.execute(insert(StartTalk).values(**row, made_at=work.now, changed_at=work.now))
    except IntegrityError:
        return columns(work.session, _LIVE_TALK, {"child": child_id}).one().id  # type: ignore[no-any-return]
    audit.record(work, "visit.start_talk_asked", [child_id], about=("start_talk", made))
    return made


def take_back(work: Work, person: UUID, child_id: UUID) -> None:
    """The health visitor need not come; nothing asked is no error, and no consent is changed. Raises `NotFound`."""
    child_with_start_talk(work, person, child_id)
    child_decided_for(work, person, child_id)
    talk = live_talk(work, child_id)
    if talk is not None and _become(work, talk.id, TalkState.TAKEN_BACK):
        audit.record(work, "visit.start_talk_taken_back", [child_id], about=("start_talk", talk.id))


def arrange(work: Work, talk_id: UUID) -> None:
    """It is arranged with the family, who gets a letter; again changes nothing. Raises `NotFound`."""
    row = work.session.execute(
        select(StartTalk.child_id, StartTalk.person_id).where(StartTalk.id == talk_id)
    ).one_or_none()
    if row is None:
        raise NotFound(talk_id)
    if _become(work, talk_id, TalkState.ARRANGED):
        audit.record(work, "visit.start_talk_arranged", [row.child_id], about=("start_talk", talk_id))
        tell_of_start_talk(work, row.person_id, row.child_id, key=f"start_talk:{talk_id}:arranged")


def _become(work: Work, talk_id: UUID, to: TalkState) -> int:
    which = update(StartTalk).where(StartTalk.id == talk_id, StartTalk.state.in_(TALK.origins(to)))
    return change(work.session, which.values(state=to.value, changed_at=work.now))
