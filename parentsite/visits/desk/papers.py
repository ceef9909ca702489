"""Consent on paper to passing on: who has signed, writing it down, and the paper itself. Each look is audited first."""

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
from parentsite.foundation.web.transactions import look, work
from parentsite.people.casework import named
from parentsite.visits.desk.blueprint import desk, read, visitors
from parentsite.visits.service import papers
from parentsite.visits.service.errors import NoSuchHouse
from parentsite.visits.service.passing_on import VERSION, until
from parentsite.visits.service.reading import ON_PAPER

_ANOTHER = _l("The daycare is another one by now. Read the page again.")


@desk.get("/familie/<uuid:child>/papir")
@open_to(visitors)
def paper(child: UUID) -> Response:
    """Those who can sign for the child, and the papers that the health visitors have written down."""
    found, signers = papers.papers(work(), child), papers.signers(work(), child)
    names = {one.id: one.name for one in signers}
    read(ON_PAPER, [(child, child)], ("child", child), names.keys())
    about = named(work().session, [child])[child]
    return page("visits/desk/paper.html", papers=found, signers=signers, names=names, child_id=child, child=about)


@desk.route("/familie/<uuid:child>/papir/<uuid:person>", methods=["GET", "POST"])
@gives_back_what_was_typed
@takes_files
@open_to(visitors)
def paper_of(child: UUID, person: UUID) -> AnyResponse:
    """Write down what this person has signed."""
    with look() as now:
        asked, who = papers.questions(now, child, person), papers.signer(now, child, person)
        about, today, ends = named(now.session, [child])[child], now.today, until(now, now.today)
    possible = {key: one.answers for key, one in asked.items()}
    form = typed(paper_form(possible), data={"once": fresh_key(), "language": "da"})
    if form.is_submitted():
        once = key_of(form.once.data)
        if form.is_whole(VERSION, who.since, today) and _is_recorded(once, child, who, form):
            return go_to(url_for("visits_desk.paper", child=child), gettext("The paper is written down."))
    read(ON_PAPER, [(child, child)], ("child", child), {person})
    facts: dict[str, Any] = {"child_id": child, "child": about, "who": who, "asked": asked, "until": ends}
    show = refused if form.is_submitted() else page
    return show("visits/desk/paper_of.html", form=form, version=VERSION, **facts)


@desk.get("/familie/<uuid:child>/papir/<uuid:person>/blanket/<written>")
@open_to(visitors)
def paper_form_to_sign(child: UUID, person: UUID, written: str) -> Response:
    """The form that this person signs, to print."""
    asked, who = papers.questions(work(), child, person), papers.signer(work(), child, person)
    about, today = named(work().session, [child])[child], work().today
    ends = until(work(), today)
    read(ON_PAPER, [(child, child)], ("child", child), {person})
    return form_to_sign(
        written,
        "visits/desk/_form_question.html",
        back=url_for("visits_desk.paper_of", child=child, person=person),
        asked=asked,
        child=about,
        who=who,
        version=VERSION,
        until=ends,
        today=today,
    )


@desk.get("/familie/<uuid:child>/papir/fil/<uuid:paper>")
@open_to(visitors)
def paper_file(child: UUID, paper: UUID) -> Response:
    """The signed paper, as a download."""
    with look() as now:
        found = papers.file_of(now, child, paper)
    read(ON_PAPER, [(child, child)], ("signed_paper", paper))
    return download(found, name_of_file(child, paper))


def _is_recorded(once: UUID, child: UUID, who: Signer, form: PaperForm) -> bool:
    """Write it down; else the form says why not."""
    try:
        papers.record(work(), once, child, form.signed(who))
    except REFUSALS as error:
        form.refuse_for(error)
    except NoSuchHouse:
        form.refuse(form.signed_on, _ANOTHER)
    return not form.errors
