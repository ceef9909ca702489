"""Before sign-in: the kinds of groups there are, how one takes part, and the groups that can be joined now."""

from itertools import groupby

from flask import Blueprint, Response, request

from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.kept import changes_at_any_time
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import work
from parentsite.groups.policy import policy_of
from parentsite.groups.service.finding import open_groups
from parentsite.town.service import current_town

public = Blueprint("groups_public", __name__)


@public.get("/<lang>/grupper")
@open_to(anyone)
def guide() -> Response:
    """The kinds in the town's words, and the open groups by part of town: when, never where, and never who."""
    changes_at_any_time(request.environ)
    now = work()
    town = current_town(now.session)
    found = groupby(open_groups(now), key=lambda one: one.district)
    return page(
        "groups/guide.html",
        kinds=town.group_kinds,
        areas=[(town.district(code), list(groups)) for code, groups in found],
        policy=policy_of(town),
    )
