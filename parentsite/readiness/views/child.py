"""The children on the way to school; and one child: what is written, and asking for the separate assessment."""

from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.pages import go_to, page
from parentsite.foundation.web.transactions import work
from parentsite.people.attendance import daycare_of
from parentsite.people.children import children_of
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service import allowing, asking, reading
from parentsite.readiness.service.overview import Reach, on_the_way
from parentsite.readiness.views.blueprint import mit


@mit.get("")
@open_to(parents)
def front() -> Response:
    """Each child of the relevant age, and what there is to read."""
    now = work()
    found = on_the_way(now, children_of(now.session, me(), now.today))
    kept = [one.child.id for one in found if one.reach is Reach.KEPT]
    return page("readiness/front.html", found=found, allowed=allowing.say_yes(now, me(), kept))


@mit.post("/<uuid:child>/tilbage")
@open_to(parents)
def take_all_back(child: UUID) -> AnyResponse:
    """I take back every yes about a child whose place is kept from me."""
    done = allowing.withdraw_all(work(), me(), child)
    said = (
        gettext("You have taken your yes back. It counts no more.")
        if done
        else gettext("There is nothing to take back.")
    )
    return go_to(url_for("readiness.front"), said=said)


@mit.get("/<uuid:child>")
@open_to(parents)
def child(child: UUID) -> Response:
    """Everything published about one child, and what a parent can do."""
    now = work()
    view, _ = reading.custody_holder(now, me(), child)
    found = reading.published(now, me(), child)
    return page(
        "readiness/child.html",
        child=view,
        published={kind: [one for one in found if one.kind is kind] for kind in DocumentKind},
        house=daycare_of(now.session, child, now.today),
        is_asked=asking.is_asked(now, me(), child),
    )


@mit.post("/<uuid:child>/bed-om-vurdering")
@open_to(parents)
def ask_assessment(child: UUID) -> AnyResponse:
    """Ask the daycare for the separate assessment (§ 29 a)."""
    asking.ask(work(), me(), child)
    return go_to(_url(child), said=gettext("You have asked for the assessment."))


@mit.post("/<uuid:child>/bed-om-vurdering/tilbage")
@open_to(parents)
def take_back_assessment(child: UUID) -> AnyResponse:
    """Ask for it no longer."""
    done = asking.take_back(work(), me(), child)
    said = gettext("You no longer ask for the assessment.") if done else gettext("There is nothing to take back.")
    return go_to(_url(child), said=said)


def _url(child: UUID) -> str:
    return url_for("readiness.child", child=child) + "#ask-assessment"
