"""Who may meet whom at the same moment over the same case, and what each of the two may be told afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from parentsite.foundation.database import new_id
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.places.rules.answers import Answer
from parentsite.places.rules.vocabulary import AgeGroup, Care
from parentsite.places.service import answers, cases, drafts, offers, office, sending, vacancies, wishing, withdrawing
from parentsite.places.service.line import line_of, place_in_line
from tests import builders
from tests.databases import MOMENT
from tests.places.racing import Act

AFTER_THE_DEADLINE = MOMENT + timedelta(days=9)
WITH_REASON = "The family moves next week."
Acts = tuple[Act, Act]


@dataclass(frozen=True)
class Meeting:
    """Two acts that meet; `fair` are the pairs of what both may be told: `done`, or the name of an error."""

    prepare: Callable[[Work], Acts]
    fair: frozenset[tuple[str, str]]
    is_even: bool = False
    """Both do the same."""


def by_parent(person: UUID, do: Callable[[Work], object]) -> Act:
    """What a parent does."""
    return Act(do, Actor(ActorKind.PARENT, person))


def by_clerk(do: Callable[[Work], object]) -> Act:
    """What the placement office does."""
    return Act(do, Actor(ActorKind.STAFF, new_id(), frozenset({"placement"})))


def offering(work: Work, application: UUID, vacancy: UUID) -> Act:
    """The office offers a vacancy to the application's wish in that line."""
    place = vacancies.vacancy(work, vacancy)
    line = line_of(work.session, place.facility, place.age_group)
    wish = next(one.wish_id for one in line if one.application_id == application)
    return by_clerk(lambda now: offers.make_offer(now, vacancy, wish, WITH_REASON))


def answering(person: UUID, offer: UUID, said: Answer) -> Act:
    """The parent answers."""
    return by_parent(person, lambda now: answers.answer(now, person, offer, said).state)


def taking_back(offer: UUID) -> Act:
    """The office takes an offer back."""
    return by_clerk(lambda now: offers.take_back(now, offer))


def withdrawing_from(work: Work, person: UUID, application: UUID) -> Act:
    """The parent withdraws, from a page opened now."""
    shown = cases.case_for(work, person, application).revision
    return by_parent(person, lambda now: withdrawing.withdraw(now, person, application, shown))


def confirming(work: Work, application: UUID) -> Act:
    """The office confirms a special need, from a page opened now."""
    shown = office.case(work, application).revision
    return by_clerk(lambda now: office.confirm(now, application, shown, special_need=True))


def sending_of(work: Work, person: UUID, draft: UUID) -> Act:
    """The parent sends, from a page opened now."""
    shown = drafts.read(work, person, draft).revision
    return by_parent(person, lambda now: sending.send(now, person, draft, shown))


EXPIRING = Act(answers.expire_due, now=AFTER_THE_DEADLINE)


def two_clerks_offer_one_vacancy(work: Work) -> Acts:
    one, other = builders.sent(work, builders.family(work)), builders.sent(work, builders.family(work))
    free = builders.vacancy(work)
    return offering(work, one, free), offering(work, other, free)


def one_press_goes_off_twice(work: Work) -> Acts:
    application, free = builders.sent(work, builders.family(work)), builders.vacancy(work)
    return offering(work, application, free), offering(work, application, free)


def two_vacancies_are_offered_to_one_family(work: Work) -> Acts:
    application = builders.sent(work, builders.family(work))
    here, there = (builders.vacancy(work, house) for house in builders.houses(work)[:2])
    return offering(work, application, here), offering(work, application, there)


def an_answer_meets(said: Answer, other: Callable[[Work, builders.Pair, UUID, UUID], Act]) -> Callable[[Work], Acts]:
    def prepare(work: Work) -> Acts:
        family = builders.family(work)
        application = builders.sent(work, family)
        offer = builders.offer(work, application)
        return answering(family.parent, offer, said), other(work, family, application, offer)

    return prepare


