"""Beginning a letter: first to whom, with how soon they answer; then the words. And sharing it with both parents."""

from uuid import UUID

from flask import Response, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from parentsite.contact.forms import MessageForm, SharedForm
from parentsite.contact.service import own, teams, writing
from parentsite.contact.service.errors import NotFound, TooMany
from parentsite.contact.views.blueprint import mit
from parentsite.contact.views.sent import written
from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, parents, takes_files
from parentsite.foundation.web.asker import fresh_key, key_of, me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import look, work
from parentsite.people.children import children_of

_TOO_MANY = _l("You have many letters under way. Wait for an answer, or write on in one of them.")


@mit.get("/ny")
@open_to(parents)
def choose() -> Response:
    """Whom to write to, about which child or in general."""
    children = children_of(work().session, me(), work().today)
    about = [(child, teams.teams_for(work(), me(), child.id)) for child in children]
    return page("contact/choose.html", about=about, general=teams.teams_for(work(), me(), None))


@mit.route("/ny/<team>", methods=["GET", "POST"])
@mit.route("/ny/<team>/<uuid:child>", methods=["GET", "POST"])
@gives_back_what_was_typed
@takes_files
@open_to(parents)
def begin(team: str, child: UUID | None = None) -> AnyResponse:
    """Write the first message: who reads it, and how soon an answer comes, stands above it."""
    with look() as now:
        to, about = teams.reached(now, team, me(), child), teams.child_written_about(now, me(), child)
    can_share = teams.can_be_shared(about)
    form = typed(SharedForm if can_share else MessageForm, data={"once": fresh_key()})
    if form.is_submitted():
        once = key_of(form.once.data)
        made = _begun(once, team, child, form) if form.validate() else None
        if made is not None:
            return go_to(url_for("contact.letter", letter=made), gettext("Your letter is sent."))
    show = refused if form.is_submitted() else page
    return show("contact/begin.html", form=form, to=to, child=about, child_id=child, can_share=can_share)


@mit.route("/<uuid:letter>/del", methods=["GET", "POST"])
@open_to(parents)
def share(letter: UUID) -> AnyResponse:
    """Show the letter to the child's other parent: what follows is said first."""
    if request.method == "POST":
        writing.share(work(), me(), letter)
        return go_to(url_for("contact.letter", letter=letter), gettext("Both parents see the letter now."))
    found = own.letter_of(work(), me(), letter)
    if not found.may_share:
        raise NotFound(letter)
    return page("contact/share.html", letter=found)


def _begun(once: UUID, team: str, child: UUID | None, form: MessageForm) -> UUID | None:
    """Begin it; else the form says why not."""
    shared = isinstance(form, SharedForm) and form.shared.data == "yes"
    try:
        return writing.begin(work(), me(), written(form, once), team=team, child_id=child, shared=shared)
    except TooMany:
        form.refuse(form.text, _TOO_MANY)
        return None
