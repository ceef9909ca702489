"""Months, ages and deadlines: whole days everywhere, and the one moment at which a Danish day is over."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from parentsite.places.rules.vocabulary import AgeGroup, Care

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SCHOOL_YEARS = 6
VACANCY_YEARS = 2
"""So far ahead a free place may begin: the office plans for the coming school year, and what is later is a slip."""


def add_months(day: date, months: int) -> date:
    """`day` moved by calendar months, back if negative; a day the month lacks becomes its last one.

    31 January and three months is 30 April.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def reaches(birth: date, months: int) -> date:
    """The day on which the child is `months` old.

    Where the month lacks the day it is the first of the next: a month of life is over when its last day is. So a
    child born on 29 February turns a year older on 1 March. No Danish source was found, for or against.
    """
    day = add_months(birth, months)
    return day if day.day == birth.day else day + timedelta(days=1)


def turns(birth: date, years: int) -> date:
    """The birthday on which the child turns `years`."""
    return reaches(birth, 12 * years)


def age_group(birth: date, on: date, older_from_months: int) -> AgeGroup:
    """The group the child belongs to on a day, by the age at which the town moves it to the older one.

    An unborn child belongs to the nursery.
    """
    return AgeGroup.KINDERGARTEN if on >= reaches(birth, older_from_months) else AgeGroup.NURSERY


def group_sought(care: Care, birth: date, wanted: date, older_from_months: int) -> AgeGroup:
    """The group an application is for; a part-time place follows the child's age on the wanted day."""
    match care:
        case Care.NURSERY | Care.CHILDMINDING:
            return AgeGroup.NURSERY
        case Care.KINDERGARTEN:
            return AgeGroup.KINDERGARTEN
        case Care.PART_TIME:
            return age_group(birth, wanted, older_from_months)


def fits_age(care: Care, birth: date, wanted: date, older_from_months: int) -> bool:
    """Whether the child is of the age for this care on the wanted day."""
    return group_sought(care, birth, wanted, older_from_months) is age_group(birth, wanted, older_from_months)


def school_start(birth: date) -> date:
    """1 August of the year the child turns six: school duty begins and the right to daycare ends.

    § 23(1) of the Act. A postponed start (§ 29 a) is agreed with the office and unknown here.
    """
    return date(birth.year + SCHOOL_YEARS, 8, 1)


def groups_to_seek(birth: date, soonest: date, older_from_months: int) -> frozenset[AgeGroup]:
    """The groups for which a place can still be sought, `soonest` being the first day it can be wanted; none when
    school begins before that.
    """
    last = school_start(birth) - timedelta(days=1)
    if soonest > last:
        return frozenset()
    return frozenset(age_group(birth, day, older_from_months) for day in (soonest, last))


def answer_by(sent: date, answer_days: int) -> date:
    """The last day to answer an offer; the whole of that day counts (`deadline_moment`)."""
    return sent + timedelta(days=answer_days)


def furthest_vacancy(today: date) -> date:
    """The last day from which a place may be said to be free."""
    return add_months(today, 12 * VACANCY_YEARS)


def draft_delete_on(last_touched: date, keep_days: int) -> date:
    """The day on which a draft that nobody touches again is deleted."""
    return last_touched + timedelta(days=keep_days)


def deadline_moment(day: date) -> datetime:
    """The moment (aware, UTC) at which `day` is over in Denmark: in time is what comes *before* it."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=COPENHAGEN)
    return midnight.astimezone(UTC)
