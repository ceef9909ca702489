"""Sending: one statement turns a draft into an application; sent twice, it is sent once."""

import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import audit
from parentsite.foundation.work import Work
from parentsite.people.attendance import sibling_facilities
from parentsite.people.children import ChildView
from parentsite.people.visibility import sight_of
from parentsite.places.models import Application
from parentsite.places.policy import policy_of
from parentsite.places.rules.calendar import fits_age, group_sought
from parentsite.places.rules.guarantee import Guarantee, WantedProblem, guarantee, wanted_problems
from parentsite.places.rules.vocabulary import ApplicationState, Care
from parentsite.places.service import drafts, line
from parentsite.places.service.drafts import Draft
from parentsite.places.service.errors import Incomplete, NotFound, OtherParentMustAgree, Problem, Stale
from parentsite.places.service.telling import tell
from parentsite.town.facilities import AgeGroup as TownAgeGroup
from parentsite.town.facilities import Facility
from parentsite.town.models import Facility as FacilityRow
from parentsite.town.service import current_town

LIVE = (ApplicationState.SENT.value, ApplicationState.WAITING.value)
_READABLE = "23456789CFGHJKMPQRTVWXY"
_WANTED = {
    WantedProblem.BEFORE_RIGHT: Problem.BEFORE_RIGHT,
    WantedProblem.IN_PAST: Problem.IN_PAST,
    WantedProblem.AFTER_SCHOOL_START: Problem.AFTER_SCHOOL_START,
}


@dataclass(frozen=True)
class Ready:
    """A draft that may be sent, and what it promises if it is sent today."""

    care: Care
    wanted: date
    guarantee: Guarantee


def problems_of(work: Work, draft: Draft) -> tuple[Problem, ...]:
    """All that keeps the draft from being sent today, in the order of the steps."""
    found: list[Problem] = []
    if draft.care is None:
        found.append(Problem.NO_CARE)
    if draft.wanted is None:
        found.append(Problem.NO_DATE)
    else:
        found += wanted_day_problems(work, draft, draft.wanted)
    if not draft.wishes:
        found.append(Problem.NO_WISH)
    elif not {wish.facility for wish in draft.wishes} <= {one.code for one in facilities_to_wish_for(work, draft)}:
        found.append(Problem.WISH_NOT_OPEN)
    if not draft.family_told:
        found.append(Problem.FAMILY_NOT_ASKED)
    if draft.care and draft.wanted and live_application(work, draft.child, draft.care, draft.wanted):
        found.append(Problem.APPLIED_ALREADY)
    return tuple(found)


def facilities_to_wish_for(work: Work, draft: Draft) -> tuple[Facility, ...]:
    """What the parents may wish for: open on the day they need the place, and for children of that age."""
    on = draft.wanted or work.today
    town = current_town(work.session)
    older = policy_of(town).older_from_months
    group = group_sought(draft.care, draft.child.counts_from, on, older) if draft.care else None
    return tuple(
        one
        for one in town.facilities
        if one.takes_wishes(on) and (group is None or one.may_take(TownAgeGroup(group.value)))
    )


def wanted_day_problems(work: Work, draft: Draft, wanted: date) -> list[Problem]:
    """What is wrong with a wanted day for this child and this kind of place."""
    policy = policy_of(current_town(work.session))
    birth = draft.child.counts_from
    found = [
        _WANTED[problem] for problem in wanted_problems(birth=birth, wanted=wanted, today=work.today, policy=policy)
    ]
    if not found and draft.care and not fits_age(draft.care, birth, wanted, policy.older_from_months):
        found.append(Problem.WRONG_AGE)
    return found


def promise(work: Work, draft: Draft, wanted: date) -> Guarantee:
    """The guarantee that the draft gets if it is sent today."""
    policy = policy_of(current_town(work.session))
    return guarantee(birth=draft.child.counts_from, wanted=wanted, applied=work.today, policy=policy)


