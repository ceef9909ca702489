"""Help that can be found without signing in: who helps with what, and the Family House.

It belongs to no journey: what it shows is the town's, and whoever reads it is nobody. The anonymous conversation has an
app of its own, which these pages only lead to. All topics stand on one page, so that no address tells what was read.
"""

from flask import Blueprint, Response, abort

from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.discreet import WAY_OUT
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import work
from parentsite.town.directory import ServiceCode
from parentsite.town.service import current_town

help_pages = Blueprint("help", __name__)


@help_pages.get("/<lang>/hjaelp")
@open_to(anyone)
def directory() -> Response:
    """What it is about, who helps, and whom to call about a child."""
    return page("home/help.html", way_out=WAY_OUT)


@help_pages.get("/<lang>/familiehuset")
@open_to(anyone)
def family_house() -> Response:
    """The open anonymous counselling first; what needs a referral is explained, and cannot be asked for here."""
    town = current_town(work().session)
    house = town.service(ServiceCode.FAMILY_HOUSE) or abort(404)
    starts = [town.service(code) for code in (ServiceCode.SOCIAL_WORKERS, ServiceCode.FAMILY_TEAM)]
    return page("home/family_house.html", house=house, starts=list(filter(None, starts)), way_out=WAY_OUT)
