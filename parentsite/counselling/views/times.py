"""A time to talk without a name: one of the open counselling, taken and given back from inside the conversation."""

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.forms import TIME_GONE, TimeForm, value_of
from parentsite.counselling.service import conversation, talks
from parentsite.counselling.service.talks import TimeGone, moment_of
from parentsite.counselling.views.zone import reading, samtale, writing
from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import REFUSED, go_to, page
from parentsite.foundation.web.transactions import SAFE_METHODS, work
from parentsite.town.directory import ServiceCode
from parentsite.town.service import current_town
from parentsite.town.town import Town


@samtale.route("/<lang>/tid", methods=["GET", "POST"])
@open_to(anyone)
def time() -> AnyResponse:
    """Which times are free, and the one that was taken."""
    town = current_town(work().session)
    if town.counselling is None:
        abort(404)
    form = typed(TimeForm)
    if request.method in SAFE_METHODS:
        return _shown(town, form)
    if form.cancel.data:
        with writing() as (now, me):
            conversation.cancel_time(now, me)
        return go_to(url_for("counselling.time"))
    return _take(town, form)


def _take(town: Town, form: TimeForm) -> AnyResponse:
    slot = form.chosen()
    try:
        if slot is not None:
            with writing() as (now, me):
                conversation.take_time(now, me, slot, town)
            return go_to(url_for("counselling.time"))
    except TimeGone:
        form.refuse(form.slot, TIME_GONE)
    return _shown(town, form, REFUSED)


def _shown(town: Town, form: TimeForm, status: int = 200) -> Response:
    with reading() as (now, me):
        said, free = conversation.read(now, me), talks.free_times(now, town)
    return page(
        "counselling/time.html",
        status=status,
        form=form,
        taken=moment_of(said.talk) if said.talk else None,
        free=[(value_of(slot), moment_of(slot)) for slot in free],
        opening=town.counselling,
        house=town.service(ServiceCode.FAMILY_HOUSE),
    )
