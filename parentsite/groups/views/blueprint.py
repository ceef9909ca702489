"""The blueprint of the parents' pages, and what they answer when there is nothing for this person."""

from flask import Blueprint, Response

from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.transactions import work
from parentsite.groups.policy import GroupPolicy, policy_of
from parentsite.groups.service.errors import NotFound
from parentsite.town.service import current_town

mit = Blueprint("groups", __name__, url_prefix="/mit/<lang>/grupper")


@mit.errorhandler(NotFound)
def _not_found(error: Exception) -> Response:
    return error_page(404)


def my_policy() -> GroupPolicy:
    """What the town has decided about groups."""
    return policy_of(current_town(work().session))
