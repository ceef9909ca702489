"""Who may meet whom at the same moment over a home visit, and what each of the two may be told afterwards."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from parentsite.foundation.clock import local_date
from parentsite.foundation.work import Work
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.service import asking, booking, contacts, offering, planning, visiting
from parentsite.visits.service.times import hold, let_go
from tests import builders
from tests.builders import Pair
from tests.databases import MOMENT
from tests.places.meetings import BOTH, Acts, Meeting, by_parent, fair
from tests.places.racing import Act
from tests.places.seen import row
from tests.visits.scene import WEEKS, family, mornings, times, visitor

FIRST_COME = fair("done/SlotGone", "SlotGone/done")
BEFORE_ILLNESS = fair("done/done", "SlotGone/done")


class Scene:
    """Two families of a district with one parent more, and the four times of a Monday that are new to the town."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.her = visitor(work, *mornings(days=[1], until=MOMENT.date() + timedelta(days=5)))
        self.one, self.other = family(work), family(work)
        self.partner = builders.person(work, district="baltorp")
        builders.lives_with(work, self.partner, self.one.child)
        self.slots = [free.slot_id for free in times(work, self.one)]

    def books(self, who: Pair, slot: int) -> Act:
        return by_parent(who.parent, lambda now: booking.book(now, who.parent, who.child, WEEKS, self.slots[slot]))

    def holds(self, who: Pair, slot: int) -> Act:
        return by_parent(who.parent, lambda now: hold(now, who.parent, who.child, WEEKS, self.slots[slot]))

    def lets_go(self, who: Pair) -> Act:
        return by_parent(who.parent, lambda now: let_go(now, who.parent, who.child))

    def moves(self, person: UUID, visit: UUID, slot: int) -> Act:
        return by_parent(person, lambda now: booking.move(now, person, visit, self.slots[slot]))

    def cancels(self, person: UUID, visit: UUID) -> Act:
        return by_parent(person, lambda now: booking.cancel(now, person, visit))

    def proposes(self, to: Pair, slot: int) -> Act:
        return Act(lambda now: visiting.propose(now, to.child, to.parent, WEEKS, self.slots[slot]))

    def proposes_anew(self, visit: UUID, slot: int) -> Act:
        return Act(lambda now: offering.propose_anew(now, visit, self.slots[slot]))

    def falls_ill(self, slot: int) -> Act:
        found = row(self.work.session, VisitSlot, self.slots[slot])
        her, day = found.visitor_id, local_date(found.starts_at)
        return Act(lambda now: planning.be_away(now, her, day, day))

    def booked(self, who: Pair, slot: int) -> UUID:
        return booking.book(self.work, who.parent, who.child, WEEKS, self.slots[slot])

    def proposed(self, to: Pair, slot: int) -> UUID:
        return visiting.propose(self.work, to.child, to.parent, WEEKS, self.slots[slot])

    def asks(self, who: Pair) -> Act:
        return by_parent(who.parent, lambda now: asking.ask_for_a_time(now, who.parent, who.child, WEEKS))


def scene(meet: Callable[[Scene], Acts]) -> Callable[[Work], Acts]:
    return lambda work: meet(Scene(work))


def moving_meets(other: Callable[[Scene, UUID], Act]) -> Callable[[Work], Acts]:
    """The first family moves its visit from the first time to the second."""

    def meet(on: Scene) -> Acts:
        visit = on.booked(on.one, 0)
        return on.moves(on.one.parent, visit, 1), other(on, visit)

    return scene(meet)


def cancelling_meets(other: Callable[[Scene, UUID], Act]) -> Callable[[Work], Acts]:
    def meet(on: Scene) -> Acts:
        visit = on.booked(on.one, 0)
        return on.cancels(on.one.parent, visit), other(on, visit)

    return scene(meet)


def confirming_meets(other: Callable[[Scene, UUID], Act]) -> Callable[[Work], Acts]:
    def meet(on: Scene) -> Acts:
        visit, parent = on.proposed(on.one, 0), on.one.parent
        return by_parent(parent, lambda now: booking.confirm(now, parent, visit, on.slots[0])), other(on, visit)

    return scene(meet)


def two_families_change_places(on: Scene) -> Acts:
    one, other = on.booked(on.one, 0), on.booked(on.other, 1)
    return on.moves(on.one.parent, one, 1), on.moves(on.other.parent, other, 0)


def one_follows_the_other(on: Scene) -> Acts:
    one, other = on.booked(on.one, 0), on.booked(on.other, 1)
    return on.moves(on.one.parent, one, 2), on.moves(on.other.parent, other, 0)


def two_holders_after_each_others_time(on: Scene) -> Acts:
    for who, slot in ((on.one, 0), (on.other, 1)):
        on.holds(who, slot).do(on.work)
    return on.holds(on.one, 1), on.holds(on.other, 0)


def a_call_meets_an_answer(on: Scene) -> Acts:
    request = asking.say_not_contacted(on.work, on.one.parent, on.one.child)
    return Act(lambda now: contacts.note(now, on.one.child, on.her)), Act(
        lambda now: contacts.answer(now, request, on.her)
    )


