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
from parentsite.people.children import children_of
from parentsite.places.forms import AnswerForm
from parentsite.places.rules.answers import Answer
from parentsite.places.rules.vocabulary import OfferState
from parentsite.places.service import answers
from parentsite.places.service.errors import OtherParentMustAgree, TooLate
from parentsite.places.views.blueprint import mit


@mit.route("/tilbud/<uuid:offer>", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def offer(offer: UUID) -> AnyResponse:
    """An offer: what Yes and No do, then one answer."""
    form = typed(AnswerForm)
    too_late = None
    if form.is_submitted() and form.validate():
        said = Answer.YES if form.answer.data == "yes" else Answer.NO
        try:
            answers.answer(work(), me(), offer, said, form.remove.data or (), bool(form.agrees.data))
            return go_to(url_for("places.offer", offer=offer))
        except OtherParentMustAgree:
            form.ask_other_parent()
            form.agrees.id = f"{form.answer.data}-agrees"
        except TooLate as error:
            too_late = OfferState(error.state)
    facts = _offer_facts(answers.offer_for(work(), me(), offer))
    render: Callable[..., Response] = refused if form.is_submitted() else page
    return render("places/offer.html", form=form, too_late=too_late, **facts)


def _offer_facts(view: answers.OfferView) -> dict[str, Any]:
    child = next(c for c in children_of(work().session, me(), work().today) if c.id == view.child_id)
    follows = answers.consequences(work(), view)
    return {"offer": view, "child": child, "follows": follows, "today": work().today}
