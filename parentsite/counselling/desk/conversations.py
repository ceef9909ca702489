"""The mailbox: who waits, without a word of what they wrote; and the heap of junk, closed at once."""

from flask import url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.desk.blueprint import ROLE, counsellors, desk, looking, mailbox
from parentsite.counselling.desk.forms import CloseForm, ListForm
from parentsite.counselling.office import house_mode
from parentsite.counselling.service import mailbox as box_of_letters
from parentsite.foundation.journey import QueueItem
from parentsite.foundation.web.access import open_to
from parentsite.foundation.web.forms import asked, typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.work import Work


@desk.route("", methods=["GET", "POST"])
@open_to(counsellors)
def conversations() -> AnyResponse:
    """Every conversation by its two words, those that wait first."""
    form, which = typed(CloseForm), asked(ListForm)
    if form.is_submitted() and (seen := form.chosen()):
        with mailbox() as (now, box):
            closed = box_of_letters.close(now, box, seen)
        return go_to(url_for("counselling_desk.conversations"), _told(closed, len(seen)))
    is_open = not which.validate() or which.state.data != "closed"
    with mailbox() as (now, box):
        sheet = box_of_letters.sheet(now, is_open=is_open, number=which.number)
        mode = house_mode(now.session)
    show = refused if form.is_submitted() else page
    return show("counselling/desk/conversations.html", form=form, sheet=sheet, is_open=is_open, mode=mode)


def queue(work: Work) -> list[QueueItem]:
    """As the desk's front page says it to a counsellor: how many wait, and nothing of them."""
    if ROLE not in work.actor.roles:
        return []
    with looking() as now:
        count = box_of_letters.count_waiting(now)
    facts = {"count": count}
    return [QueueItem(ROLE, "counselling/desk/_waits.html", "counselling_desk.conversations", facts)] if count else []


def _told(closed: int, chosen: int) -> str:
    said = ngettext("One conversation is closed.", "%(count)s conversations are closed.", closed, count=closed)
    return str(said if closed == chosen else gettext("Some stayed open, because something new has come."))
