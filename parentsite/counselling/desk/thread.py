"""One conversation at the desk: to read, answer and close. That it was opened is written down with its day, and read by
the parent; who the parent is stands nowhere, and nothing here asks.
"""

from flask import Response, abort, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.desk.blueprint import counsellors, desk, keep_answer, mailbox
from parentsite.counselling.desk.forms import CHANGED, AnswerForm, ReadForm
from parentsite.counselling.rules.vocabulary import Side
from parentsite.counselling.service import kept
from parentsite.counselling.service import mailbox as box_of_letters
from parentsite.counselling.service.mailbox import ChangedMeanwhile
from parentsite.counselling.service.threads import Refused
from parentsite.foundation.web.access import keeps_what_was_typed, open_to
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import REFUSED, go_to, page
from parentsite.foundation.web.transactions import work
from parentsite.town.service import current_town


@desk.route("/samtale/<designation>", methods=["GET", "POST"])
@keeps_what_was_typed(keep_answer)
@open_to(counsellors)
def thread(designation: str) -> AnyResponse:
    """What was said, and a box for the answer."""
    form = typed(AnswerForm)
    if not form.is_submitted():
        return _shown(designation, form)
    if form.validate() and _is_answered(designation, form):
        return go_to(
            url_for("counselling_desk.thread", designation=designation) + "#last", gettext("The answer is sent.")
        )
    return _shown(designation, form, REFUSED)


@desk.post("/samtale/<designation>/luk")
@open_to(counsellors)
def close(designation: str) -> AnyResponse:
    """Nothing is left to do; not while something stands there that was not read."""
    form = typed(ReadForm)
    if not form.validate():
        abort(400)
    with mailbox() as (now, box):
        before = box_of_letters.open_thread(now, box, designation)
        done = box_of_letters.close(now, box, {designation: form.seen})
    if not done and before.closed_on is None:
        back = url_for("counselling_desk.thread", designation=designation) + "#last"
        return go_to(back, gettext("Something has come meanwhile. Read it first."))
    return go_to(url_for("counselling_desk.conversations"), gettext("The conversation is closed."))


def _is_answered(designation: str, form: AnswerForm) -> bool:
    """Send it; else the form says why not."""
    try:
        with mailbox() as (now, box):
            box_of_letters.answer(now, box, designation, form.message, read=form.seen)
    except Refused as why:
        form.explain(why.trouble)
    except ChangedMeanwhile:
        form.refuse(form.text, CHANGED)
    else:
        return True
    return False


def _shown(designation: str, form: AnswerForm, status: int = 200) -> Response:
    with mailbox() as (now, box):
        said = box_of_letters.open_thread(now, box, designation)
        was_typed = None if form.is_submitted() else kept.given_back(now, box, designation)
    if was_typed is not None:
        form = AnswerForm(None, data={"text": was_typed})
    return page(
        "counselling/desk/thread.html",
        status=status,
        form=form,
        said=said,
        parent=Side.PARENT,
        was_kept=was_typed is not None,
        opening=current_town(work().session).counselling,
    )