def withdrawal_meets(
    other: Callable[[Work, builders.Pair, UUID], Act], *, offered: bool = False
) -> Callable[[Work], Acts]:
    def prepare(work: Work) -> Acts:
        family = builders.family(work)
        application = builders.sent(work, family)
        if offered:
            builders.offer(work, application)
        return withdrawing_from(work, family.parent, application), other(work, family, application)

    return prepare


def confirming_meets(other: Callable[[Work, builders.Pair, UUID], Act]) -> Callable[[Work], Acts]:
    def prepare(work: Work) -> Acts:
        family = builders.family(work)
        application = builders.sent(work, family)
        return confirming(work, application), other(work, family, application)

    return prepare


def sending_meets(other: Callable[[Work, builders.Pair, UUID], Act]) -> Callable[[Work], Acts]:
    def prepare(work: Work) -> Acts:
        family = builders.family(work)
        draft = builders.draft(work, family)
        return sending_of(work, family.parent, draft), other(work, family, draft)

    return prepare


def two_parents_send_for_one_child(work: Work) -> Acts:
    one = builders.family(work)
    other = builders.Pair(builders.person(work), one.child)
    builders.lives_with(work, other.parent, other.child)
    drafts_of = {pair: builders.draft(work, pair) for pair in (one, other)}
    first, second = (sending_of(work, pair.parent, draft) for pair, draft in drafts_of.items())
    return first, second


def yes_to_two_places_of_one_child(work: Work) -> Acts:
    family = builders.family(work, born=date(2023, 7, 1))
    nursery = builders.sent(work, family, wanted=date(2026, 3, 1))
    older = builders.sent(work, family, care=Care.KINDERGARTEN, wanted=date(2026, 8, 1))
    here = builders.offer(work, nursery, starts_on=date(2026, 3, 1))
    there = builders.offer(work, older, group=AgeGroup.KINDERGARTEN, starts_on=date(2026, 8, 1))
    return answering(family.parent, here, Answer.YES), answering(family.parent, there, Answer.YES)


def removing_a_wish(work: Work, family: builders.Pair, draft: UUID) -> Act:
    wish = drafts.read(work, family.parent, draft).wishes[0].id
    return by_parent(family.parent, lambda now: wishing.remove(now, family.parent, draft, wish))


def throwing_away(work: Work, family: builders.Pair, draft: UUID) -> Act:
    return by_parent(family.parent, lambda now: drafts.throw_away(now, family.parent, draft))


def offering_to(work: Work, family: builders.Pair, application: UUID) -> Act:
    return offering(work, application, builders.vacancy(work))


def answering_offer_of(work: Work, family: builders.Pair, application: UUID, said: Answer) -> Act:
    offer = cases.case_for(work, family.parent, application).open_offer
    assert offer is not None
    return answering(family.parent, offer.id, said)


def taking_offer_back_of(work: Work, family: builders.Pair, application: UUID) -> Act:
    offer = cases.case_for(work, family.parent, application).open_offer
    assert offer is not None
    return taking_back(offer.id)


def fair(*pairs: str) -> frozenset[tuple[str, str]]:
    one, other = zip(*(pair.split("/") for pair in pairs), strict=True)
    return frozenset(zip(one, other, strict=True))


