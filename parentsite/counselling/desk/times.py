"""The times to talk without a name: which are free, taken (nobody sees by whom), or withdrawn by the house."""

from flask import Response, abort, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.desk.blueprint import counsellors, desk, looking, writing
from parentsite.counselling.desk.forms import TimesForm
from parentsite.counselling.forms import slot_of, value_of
from parentsite.counselling.service import talks
from parentsite.counselling.service.talks import TimeGone, moment_of
from parentsite.foundation.web.access import open_to
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page
from parentsite.foundation.web.transactions import work
from parentsite.town.service import current_town
from parentsite.town.town import Town


@desk.route("/tider", methods=["GET", "POST"])
@open_to(counsellors)
def times() -> AnyResponse:
    """Every time of the open counselling ahead; a free one can be withdrawn, and offered again."""
    town = current_town(work().session)
    if town.counselling is None:
        abort(404)
    form = typed(TimesForm)
    return go_to(url_for("counselling_desk.times"), _changed(form, town)) if form.is_submitted() else _shown(town)


def _changed(form: TimesForm, town: Town) -> str:
    """Do it, and say what came of it."""
    withdrawn, offered = slot_of(form.withdraw.data), slot_of(form.offer.data)
    slot = withdrawn or offered
    with writing() as now:
        if slot is None or slot not in talks.offered_times(town, now.today):
            abort(400)
        if slot is offered:
            talks.offer_again(now, slot)
            return str(gettext("The time is free again."))
        try:
            talks.withdraw_time(now, slot)
        except TimeGone:
            return str(gettext("Somebody has taken this time meanwhile. Be there, or let a colleague be there."))
    return str(gettext("The time is withdrawn: nobody can take it."))


def _shown(town: Town) -> Response:
    with looking() as now:
        found = talks.standings(now, town)
    rows = [(value_of(slot), moment_of(slot), standing) for slot, standing in found]
    return page("counselling/desk/times.html", rows=rows, opening=town.counselling)
