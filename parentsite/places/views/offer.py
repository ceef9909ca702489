"""An offer: what each answer does, said before the one answer is given."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import work
from parentsite.places.forms import AnswerForm
from parentsite.places.rules.answers import Answer
from parentsite.places.rules.vocabulary import OfferState
from parentsite.places.service import answers, offered
from parentsite.places.service.errors import ConsequencesChanged, OtherParentMustAgree, TooLate
from parentsite.places.views.blueprint import mit


@mit.route("/tilbud/<uuid:offer>", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def offer(offer: UUID) -> AnyResponse:
    """An offer: what Yes and No do, then one answer."""
    form = typed(AnswerForm)
    trouble: dict[str, Any] = {"too_late": None, "changed": ()}
    if form.is_submitted() and form.validate():
        trouble |= _answer(offer, form)
        if not any(trouble.values()) and not form.errors:
            return go_to(url_for("places.offer", offer=offer))
    facts = _offer_facts(offered.offer_for(work(), me(), offer)) | trouble
    render: Callable[..., Response] = refused if form.is_submitted() else page
    return render("places/offer.html", form=form, **facts)


def _answer(offer: UUID, form: AnswerForm) -> dict[str, Any]:
    """Give the answer; returns why it was not taken, for the page."""
    said = Answer.YES if form.answer.data == "yes" else Answer.NO
    remove = form.remove.data or ()
    agrees, shown = bool(form.agrees.data), form.shown.data or ""
    try:
        answers.answer(work(), me(), offer, said, remove, other_parent_agrees=agrees, shown=shown)
    except OtherParentMustAgree:
        form.ask_other_parent()
        form.agrees.id = f"{form.answer.data}-agrees"
    except ConsequencesChanged as error:
        return {"changed": error.parts}
    except TooLate as error:
        return {"too_late": OfferState(error.state)}
    return {}


def _offer_facts(view: offered.OfferView) -> dict[str, Any]:
    follows = offered.consequences(work(), view)
    facts = {"offer": view, "child": view.child, "follows": follows, "today": work().today}
    return {**facts, "proof": offered.proof_of(work(), follows)}
