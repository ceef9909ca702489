"""A signed paper, as the house types it in: an answer to each question that the paper answers, and the paper itself."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from parentsite.consent.rules import Answer
from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.web.attaching import AttachmentField
from parentsite.foundation.web.forms import AnswerForm
from parentsite.readiness.service.allowing import Switch

NOT_THERE = "none"
"""The paper does not answer this question."""


class PaperForm(AnswerForm):
    """What stands on the paper besides its answers; `of` adds a field for each of them."""

    once = HiddenField("")
    signed_on = DateField("", validators=[InputRequired(_l("Write the day on which the paper was signed."))])
    language = SelectField("", choices=[(one.code, one.name) for one in LANGUAGES.values()])
    document = AttachmentField("")

    def answers(self, switches: Sequence[Switch]) -> Mapping[Switch, Answer]:
        """What the paper says, question by question; those that it does not answer are left out."""
        typed = {one: self[one.key].data for one in switches}
        return {one: Answer(said) for one, said in typed.items() if said != NOT_THERE}

    def is_whole(self, switches: Sequence[Switch], since: date, today: date) -> bool:
        """Whether the paper answers anything, and was signed on a day on which it could be."""
        if not self.answers(switches):
            self.refuse(self[switches[0].key] if switches else self.signed_on, _l("Choose what the paper answers."))
        if not since <= self.signed_on.data <= today:
            self.refuse(self.signed_on, _l("The day lies ahead, or before this person had custody."))
        return not self.errors


def paper_form(switches: Sequence[Switch]) -> type[PaperForm]:
    """The form with these questions."""
    said = [NOT_THERE, *Answer]
    fields: dict[str, Any] = {one.key: RadioField("", choices=said, default=NOT_THERE) for one in switches}
    return type("PaperFormOfChild", (PaperForm,), fields)


def name_of_file(child: UUID, paper: UUID) -> str:
    """What a downloaded paper is called: nothing of the child's name."""
    return f"samtykke-{str(child)[:8]}-{str(paper)[:8]}"
