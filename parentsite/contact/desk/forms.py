"""What a team types. Labels stand in the templates; what is wrong is said here."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from parentsite.contact.service.words import Words
from parentsite.contact.service.writing import Written
from parentsite.foundation.i18n import DANISH
from parentsite.foundation.web.attaching import AttachmentField
from parentsite.foundation.web.forms import Form, PageForm, WholeNumber, long_text
from parentsite.town.letterbox import LetterTeam, LetterTemplate

MOST = 6000
"""Characters: two pages of paper."""


class QueueForm(PageForm):
    """Which letters are listed: those that wait, or those with an answer."""

    state = SelectField("", choices=["waiting", "answered"], validators=[Optional()])


class ReadForm(Form):
    """Something to be done to what was read; `read` counts the messages that stood there."""

    read = WholeNumber("", validators=[InputRequired(_l("Open the page again.")), NumberRange(min=1)])

    @property
    def seen(self) -> int:
        """How many stood there."""
        return int(self.read.data or 0)


class AnswerForm(ReadForm):
    """An answer in the parent's language, with the same in Danish beside it where that is another; `once` makes the
    form count once.
    """

    once = HiddenField("")
    text = long_text(MOST, _l("Write the answer."))
    danish = long_text(MOST)
    file = AttachmentField("", optional=True)

    def written(self, once: UUID, language: str) -> Written:
        """What was typed."""
        files = (self.file.data,) if self.file.data else ()
        danish = (self.danish.data or None) if language != DANISH.code else None
        return Written(once, Words(self.text.data, language, danish), files)


class TemplateForm(Form):
    """Which answer to begin from."""

    template = SelectField("", choices=[], validators=[Optional()])

    def chosen(self, templates: Sequence[LetterTemplate]) -> LetterTemplate | None:
        """The template that was asked for, if the team has it."""
        return next((one for one in templates if one.code == self.template.data), None)


class HandoverForm(ReadForm):
    """To which team."""

    team = SelectField("", choices=[])

    def offer(self, teams: Sequence[LetterTeam]) -> None:
        """The teams that can be chosen."""
        self.team.choices = [team.code for team in teams]
