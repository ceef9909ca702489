"""The lock of the mailbox: opened with one's own words for this browser alone, and closed again."""

from flask import Response, g, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.desk.blueprint import counsellors, desk, looking, office, own_token, writing
from parentsite.counselling.desk.forms import NOT_YOURS, UnlockForm
from parentsite.counselling.office import house_mode
from parentsite.counselling.rules.phrase import Mistyped
from parentsite.counselling.service import doors, enrolment, unlocking
from parentsite.counselling.service.unlocking import NotAdmitted, WrongPhrase
from parentsite.foundation.web.access import open_to
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.headers import holds_secret
from parentsite.foundation.web.pages import REFUSED, go_to, page
from parentsite.foundation.web.transactions import moment


@desk.route("/laas-op", methods=["GET", "POST"])
@open_to(counsellors)
def unlock() -> AnyResponse:
    """Type one's own words; they are sent in the body, never in an address, and kept nowhere."""
    form = typed(UnlockForm, data={"to": request.args.get("til", "")})
    if not form.is_submitted():
        return _shown(form)
    try:
        doors.unlock_mailbox(office(), moment(), g.actor, form.phrase.data or "", own_token())
    except Mistyped as why:
        form.explain_phrase(why)
    except WrongPhrase:
        form.refuse(form.phrase, NOT_YOURS)
    except NotAdmitted:
        return go_to(url_for("counselling_desk.unlock"))
    else:
        return go_to(_onward(form.to.data))
    return _shown(form, REFUSED)


@desk.post("/laas")
@open_to(counsellors)
def lock() -> AnyResponse:
    """Lock it at once, before going for coffee."""
    with writing() as now:
        unlocking.lock(now, own_token())
    return go_to(url_for("counselling_desk.unlock"), gettext("The mailbox is locked."))


def _onward(designation: str | None) -> str:
    if designation:
        return url_for("counselling_desk.thread", designation=designation[:60])
    return url_for("counselling_desk.conversations")


def _shown(form: UnlockForm, status: int = 200) -> AnyResponse:
    with looking() as now:
        mode = house_mode(now.session)
        mine = next((one for one in enrolment.roster(now.session) if one.id == me()), None)
        if unlocking.embedded(now.session, office()) is not None:
            return go_to(_onward(form.to.data))
    facts = {"form": form, "mode": mode, "mine": mine, "was_kept": "gemt" in request.args}
    response: Response = page("counselling/desk/unlock.html", status=status, **facts)
    if status == REFUSED:
        holds_secret(response)
    return response
