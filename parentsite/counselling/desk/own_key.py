"""A counsellor's own key: getting one, changing the words that open it, and what to do when they are lost.

The words are shown once, by the answer to the press that made them; nothing keeps them.
"""

from flask import g, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.desk.blueprint import counsellors, desk, office, secret
from parentsite.counselling.desk.forms import NOT_YOURS, WRONG_PAPER, NameForm, PaperForm
from parentsite.counselling.forms import PhraseForm
from parentsite.counselling.rules.phrase import Mistyped, Phrase
from parentsite.counselling.service import doors
from parentsite.counselling.service.enrolment import Already
from parentsite.counselling.service.roster import WrongPaper
from parentsite.counselling.service.starting_over import LastOne
from parentsite.counselling.service.unlocking import NotAdmitted, WrongPhrase
from parentsite.foundation.web.access import gives_back_what_was_typed, open_to
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.headers import holds_secret
from parentsite.foundation.web.pages import REFUSED, go_to, page, refused
from parentsite.foundation.web.transactions import SAFE_METHODS, moment


@desk.route("/noegler/ny", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(counsellors)
def enrol() -> AnyResponse:
    """A key of one's own."""
    form = typed(NameForm)
    if not (form.is_submitted() and form.validate()):
        show = refused if form.is_submitted() else page
        return show("counselling/desk/enrol.html", form=form)
    try:
        phrase = doors.enrol(office(), moment(), g.actor, me(), form.name.data)
    except Already:
        said = gettext("You have a key already. If you never saw your words, press “I have lost my words”.")
        return go_to(url_for("counselling_desk.keys"), said)
    return _words(phrase)


@desk.route("/noegler/nye-ord", methods=["GET", "POST"])
@open_to(counsellors)
def rephrase() -> AnyResponse:
    """New words, by the old ones."""
    form = typed(PhraseForm)
    if not form.is_submitted():
        return page("counselling/desk/rephrase.html", form=form)
    try:
        return _words(doors.rephrase(office(), moment(), g.actor, form.phrase.data or ""))
    except Mistyped as why:
        form.explain_phrase(why)
    except WrongPhrase:
        form.refuse(form.phrase, NOT_YOURS)
    except NotAdmitted:
        return go_to(url_for("counselling_desk.keys"))
    return _refused("counselling/desk/rephrase.html", form)


@desk.route("/noegler/mistet", methods=["GET", "POST"])
@open_to(counsellors)
def start_over() -> AnyResponse:
    """A new key in place of one whose words are lost; a colleague lets it in."""
    if request.method in SAFE_METHODS:
        return page("counselling/desk/start_over.html")
    try:
        return _words(doors.start_over(office(), moment(), g.actor))
    except LastOne:
        said = gettext("Nobody else holds the key, so nobody could let you in again. Use the paper copy.")
        return go_to(url_for("counselling_desk.take_over"), said)


@desk.route("/noegler/gendan", methods=["GET", "POST"])
@open_to(counsellors)
def take_over() -> AnyResponse:
    """The paper copy opens when no words are left: a new key, which reads at once."""
    form = typed(PaperForm)
    if not form.is_submitted():
        return page("counselling/desk/take_over.html", form=form)
    if form.validate():
        try:
            return _words(doors.take_over(office(), moment(), g.actor, form.phrase.data or "", form.name.data))
        except Mistyped as why:
            form.explain_paper(why)
        except WrongPaper:
            form.refuse(form.phrase, WRONG_PAPER)
    return _refused("counselling/desk/take_over.html", form)


def _words(phrase: Phrase) -> AnyResponse:
    return secret("counselling/desk/words.html", phrase=phrase)


def _refused(template: str, form: PhraseForm) -> AnyResponse:
    response = page(template, status=REFUSED, form=form)
    holds_secret(response)
    return response
