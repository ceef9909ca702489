"""A signed paper, as staff type it in: an answer to each question that the paper answers, and the paper itself."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from parentsite.consent.rules import Answer
from parentsite.consent.service.errors import AnsweredSince, NothingToRecord, SignedOutOfTime
from parentsite.consent.service.papers import Signer
from parentsite.consent.service.recording import Signed
from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.web.attaching import AttachmentField
from parentsite.foundation.web.forms import AnswerForm

NOT_THERE = "none"
"""The paper does not answer this question."""
REFUSALS = (SignedOutOfTime, AnsweredSince, NothingToRecord)
_WHY_NOT = {
    SignedOutOfTime: _l("The paper was signed so long ago that its yes has ended."),
    AnsweredSince: _l("This person has answered otherwise since then. Ask for a new signature."),
    NothingToRecord: _l("There is no yes that could be taken back."),
}


class PaperForm(AnswerForm):
    """What stands on the paper besides its answers; `paper_form` adds a field for each of those, by its key."""

    keys: tuple[str, ...] = ()
    once = HiddenField("")
    signed_on = DateField("", validators=[InputRequired(_l("Write the day on which the paper was signed."))])
    language = SelectField("", choices=[(one.code, one.name) for one in LANGUAGES.values()])
    document = AttachmentField("")

    def is_whole(self, version: int, since: date, today: date) -> bool:
        """Whether it can be written down: all fields hold, the words are those of the `version` on the page, the paper
        answers anything, and was signed on a day on which it could be. Says what is wrong.
        """
        if not (self.validate() and self.is_to(version, self.document)):
            return False
        if not self._said():
            self.refuse(self[self.keys[0]] if self.keys else self.signed_on, _l("Choose what the paper answers."))
        if not since <= self.signed_on.data <= today:
            self.refuse(self.signed_on, _l("The day lies ahead, or before this person had custody."))
        return not self.errors

    def signed(self, signer: Signer) -> Signed:
        """The paper; questions that it does not answer are left out."""
        assert self.document.data is not None, "asked for by `is_whole`"
        return Signed(signer.id, self.language.data, self.signed_on.data, self._said(), self.document.data)

    def refuse_for(self, error: Exception) -> None:
        """Say why it could not be written down: one of the `REFUSALS`."""
        self.refuse(self.signed_on, _WHY_NOT[type(error)])

    def _said(self) -> Mapping[str, Answer]:
        typed = {key: self[key].data for key in self.keys}
        return {key: Answer(said) for key, said in typed.items() if said != NOT_THERE}


def paper_form(questions: Mapping[str, Collection[Answer]]) -> type[PaperForm]:
    """The form with these questions, each with the answers that it can have."""
    fields: dict[str, Any] = {
        key: RadioField("", choices=[NOT_THERE, *answers], default=NOT_THERE) for key, answers in questions.items()
    }
    return type("PaperFormOfChild", (PaperForm,), {**fields, "keys": tuple(questions)})


def name_of_file(child: UUID, paper: UUID) -> str:
    """What a downloaded paper is called: nothing of the child's name."""
    return f"samtykke-{str(child)[:8]}-{str(paper)[:8]}"