BOTH = fair("done/done")
MEETINGS: Mapping[str, Meeting] = {
    "two clerks, one vacancy": Meeting(
        two_clerks_offer_one_vacancy, fair("done/VacancyGone", "VacancyGone/done"), is_even=True
    ),
    "one press, twice": Meeting(one_press_goes_off_twice, fair("done/VacancyGone", "VacancyGone/done"), is_even=True),
    "two vacancies, one family": Meeting(
        two_vacancies_are_offered_to_one_family, fair("done/CannotOffer", "CannotOffer/done"), is_even=True
    ),
    "yes and taking back": Meeting(
        an_answer_meets(Answer.YES, lambda w, f, a, o: taking_back(o)), fair("done/VacancyGone", "TooLate/done")
    ),
    "no and taking back": Meeting(
        an_answer_meets(Answer.NO, lambda w, f, a, o: taking_back(o)), fair("done/VacancyGone", "TooLate/done")
    ),
    "yes from two phones": Meeting(
        an_answer_meets(Answer.YES, lambda w, f, a, o: answering(f.parent, o, Answer.YES)), BOTH, is_even=True
    ),
    "no from two phones": Meeting(
        an_answer_meets(Answer.NO, lambda w, f, a, o: answering(f.parent, o, Answer.NO)), BOTH, is_even=True
    ),
    "yes and no from two phones": Meeting(
        an_answer_meets(Answer.YES, lambda w, f, a, o: answering(f.parent, o, Answer.NO)),
        fair("done/TooLate", "TooLate/done"),
    ),
    "yes and the deadline": Meeting(
        an_answer_meets(Answer.YES, lambda w, f, a, o: EXPIRING), fair("done/done", "TooLate/done")
    ),
    "no and the deadline": Meeting(
        an_answer_meets(Answer.NO, lambda w, f, a, o: EXPIRING), fair("done/done", "TooLate/done")
    ),
    "two workers at the deadline": Meeting(lambda w: (offered_to_two(w), EXPIRING), BOTH, is_even=True),
    "withdrawal and offer": Meeting(withdrawal_meets(offering_to), fair("done/CannotOffer", "Stale/done")),
    "withdrawal and yes": Meeting(
        withdrawal_meets(lambda w, f, a: answering_offer_of(w, f, a, Answer.YES), offered=True),
        fair("done/TooLate", "Stale/done"),
    ),
    "withdrawal and no": Meeting(
        withdrawal_meets(lambda w, f, a: answering_offer_of(w, f, a, Answer.NO), offered=True),
        fair("done/done", "Stale/done"),
    ),
    "withdrawal and taking back": Meeting(
        withdrawal_meets(taking_offer_back_of, offered=True), fair("done/VacancyGone", "Stale/done")
    ),
    "withdrawal and the deadline": Meeting(
        withdrawal_meets(lambda w, f, a: EXPIRING, offered=True), fair("done/done", "Stale/done")
    ),
    "withdrawal, twice": Meeting(
        withdrawal_meets(lambda w, f, a: withdrawing_from(w, f.parent, a), offered=True), BOTH, is_even=True
    ),
    "confirming and offering": Meeting(confirming_meets(offering_to), fair("done/done", "Stale/done")),
    "confirming and withdrawal": Meeting(
        confirming_meets(lambda w, f, a: withdrawing_from(w, f.parent, a)), fair("done/Stale", "Stale/done")
    ),
    "two clerks confirm": Meeting(confirming_meets(lambda w, f, a: confirming(w, a)), BOTH, is_even=True),
    "confirming and a new town pack": Meeting(
        confirming_meets(lambda w, f, a: Act(lambda now: place_in_line(now, a))), BOTH
    ),
    "sending, twice": Meeting(sending_meets(lambda w, f, d: sending_of(w, f.parent, d)), BOTH, is_even=True),
    "sending and changing": Meeting(sending_meets(removing_a_wish), fair("done/NotFound", "Stale/done")),
    "sending and throwing away": Meeting(sending_meets(throwing_away), fair("done/done", "NotFound/done")),
    "two parents send": Meeting(
        two_parents_send_for_one_child, fair("done/Incomplete", "Incomplete/done"), is_even=True
    ),
    "yes to two places": Meeting(yes_to_two_places_of_one_child, BOTH, is_even=True),
}


def offered_to_two(work: Work) -> Act:
    """Two offers that run out together; the act is a worker's."""
    for _ in range(2):
        builders.offer(work, builders.sent(work, builders.family(work)))
    return EXPIRING