def send(work: Work, person: UUID, draft_id: UUID, revision: int, other_parent_agrees: bool = False) -> str:
    """Send the draft as it was shown at `revision`, and return its case number.

    Under shared residence (delt bopæl) both parents decide: the sender says that the other agrees, and the other is
    told by letter.

    What is sent already stays as it is, and gives the same number: a double click and a replayed form change nothing.
    Raises `Incomplete`, `OtherParentMustAgree`, `Stale` when the answers changed after they were shown, `NotFound`.
    """
    sent = _number_of_sent(work, person, draft_id)
    if sent is not None:
        return sent
    draft = drafts.read(work, person, draft_id)
    if draft.revision != revision:
        raise Stale(draft_id)
    if problems := problems_of(work, draft):
        raise Incomplete(problems)
    if draft.child.sight.shares_residence and not other_parent_agrees:
        raise OtherParentMustAgree(draft_id)
    assert draft.care is not None
    assert draft.wanted is not None
    ready = Ready(draft.care, draft.wanted, promise(work, draft, draft.wanted))
    _hold_facilities(work, draft)
    try:
        with work.session.begin_nested():
            number = _mark_sent(work, person, draft, ready, other_parent_agrees)
    except IntegrityError as error:
        raise Incomplete((Problem.APPLIED_ALREADY,)) from error
    line.place_in_line(work, draft.id)
    audit.record(work, "application.sent", [draft.child.id], about=("application", draft.id))
    key = f"application:{draft.id}:received"
    tell(work, "application_received", applicant=person, child=draft.child.id, key=key, application=draft.id)
    return number


def _hold_facilities(work: Work, draft: Draft) -> None:
    """Let no town pack drop what is wished for while it is sent; what was dropped this moment is no longer open."""
    wished = {wish.facility for wish in draft.wishes}
    offered = select(FacilityRow.code).where(FacilityRow.code.in_(wished), FacilityRow.retired_on.is_(None))
    if len(work.session.scalars(offered.with_for_update(read=True, key_share=True)).all()) < len(wished):
        raise Incomplete((Problem.WISH_NOT_OPEN,))


def _mark_sent(work: Work, person: UUID, draft: Draft, ready: Ready, other_parent_agrees: bool) -> str:
    town = current_town(work.session)
    older = policy_of(town).older_from_months
    promised = ready.guarantee
    promised_by, promised_rule = (None, None) if promised.is_empty else (promised.guaranteed_by, promised.rule.value)
    changed = work.session.execute(
        update(Application)
        .where(
            Application.id == draft.id,
            Application.applicant_id == person,
            Application.state == ApplicationState.DRAFT,
            Application.revision == draft.revision,
        )
        .values(
            state=ApplicationState.SENT.value,
            revision=Application.revision + 1,
            delete_on=None,
            other_parent_agrees=other_parent_agrees,
            sibling_confirmed=_sibling_is_known(work, person, draft),
            age_group=group_sought(ready.care, draft.child.counts_from, ready.wanted, older).value,
            case_number=_new_number(work),
            sent_at=work.now,
            sent_on=work.today,
            touched_at=work.now,
            tie=secrets.token_hex(8),
            right_from=promised.right_from,
            timely_by=promised.deadline,
            lateness_days=promised.lateness_days,
            guaranteed_by=promised_by,
            guarantee_rule=promised_rule,
            promised_by=promised_by,
            promised_rule=promised_rule,
            town_version=town.digest,
        )
        .returning(Application.case_number)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if changed is None:
        raise Stale(draft.id)
    return changed


def _sibling_is_known(work: Work, person: UUID, draft: Draft) -> bool:
    """Whether the register itself shows a sibling in the house; otherwise the office confirms it, or does not."""
    known = sibling_facilities(work.session, person, draft.child.id, work.today)
    return draft.sibling_facility in known


def _number_of_sent(work: Work, person: UUID, application_id: UUID) -> str | None:
    """On the row's lock, so that a second press finds what the first has sent."""
    row = work.session.execute(
        select(Application.case_number, Application.child_id)
        .where(Application.id == application_id, Application.applicant_id == person)
        .with_for_update(key_share=True)
    ).one_or_none()
    sight = sight_of(work.session, person, row.child_id, work.today) if row else None
    if row is None or sight is None or not sight.may_apply:
        raise NotFound(application_id)
    number: str | None = row.case_number
    return number


def live_application(work: Work, child: ChildView, care: Care, wanted: date) -> UUID | None:
    """The application by which the child stands in line for the group that this care belongs to, if any."""
    older = policy_of(current_town(work.session)).older_from_months
    group = group_sought(care, child.counts_from, wanted, older)
    return work.session.scalars(
        select(Application.id).where(
            Application.child_id == child.id, Application.age_group == group.value, Application.state.in_(LIVE)
        )
    ).one_or_none()


def _new_number(work: Work) -> str:
    """A case number that can be read out on the telephone: no letter or digit looks or sounds like another."""
    while True:
        number = f"PL-{work.today.year}-{''.join(secrets.choice(_READABLE) for _ in range(5))}"
        if not work.session.scalar(select(exists().where(Application.case_number == number))):
            return number