def an_answer_meets_taking_back(on: Scene) -> Acts:
    request = asking.say_not_contacted(on.work, on.one.parent, on.one.child)
    return Act(lambda now: contacts.answer(now, request, on.her)), by_parent(
        on.one.parent, lambda now: asking.take_back(now, on.one.parent, request)
    )


def both_adults_book(on: Scene) -> Acts:
    return on.books(on.one, 0), on.books(Pair(on.partner, on.one.child), 1)


MEETINGS: Mapping[str, Meeting] = {
    "two book one time": Meeting(scene(lambda s: (s.books(s.one, 0), s.books(s.other, 0))), FIRST_COME, is_even=True),
    "one press, twice": Meeting(scene(lambda s: (s.books(s.one, 0), s.books(s.one, 0))), BOTH, is_even=True),
    "both adults book, each a time": Meeting(
        scene(both_adults_book), fair("done/AlreadyBooked", "AlreadyBooked/done"), is_even=True
    ),
    "two hold one time": Meeting(scene(lambda s: (s.holds(s.one, 0), s.holds(s.other, 0))), FIRST_COME, is_even=True),
    "holding and booking": Meeting(scene(lambda s: (s.holds(s.one, 0), s.books(s.other, 0))), FIRST_COME),
    "two hold, each the other's time": Meeting(
        scene(two_holders_after_each_others_time),
        fair("SlotGone/SlotGone", "done/SlotGone", "SlotGone/done"),
        is_even=True,
    ),
    "booking and proposing, one time": Meeting(
        scene(lambda s: (s.books(s.one, 0), s.proposes(s.other, 0))), FIRST_COME
    ),
    "booking and being proposed another": Meeting(
        scene(lambda s: (s.books(s.one, 0), s.proposes(s.one, 1))), fair("done/AlreadyBooked", "AlreadyBooked/done")
    ),
    "two propose one time": Meeting(
        scene(lambda s: (s.proposes(s.one, 0), s.proposes(s.other, 0))), FIRST_COME, is_even=True
    ),
    "moving and booking the new time": Meeting(moving_meets(lambda s, v: s.books(s.other, 1)), FIRST_COME),
    "moving and booking the old time": Meeting(
        moving_meets(lambda s, v: s.books(s.other, 0)), fair("done/done", "done/SlotGone")
    ),
    "both adults move": Meeting(moving_meets(lambda s, v: s.moves(s.partner, v, 2)), BOTH),
    "moving and cancelling": Meeting(
        moving_meets(lambda s, v: s.cancels(s.partner, v)), fair("done/done", "TooLate/done")
    ),
    "moving and proposing anew": Meeting(
        moving_meets(lambda s, v: s.proposes_anew(v, 2)), fair("done/done", "done/TooLate")
    ),
    "moving and illness": Meeting(moving_meets(lambda s, v: s.falls_ill(1)), BEFORE_ILLNESS),
    "two change places": Meeting(scene(two_families_change_places), fair("SlotGone/SlotGone"), is_even=True),
    "one follows the other": Meeting(scene(one_follows_the_other), fair("done/done", "done/SlotGone")),
    "cancelling, twice": Meeting(cancelling_meets(lambda s, v: s.cancels(s.partner, v)), BOTH, is_even=True),
    "cancelling and booking": Meeting(
        cancelling_meets(lambda s, v: s.books(s.other, 0)), fair("done/done", "done/SlotGone")
    ),
    "cancelling and proposing anew": Meeting(
        cancelling_meets(lambda s, v: s.proposes_anew(v, 1)), fair("done/done", "done/TooLate")
    ),
    "cancelling and illness": Meeting(cancelling_meets(lambda s, v: s.falls_ill(0)), BOTH),
    "confirming and proposing anew": Meeting(
        confirming_meets(lambda s, v: s.proposes_anew(v, 1)), fair("done/done", "SlotGone/done", "TooLate/done")
    ),
    "confirming and cancelling": Meeting(
        confirming_meets(lambda s, v: s.cancels(s.partner, v)), fair("done/done", "TooLate/done")
    ),
    "booking and illness": Meeting(
        scene(lambda s: (s.books(s.one, 0), s.falls_ill(0))), fair("done/done", "SlotGone/done")
    ),
    "holding and illness": Meeting(
        scene(lambda s: (s.holds(s.one, 0), s.falls_ill(0))), fair("done/done", "SlotGone/done")
    ),
    "letting go and booking": Meeting(
        scene(lambda s: (s.holds(s.one, 0).do(s.work) and s.lets_go(s.one), s.books(s.other, 0))),
        fair("done/done", "done/SlotGone"),
    ),
    "asking and booking": Meeting(
        scene(lambda s: (s.asks(s.one), s.books(s.one, 0))), fair("done/done", "CannotAsk/done")
    ),
    "a call and an answer": Meeting(scene(a_call_meets_an_answer), BOTH),
    "an answer and taking back": Meeting(scene(an_answer_meets_taking_back), BOTH),
}
