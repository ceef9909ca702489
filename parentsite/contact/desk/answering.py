"""One letter at the desk: to read, take, answer from a template in two languages, hand over and close."""

from typing import Any
from uuid import UUID

from flask import Response, abort, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from parentsite.contact.desk.blueprint import desk, opened, teams
from parentsite.contact.desk.forms import AnswerForm, HandoverForm, ReadForm, TakeForm, TemplateForm
from parentsite.contact.service import answering, marking
from parentsite.contact.service.desk_letter import DeskLetter, desk_file, desk_letter
from parentsite.contact.service.errors import ChangedMeanwhile, Closed, NobodyThere
from parentsite.contact.service.teams import teams_beside
from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, takes_files
from parentsite.foundation.web.asker import fresh_key, key_of, me
from parentsite.foundation.web.attaching import download
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import look, side_work, work
from parentsite.town.service import current_town

_WHY_NOT = {
    ChangedMeanwhile: _l("Something has come meanwhile. Read it first, and then send your answer."),
    Closed: _l("The letter is closed. Nobody can write in it until the parent opens it again."),
}
_FILE_AGAIN = _l("Choose the file again. A template sends nothing, and keeps no file.")


@desk.route("/<uuid:letter>", methods=["GET", "POST"])
@gives_back_what_was_typed
@takes_files
@open_to(teams)
def letter(letter: UUID) -> AnyResponse:
    """The letter, with a form to answer it; a template can be put into it, in two languages."""
    with look() as now:
        found = desk_letter(now, letter)
    begun = {"once": fresh_key(), "read": found.messages}
    form = typed(AnswerForm.to(found.head.language), data=begun)
    if form.is_submitted():
        once, wanted = key_of(form.once.data), typed(TemplateForm)
        if wanted.is_pressed:
            return _with_template(found, form, wanted)
        if form.validate() and _is_answered(once, found, form):
            return go_to(url_for("contact_desk.letter", letter=letter) + "#last", gettext("The answer is sent."))
        with look() as now:
            found = desk_letter(now, letter)
    return _show(found, form)


@desk.post("/<uuid:letter>/tag")
@open_to(teams)
def claim(letter: UUID) -> AnyResponse:
    """Take the letter, or take it over from the colleague who was seen to have it."""
    before = typed(TakeForm).instead_of.data
    done = answering.claim(work(), letter, key_of(before) if before else None)
    said = gettext("You have the letter now.") if done else gettext("A colleague has taken the letter.")
    return go_to(url_for("contact_desk.letter", letter=letter), said)


@desk.post("/<uuid:letter>/slip")
@open_to(teams)
def let_go(letter: UUID) -> AnyResponse:
    """Give the letter back to the team."""
    answering.let_go(work(), letter)
    return go_to(url_for("contact_desk.letters"), gettext("The letter waits for your team again."))


@desk.route("/<uuid:letter>/videre", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(teams)
def hand_over(letter: UUID) -> AnyResponse:
    """Hand the letter over to another team: the parent sees to which."""
    found = desk_letter(work(), letter)
    others = teams_beside(work(), found.head.team, found.head.person_id, found.head.child_id)
    form = typed(HandoverForm, data={"read": found.messages})
    form.offer([one.team for one in others])
    if form.is_submitted() and form.validate():
        try:
            answering.hand_over(work(), letter, form.team.data, read=form.seen)
        except NobodyThere:
            form.refuse(form.team, _l("The parent cannot write to this team about this child. Choose another."))
        except (ChangedMeanwhile, Closed) as error:
            form.refuse(form.team, _WHY_NOT[type(error)])
        else:
            return go_to(url_for("contact_desk.letters"), gettext("The letter is handed over."))
    opened(letter, found.head.child_id, found.readers)
    show = refused if form.is_submitted() else page
    return show("contact/desk/hand_over.html", form=form, letter=found, others=others)


@desk.post("/<uuid:letter>/luk")
@open_to(teams)
def close(letter: UUID) -> AnyResponse:
    """Nothing is left to do; not while something stands there that was not read."""
    form = typed(ReadForm)
    if not form.validate():
        abort(400)
    try:
        answering.close(work(), letter, read=form.seen)
    except ChangedMeanwhile:
        return go_to(url_for("contact_desk.letter", letter=letter) + "#last", gettext("A new message has come."))
    return go_to(url_for("contact_desk.letters"), gettext("The letter is closed."))


@desk.get("/<uuid:letter>/fil/<uuid:attachment>")
@open_to(teams)
def file(letter: UUID, attachment: UUID) -> Response:
    """A file that came with the letter, as a download."""
    with look() as now:
        head, found = desk_letter(now, letter), desk_file(now, letter, attachment)
    opened(letter, head.head.child_id, head.readers)
    return download(found, f"bilag-{str(attachment)[:8]}")


def _with_template(found: DeskLetter, form: AnswerForm, wanted: TemplateForm) -> AnyResponse:
    """Nothing is sent: what is typed is given back, with the template's words put in."""
    if chosen := wanted.chosen(current_town(work().session).letter_templates_for(found.head.team)):
        form.put_in(chosen, found.head.language)
    if form.seen != found.messages:
        form.refuse(form.text, _WHY_NOT[ChangedMeanwhile])
    if request.files.get(form.file.name):
        form.refuse(form.file, _FILE_AGAIN)
    return _show(found, form)


def _is_answered(once: UUID, found: DeskLetter, form: AnswerForm) -> bool:
    """Send it; else the form says why not."""
    try:
        answering.answer(work(), found.head.id, form.written(once, found.head.language), read=form.seen)
    except (ChangedMeanwhile, Closed) as error:
        form.refuse(form.text, _WHY_NOT[type(error)])
        return False
    return True


def _show(found: DeskLetter, form: AnswerForm) -> AnyResponse:
    head = found.head
    opened(head.id, head.child_id, found.readers)
    with side_work() as now:
        marking.marked_by_team(now, head.id)
    templates = current_town(work().session).letter_templates_for(head.team)
    facts: dict[str, Any] = {"templates": templates, "spoken": LANGUAGES[head.language], "me": me()}
    show = refused if form.errors else page
    return show("contact/desk/letter.html", form=form, letter=found, **facts)
