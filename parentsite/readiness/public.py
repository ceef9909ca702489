"""Before sign-in: what is written about a child before school, who may read it, and how one says no."""

from datetime import date

from flask import Blueprint, Response

from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import work
from parentsite.readiness.policy import ends_of, institutions_of, template_for
from parentsite.readiness.rules.ends import Ends, school_start
from parentsite.readiness.rules.vocabulary import DocumentKind, ReceiverKind
from parentsite.town.service import current_town

YEARS = 3
"""For so many school starts ahead the day is told."""

public = Blueprint("readiness_public", __name__)


@public.get("/<lang>/skolestart")
@open_to(anyone)
def guide() -> Response:
    """What the law, the note and the town say; what nobody has told is said to be unknown."""
    now = work()
    town = current_town(now.session)
    written = template_for(town, DocumentKind.DESCRIPTION, now.today).areas
    return page(
        "readiness/guide.html",
        starts=_starts(ends_of(town), now.today),
        areas=[one for one in town.areas if one.code in written],
        knows_after_school=any(one.kind is ReceiverKind.AFTER_SCHOOL for one in institutions_of(town)),
    )


def _starts(ends: Ends, today: date) -> list[tuple[int, date]]:
    """The next school starts: the year in which these children were born, and the day."""
    births = [date(today.year - ends.age + later, 1, 1) for later in range(YEARS + 1)]
    ahead = [(birth.year, school_start(ends, birth)) for birth in births]
    return [one for one in ahead if one[1] > today][:YEARS]
