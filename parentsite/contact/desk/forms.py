"""What a team types. Labels stand in the templates; what is wrong is said here."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from parentsite.contact.service.desk_lists import Shelf
from parentsite.contact.service.words import Words, id_of
from parentsite.contact.service.writing import Written
from parentsite.foundation.i18n import DANISH
from parentsite.foundation.web.attaching import AttachmentField
from parentsite.foundation.web.forms import Form, PageForm, WholeNumber, long_text
from parentsite.town.letterbox import LetterTeam, LetterTemplate

MOST = 6000
"""Characters: two pages of paper."""


class QueueForm(PageForm):
    """Which letters are listed."""

    state = SelectField("", choices=[shelf.value for shelf in Shelf], validators=[Optional()])


class TakeForm(Form):
    """A letter to be taken; `instead_of` is the colleague who was seen to have it, if one had."""

    instead_of = HiddenField("")


class ReadForm(Form):
    """Something to be done to what was read; `read` counts the messages that stood there."""

    read = WholeNumber("", validators=[InputRequired(_l("Open the page again.")), NumberRange(min=1)])

    @property
    def seen(self) -> int:
        """How many stood there."""
        return int(self.read.data or 0)


class AnswerForm(ReadForm):
    """An answer to a parent who reads Danish; `once` makes the form count once."""

    once = HiddenField("")
    text = long_text(MOST, _l("Write the answer."))
    file = AttachmentField("", optional=True)

    @classmethod
    def to(cls, language: str) -> type["AnswerForm"]:
        """The form for an answer to a parent who reads this language."""
        return cls if language == DANISH.code else AnswerInTwoForm

    def words(self, language: str) -> Words:
        """What was typed, for a parent who reads `language`."""
        return Words(self.text.data, language)

    def written(self, once: UUID, language: str) -> Written:
        """The same, with what is attached."""
        words, files = self.words(language), (self.file.data,) if self.file.data else ()
        return Written(id_of(once, words, files), words, files)

    def put_in(self, template: LetterTemplate, language: str) -> None:
        """The template's words behind those that are typed, for a parent who reads `language`."""
        _put_in(self.text, template.text[language])


class AnswerInTwoForm(AnswerForm):
    """An answer in Danish, which colleagues read too, with the same in the parent's language where somebody can write
    it: no one has to write in a language that they do not know.
    """

    text = long_text(MOST)
    danish = long_text(MOST, _l("Write the answer in Danish."))

    def words(self, language: str) -> Words:
        """What was typed: in two languages, or in Danish alone."""
        if self.text.data:
            return Words(self.text.data, language, self.danish.data)
        return Words(self.danish.data, DANISH.code)

    def put_in(self, template: LetterTemplate, language: str) -> None:
        """The same, in both languages."""
        super().put_in(template, language)
        _put_in(self.danish, template.text[DANISH.code])


def _put_in(field: Field, words: str) -> None:
    """Pressed twice, or on a page that is loaded again, they stand there once."""
    typed: str = field.data or ""
    if words not in typed:
        typed = f"{typed}\n\n{words}" if typed else words
    # A field is drawn from what was sent.
    field.raw_data = [typed]


class TemplateForm(Form):
    """The template that is to be put in, by its button beside the answer."""

    template = SelectField("", choices=[], validators=[Optional()])

    @property
    def is_pressed(self) -> bool:
        """Whether one was asked for, also one that is gone from the pack by now: then nothing is sent."""
        return bool(self.template.data)

    def chosen(self, templates: Sequence[LetterTemplate]) -> LetterTemplate | None:
        """The template that was asked for, if the team has it."""
        return next((one for one in templates if one.code == self.template.data), None)


class HandoverForm(ReadForm):
    """To which team."""

    team = SelectField("", choices=[])

    def offer(self, teams: Sequence[LetterTeam]) -> None:
        """The teams that can be chosen."""
        self.team.choices = [team.code for team in teams]
