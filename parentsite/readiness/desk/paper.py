"""Consent on paper: who has signed, writing a signed paper down, and the paper itself. Each look is audited first."""

from typing import Any
from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from parentsite.consent.forms import REFUSALS, PaperForm, name_of_file, paper_form
from parentsite.consent.service.papers import Signer
from parentsite.consent.views import form_to_sign
from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, takes_files
from parentsite.foundation.web.asker import fresh_key, key_of
from parentsite.foundation.web.attaching import download
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.reading import read_for
from parentsite.foundation.web.transactions import look, work
from parentsite.people.casework import named
from parentsite.readiness.desk.blueprint import desk, pedagogues
from parentsite.readiness.service import papers
from parentsite.readiness.service.allowing import VERSION, end_of_yes
from parentsite.readiness.service.errors import NoSuchReceiver
from parentsite.readiness.service.readings import ANSWERS, Purpose

_ANOTHER = _l("The child's school or after-school care is another one by now. Read the page again.")


@desk.get("/<uuid:child>/papir")
@open_to(pedagogues)
def paper(child: UUID) -> Response:
    """Those who can sign for the child, and the papers that the house has written down."""
    found = papers.papers(work(), child)
    signers = papers.signers(work(), child)
    names = {one.id: one.name for one in signers}
    read_for(Purpose.SCHOOL_START, ANSWERS, [(child, child)], ("child", child), {one.id for one in signers})
    about = named(work().session, [child])[child]
    return page("readiness/desk/paper.html", papers=found, signers=signers, names=names, child_id=child, child=about)


@desk.route("/<uuid:child>/papir/<uuid:person>", methods=["GET", "POST"])
@gives_back_what_was_typed
@takes_files
@open_to(pedagogues)
def paper_of(child: UUID, person: UUID) -> AnyResponse:
    """Write down what this person has signed."""
    with look() as now:
        asked, who = papers.questions(now, child, person), papers.signer(now, child, person)
        about = named(now.session, [child])[child]
        today = now.today
    possible = {key: one.answers for key, one in asked.items()}
    form = typed(paper_form(possible), data={"once": fresh_key(), "language": "da"})
    if form.is_submitted():
        once = key_of(form.once.data)
        if form.is_whole(VERSION, who.since, today) and _is_recorded(once, child, who, form):
            return go_to(url_for("readiness_desk.paper", child=child), gettext("The paper is written down."))
    read_for(Purpose.SCHOOL_START, ANSWERS, [(child, child)], ("child", child), {person})
    facts: dict[str, Any] = {"child_id": child, "child": about, "who": who, "asked": asked, "version": VERSION}
    show = refused if form.is_submitted() else page
    return show("readiness/desk/paper_of.html", form=form, **facts)


@desk.get("/<uuid:child>/papir/<uuid:person>/blanket/<written>")
@open_to(pedagogues)
def paper_form_to_sign(child: UUID, person: UUID, written: str) -> Response:
    """The form that this person signs, to print."""
    asked, who = papers.questions(work(), child, person), papers.signer(work(), child, person)
    about, today = named(work().session, [child])[child], work().today
    ends = end_of_yes(work(), child, today)
    read_for(Purpose.SCHOOL_START, ANSWERS, [(child, child)], ("child", child), {person})
    return form_to_sign(
        written,
        "readiness/desk/_form_question.html",
        "readiness/_consent_terms.html",
        back=url_for("readiness_desk.paper_of", child=child, person=person),
        asked=asked,
        child=about,
        who=who,
        version=VERSION,
        until=ends,
        today=today,
    )


@desk.get("/<uuid:child>/papir/fil/<uuid:paper>")
@open_to(pedagogues)
def paper_file(child: UUID, paper: UUID) -> Response:
    """The signed paper, as a download."""
    with look() as now:
        found = papers.file_of(now, child, paper)
    read_for(Purpose.SCHOOL_START, ANSWERS, [(child, child)], ("signed_paper", paper))
    return download(found, name_of_file(child, paper))


def _is_recorded(once: UUID, child: UUID, who: Signer, form: PaperForm) -> bool:
    """Write it down; else the form says why not."""
    try:
        papers.record(work(), once, child, form.signed(who))
    except REFUSALS as error:
        form.refuse_for(error)
    except NoSuchReceiver:
        form.refuse(form.signed_on, _ANOTHER)
    return not form.errors
