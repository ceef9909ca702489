"""Which children are on the way to school: from the age of kindergarten (børnehave) until a year after school start."""

from datetime import date

from parentsite.readiness.rules.ends import Ends, school_start

FROM_YEARS = 3


def is_near_school(ends: Ends, birth: date, today: date) -> bool:
    """Whether parents are shown the way to what is written before school."""
    years = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    start = school_start(ends, birth)
    return years >= FROM_YEARS and today < start.replace(year=start.year + 1)
