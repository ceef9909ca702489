"""What a parent asks the health visitors for, and is told by when they write back."""

from uuid import UUID

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import work
from parentsite.visits.forms import ExtraForm
from parentsite.visits.service import asking
from parentsite.visits.service.errors import CannotAsk, NotFound, ReasonNeeded, TooSoon
from parentsite.visits.views.blueprint import mit, my_plan, my_policy


@mit.post("/<uuid:child>/<visit>/find")
@open_to(parents)
def find(child: UUID, visit: str) -> AnyResponse:
    """No time fits: let the health visitors find one with us."""
    try:
        asking.ask_for_a_time(work(), me(), child, visit)
    except CannotAsk as error:
        raise NotFound(visit) from error
    return go_to(url_for("visits.front"), said=gettext("The health visitors will contact you."))


@mit.post("/<uuid:child>/ikke-kontaktet")
@open_to(parents)
def silence(child: UUID) -> AnyResponse:
    """Nobody has contacted us."""
    try:
        asking.say_not_contacted(work(), me(), child)
    except (CannotAsk, TooSoon) as error:
        raise NotFound(child) from error
    return go_to(url_for("visits.front"), said=gettext("The health visitors will contact you."))


@mit.route("/<uuid:child>/ekstra", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def extra(child: UUID) -> AnyResponse:
    """A visit outside the plan, with a few words about why."""
    plan = my_plan(child)
    form = typed(ExtraForm)
    if form.is_submitted() and form.validate():
        try:
            asking.ask_for_extra(work(), me(), child, form.reason.data or "")
            return go_to(url_for("visits.front"), said=gettext("The health visitors will contact you."))
        except ReasonNeeded:
            form.refuse(form.reason, _l("Write in a few words what you want to talk about."))
        except CannotAsk as error:
            raise NotFound(child) from error
    show = refused if form.is_submitted() else page
    return show("visits/extra.html", form=form, plan=plan, policy=my_policy())


@mit.post("/anmodning/<uuid:asked>/tilbage")
@open_to(parents)
def take_back(asked: UUID) -> AnyResponse:
    """It is not needed any more."""
    asking.take_back(work(), me(), asked)
    return go_to(url_for("visits.front"), said=gettext("You have taken back what you asked for."))
