"""The list of letters, one letter to read and write on in, and the files that came with it."""

from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from parentsite.contact.forms import MessageForm
from parentsite.contact.service import marking, own, writing
from parentsite.contact.service.errors import Closed
from parentsite.contact.service.own import Opened
from parentsite.contact.views.blueprint import mit
from parentsite.contact.views.sent import written
from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, parents, takes_files
from parentsite.foundation.web.asker import fresh_key, key_of, me
from parentsite.foundation.web.attaching import download
from parentsite.foundation.web.forms import PageForm, asked, typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import look, side_work, work
from parentsite.people.children import children_of

_CLOSED = _l("The letter is closed, and cannot be opened again. Keep your words, and begin a new letter.")


@mit.get("")
@open_to(parents)
def front() -> Response:
    """Every letter that this parent sees, the newest news first."""
    children = children_of(work().session, me(), work().today)
    sheet = own.letters_of(work(), me(), children, asked(PageForm).number)
    return page("contact/front.html", sheet=sheet)


@mit.route("/<uuid:letter>", methods=["GET", "POST"])
@gives_back_what_was_typed
@takes_files
@open_to(parents)
def letter(letter: UUID) -> AnyResponse:
    """One letter, with a form to write on in it; one that is closed is opened again by writing."""
    with look() as now:
        found = own.letter_of(now, me(), letter)
    form = typed(MessageForm, data={"once": fresh_key()})
    if form.is_submitted():
        once = key_of(form.once.data)
        if form.validate() and _is_written(once, letter, form):
            return go_to(url_for("contact.letter", letter=letter) + "#last", gettext("Your message is sent."))
    else:
        _mark(found)
    show = refused if form.is_submitted() else page
    return show("contact/letter.html", form=form, letter=found, me=me())


@mit.get("/<uuid:letter>/fil/<uuid:attachment>")
@open_to(parents)
def file(letter: UUID, attachment: UUID) -> Response:
    """A file that came with the letter, as a download."""
    return download(own.own_file(work(), me(), letter, attachment), f"bilag-{str(attachment)[:8]}")


def _is_written(once: UUID, letter: UUID, form: MessageForm) -> bool:
    """Write on; else the form says why not."""
    try:
        writing.write_on(work(), me(), letter, written(form, once))
    except Closed:
        form.refuse(form.text, _CLOSED)
        return False
    return True


def _mark(found: Opened) -> None:
    """A page that shows nothing new writes nothing."""
    if any(one.person != me() and me() not in one.read_on for one in found.conversation.messages):
        with side_work() as now:
            marking.marked_by_parent(now, me(), found.id)
