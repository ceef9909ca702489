"""The stops of the journey on a child's way to school: the description, signing up, after-school care, school."""

from dataclasses import replace
from datetime import date
from typing import Any

from parentsite.foundation.clock import local_date
from parentsite.foundation.journey import Stop
from parentsite.foundation.web.language import gettext
from parentsite.foundation.work import Work
from parentsite.readiness.policy import ends_of
from parentsite.readiness.rules.ends import school_start
from parentsite.readiness.service.reading import Published
from parentsite.town.service import current_town

DESCRIPTION, ENROLMENT, AFTER_SCHOOL, SCHOOL = "description", "enrolment", "after-school", "school"
NOVEMBER = 11
"""Where signing up stands on the line, the year before: in 2017 it was in weeks 46 to 48; newer weeks are not known."""


def by_rule(work: Work, child: Any) -> list[Stop]:
    """What the note, the law and the town say of any child."""
    town = current_town(work.session)
    settings, start = town.settings.readiness, school_start(ends_of(town), child.counts_from)
    care = settings.after_school_start.value
    stops = [
        Stop(
            DESCRIPTION,
            gettext("The daycare's description (beskrivelse)"),
            gettext("The daycare writes about your child before you sign up for school. You decide who may read it."),
            stands=ENROLMENT,
        ),
        Stop(
            ENROLMENT,
            gettext("Sign up for school (skoleindskrivning)"),
            gettext("You do it on borger.dk. We do not know the weeks yet. In 2017 it was weeks 46 to 48."),
            stands=date(start.year - 1, NOVEMBER, 1),
            fact=settings.school_start,
        ),
        Stop(
            AFTER_SCHOOL,
            gettext("After-school care (BFO)"),
            gettext("Your child moves from daycare to after-school care some months before school."),
            first=date(start.year, care.month, care.day),
            fact=settings.after_school_start,
        ),
        Stop(
            SCHOOL,
            gettext("School starts (skolestart)"),
            gettext("School duty begins. Your child has a place at the school of your part of town."),
            first=start,
            fact=settings.school_start,
        ),
    ]
    page = "readiness_public.guide" if child.id is None else "readiness.front"
    return [stop.leading_to(page) for stop in stops]


def happened(work: Work, child: Any, published: Published) -> Stop:
    """The description has been written."""
    (stop,) = (one for one in by_rule(work, child) if one.code == DESCRIPTION)
    text = gettext("The daycare has written it. Read it, and say who may see it.")
    stop = replace(stop, text=text, first=local_date(published.published_at), is_done=True, child=child.id)
    return stop.leading_to("readiness.document", child=child.id, kind=published.kind)
