"""Cases of daycare places in bulk: waiting in line, being written, or settled with a place."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from parentsite.foundation.work import Work
from parentsite.people.models import Attendance
from parentsite.places.models import Application, Offer, Placement, Vacancy, Wish
from parentsite.places.policy import policy_of
from parentsite.places.rules.calendar import answer_by, draft_delete_on, reaches
from parentsite.places.rules.guarantee import guarantee
from parentsite.places.rules.line import line_key
from parentsite.places.rules.order import Candidate
from parentsite.places.rules.seniority import seniority
from parentsite.places.rules.vocabulary import (
    AgeGroup,
    ApplicationState,
    Care,
    OfferState,
    PlacementState,
    VacancyState,
    WishState,
)
from parentsite.town.facilities import AgeGroup as TownAgeGroup
from parentsite.town.facilities import Facility, FacilityKind
from parentsite.town.service import current_town
from tests.bench.rows import Rows, SomeChild

MOST_WISHES = 6
CARE_OF = {AgeGroup.NURSERY: Care.NURSERY, AgeGroup.KINDERGARTEN: Care.KINDERGARTEN}


@dataclass(frozen=True)
class Sent:
    """What an application that has been sent means to its wishes and offers."""

    id: UUID
    child: SomeChild
    group: AgeGroup
    wanted: date
    sent_on: date
    tie: str
    special_need: bool
    sibling_at: str | None
    guaranteed_by: date


class Cases:
    """Writes the rows of cases; houses, deadlines and the order of the lines are the town's."""

    def __init__(self, work: Work, rows: Rows) -> None:
        self._rows, self._chance, self._today = rows, rows.chance, work.today
        self._town = current_town(work.session)
        self._policy = policy_of(self._town)
        self._houses = {group: self._houses_for(group) for group in AgeGroup}
        self._numbers = 0

    def waiting(
        self, parent: UUID, child: SomeChild, group: AgeGroup, wishes: int | None = None, sibling_at: str | None = None
    ) -> Sent:
        """An application in line."""
        soonest = self._policy.right_from(child.counts_from)
        if group is AgeGroup.KINDERGARTEN:
            soonest = reaches(child.counts_from, self._policy.older_from_months)
        wanted = max(soonest, self._today) + timedelta(days=self._chance.randint(0, 150))
        sent = self._sent(parent, child, group, wanted, ApplicationState.WAITING, sibling_at)
        for rank, house in enumerate(self._chosen(group, wishes), start=1):
            self._wish(sent, house, rank, WishState.WAITING)
        return sent

    def offered(self, parent: UUID, child: SomeChild) -> UUID:
        """An open offer to the first of three wishes."""
        wanted = max(self._policy.right_from(child.counts_from), self._today) + timedelta(days=30)
        sent = self._sent(parent, child, AgeGroup.NURSERY, wanted, ApplicationState.WAITING)
        first, *others = self._chosen(AgeGroup.NURSERY, 3)
        wish = self._wish(sent, first, 1, WishState.OFFERED)
        for rank, house in enumerate(others, start=2):
            self._wish(sent, house, rank, WishState.WAITING)
        return self._offer(sent, wish, first, wanted, VacancyState.OFFERED, OfferState.OPEN)

    def placed(self, parent: UUID, child: SomeChild) -> str:
        """An offer said Yes to, and the place that came of it; returns the house."""
        starts = self._policy.right_from(child.counts_from) + timedelta(days=self._chance.randint(0, 90))
        sent = self._sent(parent, child, AgeGroup.NURSERY, starts, ApplicationState.CLOSED)
        house, *others = self._chosen(AgeGroup.NURSERY)
        wish = self._wish(sent, house, 1, WishState.FULFILLED)
        for rank, other in enumerate(others, start=2):
            self._wish(sent, other, rank, WishState.REMOVED)
        offer = self._offer(sent, wish, house, starts, VacancyState.FILLED, OfferState.ACCEPTED)
        self._rows.add(
            Placement,
            id=self._rows.random_id(),
            child_id=child.id,
            application_id=sent.id,
            offer_id=offer,
            facility=house.code,
            age_group=sent.group.value,
            starts_on=starts,
            state=(PlacementState.RUNNING if starts <= self._today else PlacementState.AGREED).value,
        )
        stay = {"id": self._rows.random_id(), "child_id": child.id, "facility": house.code, "since": starts}
        self._rows.add(Attendance, **stay)
        return house.code

    def draft(self, parent: UUID, child: SomeChild, group: AgeGroup) -> UUID:
        """An application whose parent has answered every step and not sent it."""
        draft = self._rows.random_id()
        self._rows.add(
            Application,
            id=draft,
            child_id=child.id,
            applicant_id=parent,
            state=ApplicationState.DRAFT.value,
            started_at=self._noon(self._today),
            touched_at=self._noon(self._today),
            delete_on=draft_delete_on(self._today, self._town.settings.draft_keep_days.value),
            care=CARE_OF[group].value,
            wanted=max(self._policy.right_from(child.counts_from), self._today) + timedelta(days=120),
            hours=37,
            family_told=True,
        )
        for rank, house in enumerate(self._chosen(group, 3), start=1):
            self._rows.add(Wish, **_wish_row(self._rows.random_id(), draft, house, rank, WishState.WAITING))
        return draft

    def _sent(
        self,
        parent: UUID,
        child: SomeChild,
        group: AgeGroup,
        wanted: date,
        state: ApplicationState,
        sibling_at: str | None = None,
    ) -> Sent:
        self._numbers += 1
        sent_on = min(wanted, self._today) - timedelta(days=self._chance.randint(1, 200))
        promised = guarantee(birth=child.counts_from, wanted=wanted, applied=sent_on, policy=self._policy)
        sent = Sent(
            id=self._rows.random_id(),
            child=child,
            group=group,
            wanted=wanted,
            sent_on=sent_on,
            tie=f"{self._chance.getrandbits(64):016x}",
            special_need=self._chance.random() < 0.05,
            sibling_at=sibling_at,
            guaranteed_by=promised.guaranteed_by,
        )
        self._rows.add(
            Application,
            id=sent.id,
            child_id=child.id,
            applicant_id=parent,
            state=state.value,
            started_at=self._noon(sent_on),
            touched_at=self._noon(sent_on),
            care=CARE_OF[group].value,
            age_group=group.value,
            wanted=wanted,
            sibling_facility=sibling_at,
            special_need_told=sent.special_need,
            special_need_confirmed=sent.special_need,
            family_told=True,
            case_number=f"PL-{self._rows.seed}-{self._numbers:06}",
            sent_at=self._noon(sent_on),
            sent_on=sent_on,
            tie=sent.tie,
            right_from=promised.right_from,
            timely_by=promised.deadline,
            lateness_days=promised.lateness_days,
            guaranteed_by=promised.guaranteed_by,
            guarantee_rule=promised.rule.value,
            promised_by=promised.guaranteed_by,
            promised_rule=promised.rule.value,
            town_version=self._town.digest,
        )
        return sent

    def _wish(self, sent: Sent, house: Facility, rank: int, state: WishState) -> UUID:
        wish, child = self._rows.random_id(), sent.child
        senior = seniority(
            birth=child.counts_from,
            wanted=sent.wanted,
            applied=sent.sent_on,
            wished_on=sent.sent_on,
            policy=self._policy,
        )
        candidate = Candidate(
            id=wish.hex,
            special_need=sent.special_need,
            sibling_here=sent.sibling_at == house.code,
            own_district=house.kind is FacilityKind.CHILDMINDING or house.district == child.district,
            seniority=senior,
            birth_date=child.counts_from,
            tie=sent.tie,
        )
        self._rows.add(
            Wish,
            **_wish_row(wish, sent.id, house, rank, state),
            age_group=sent.group.value,
            wished_on=sent.sent_on,
            seniority=senior,
            line_key=line_key(candidate, self._policy),
        )
        return wish

    def _offer(
        self, sent: Sent, wish: UUID, house: Facility, starts: date, vacancy_is: VacancyState, offer_is: OfferState
    ) -> UUID:
        vacancy, offer = self._rows.random_id(), self._rows.random_id()
        made_at = self._noon(self._today if offer_is is OfferState.OPEN else sent.sent_on)
        self._rows.add(
            Vacancy,
            id=vacancy,
            once=self._rows.random_id(),
            facility=house.code,
            age_group=sent.group.value,
            starts_on=starts,
            state=vacancy_is.value,
            opened_at=made_at,
        )
        self._rows.add(
            Offer,
            id=offer,
            vacancy_id=vacancy,
            application_id=sent.id,
            wish_id=wish,
            state=offer_is.value,
            made_at=made_at,
            answer_by=answer_by(made_at.date(), self._policy.answer_days),
            answered_at=None if offer_is is OfferState.OPEN else made_at + timedelta(days=1),
            fulfils_guarantee=starts <= sent.guaranteed_by,
            guaranteed_before=sent.guaranteed_by,
        )
        return offer

    def _chosen(self, group: AgeGroup, wishes: int | None = None) -> list[Facility]:
        houses = self._houses[group]
        return self._chance.sample(houses, min(wishes or self._chance.randint(1, MOST_WISHES), len(houses)))

    def _houses_for(self, group: AgeGroup) -> list[Facility]:
        return [
            one
            for one in self._town.facilities
            if one.takes_wishes(self._today) and one.may_take(TownAgeGroup(group.value))
        ]

    def _noon(self, day: date) -> datetime:
        return datetime.combine(day, time(11), tzinfo=UTC)


def _wish_row(wish: UUID, application: UUID, house: Facility, rank: int, state: WishState) -> dict[str, Any]:
    return {
        "id": wish,
        "application_id": application,
        "facility": house.code,
        "rank": rank,
        "state": state.value,
    }
