"""What may become what: five small machines, kept as tables. What no table has is refused with `IllegalMove`.

They are apart because a child may hold a place and still wait for a wished house (§ 27 c(3) of the Act), and
wait once for 0-2 and once for 3+ (§ 27 c(1)).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from parentsite.places.rules.vocabulary import (
    ApplicationState,
    OfferState,
    PlacementState,
    VacancyState,
    WishState,
)

State = TypeVar("State", bound=StrEnum)


class IllegalMove(ValueError):
    """A change of state that the rules do not know."""

    def __init__(self, machine: str, origin: StrEnum, target: StrEnum) -> None:
        super().__init__(f"{machine}: {origin} cannot become {target}")
        self.machine = machine
        self.origin = origin
        self.target = target


@dataclass(frozen=True)
class Machine(Generic[State]):
    """A table of moves. Every state has a row; a row without targets is an end."""

    name: str
    start: State
    moves: Mapping[State, frozenset[State]]

    def move(self, origin: State, target: State) -> State:
        """`target`, if `origin` may become it; raises `IllegalMove`. Staying put is not a move."""
        if target not in self.moves.get(origin, frozenset()):
            raise IllegalMove(self.name, origin, target)
        return target

    def origins(self, target: State) -> frozenset[State]:
        """The states that may become `target`: what a conditional update asks for."""
        return frozenset(origin for origin, targets in self.moves.items() if target in targets)

    @property
    def ends(self) -> frozenset[State]:
        """The states nothing leads out of."""
        return frozenset(state for state, targets in self.moves.items() if not targets)

    @property
    def values(self) -> tuple[str, ...]:
        """All states as stored, for the CHECK constraint of the column."""
        return tuple(state.value for state in self.moves)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """All moves as stored, in a stable order, for a constraint on changes."""
        return tuple(
            (origin.value, target.value) for origin, targets in self.moves.items() for target in sorted(targets)
        )


APPLICATION = Machine(
    "application",
    ApplicationState.DRAFT,
    {
        # A draft thrown away is deleted; it was never with the town, so it is not withdrawn.
        ApplicationState.DRAFT: frozenset({ApplicationState.SENT}),
        ApplicationState.SENT: frozenset(
            {ApplicationState.WAITING, ApplicationState.WITHDRAWN, ApplicationState.CLOSED}
        ),
        ApplicationState.WAITING: frozenset({ApplicationState.WITHDRAWN, ApplicationState.CLOSED}),
        ApplicationState.WITHDRAWN: frozenset(),
        ApplicationState.CLOSED: frozenset(),
    },
)

WISH = Machine(
    "wish",
    WishState.WAITING,
    {
        WishState.WAITING: frozenset({WishState.OFFERED, WishState.REMOVED}),
        # Back to waiting after No, silence or an offer taken back: the wish stays (§ 27 c(4) of the Act).
        WishState.OFFERED: frozenset({WishState.WAITING, WishState.FULFILLED, WishState.REMOVED}),
        WishState.FULFILLED: frozenset(),
        WishState.REMOVED: frozenset(),
    },
)

OFFER = Machine(
    "offer",
    OfferState.OPEN,
    {
        OfferState.OPEN: frozenset(
            {OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED, OfferState.TAKEN_BACK}
        ),
        OfferState.ACCEPTED: frozenset(),
        OfferState.DECLINED: frozenset(),
        OfferState.EXPIRED: frozenset(),
        OfferState.TAKEN_BACK: frozenset(),
    },
)

PLACEMENT = Machine(
    "placement",
    PlacementState.AGREED,
    {
        # Ended without notice: another place of the child takes over (§ 2(3) of the Act), or school begins.
        PlacementState.AGREED: frozenset({PlacementState.RUNNING, PlacementState.NOTICE_GIVEN, PlacementState.ENDED}),
        PlacementState.RUNNING: frozenset({PlacementState.NOTICE_GIVEN, PlacementState.ENDED}),
        PlacementState.NOTICE_GIVEN: frozenset({PlacementState.ENDED}),
        PlacementState.ENDED: frozenset(),
    },
)

VACANCY = Machine(
    "vacancy",
    VacancyState.OPEN,
    {
        VacancyState.OPEN: frozenset({VacancyState.OFFERED, VacancyState.WITHDRAWN}),
        VacancyState.OFFERED: frozenset({VacancyState.OPEN, VacancyState.FILLED}),
        VacancyState.FILLED: frozenset(),
        VacancyState.WITHDRAWN: frozenset(),
    },
)
