"""The stops of the journey on a child's way to school: the description, signing up, after-school care, school."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from parentsite.foundation.clock import local_date
from parentsite.foundation.journey import Stop
from parentsite.foundation.web.language import gettext, language
from parentsite.foundation.work import Work
from parentsite.readiness.policy import ends_of
from parentsite.readiness.rules.ends import school_start
from parentsite.readiness.service.reading import Published
from parentsite.town.service import current_town
from parentsite.town.settings import ReadinessSettings
from parentsite.town.town import Town

DESCRIPTION, ENROLMENT, AFTER_SCHOOL, SCHOOL = "description", "enrolment", "after-school", "school"
NOVEMBER = 11
"""Where signing up stands on the line, the year before: in 2017 it was in weeks 46 to 48; newer weeks are not known."""


def by_rule(work: Work, child: Any) -> list[Stop]:
    """What the note, the law and the town say of any child."""
    town = current_town(work.session)
    start = school_start(ends_of(town), child.counts_from)
    return list(_by_rule(town, start, language().code, child.id is None))


@lru_cache(maxsize=128)
def _by_rule(town: Town, start: date, spoken: str, is_anybodys: bool) -> tuple[Stop, ...]:
    """Made once in each language (`spoken`, that of the page) for all who begin school on a day."""
    settings = town.settings.readiness
    page = "readiness_public.guide" if is_anybodys else "readiness.front"
    stops = (*_before_school(settings, start), *_at_school(settings, start))
    return tuple(stop.leading_to(page) for stop in stops)


def happened(work: Work, child: Any, published: Published) -> Stop:
    """The description has been written."""
    (stop,) = (one for one in by_rule(work, child) if one.code == DESCRIPTION)
    text = gettext("The daycare has written it. Read it, and say who may see it.")
    stop = replace(stop, text=text, first=local_date(published.published_at), is_done=True, child=child.id)
    return stop.leading_to("readiness.document", child=child.id, kind=published.kind)


def _before_school(settings: ReadinessSettings, start: date) -> tuple[Stop, Stop]:
    """Nobody has told the days of this year: the description comes before the signing up (the note)."""
    description = gettext("The daycare's description (beskrivelse)")
    written = gettext("The daycare writes about your child before you sign up for school. You decide who may read it.")
    enrolment = gettext("Sign up for school (skoleindskrivning)")
    online = gettext("You do it on borger.dk. We do not know the weeks yet. In 2017 it was weeks 46 to 48.")
    november = date(start.year - 1, NOVEMBER, 1)
    return (
        Stop(DESCRIPTION, description, written, stands=ENROLMENT),
        Stop(ENROLMENT, enrolment, online, stands=november, fact=settings.school_start),
    )


def _at_school(settings: ReadinessSettings, start: date) -> tuple[Stop, Stop]:
    care = settings.after_school_start.value
    moves = gettext("Your child moves from daycare to after-school care some months before school.")
    begins = gettext("School duty begins. Your child has a place at the school of your part of town.")
    day = date(start.year, care.month, care.day)
    return (
        Stop(AFTER_SCHOOL, gettext("After-school care (BFO)"), moves, first=day, fact=settings.after_school_start),
        Stop(SCHOOL, gettext("School starts (skolestart)"), begins, first=start, fact=settings.school_start),
    )
