"""What the daycare may type. Labels stand in the templates; what is wrong is said here."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from parentsite.foundation.web.forms import Form, PageForm, WholeNumber, long_text
from parentsite.readiness.rules.vocabulary import Readiness
from parentsite.readiness.service.pupils import Shelf

MOST = 6000
"""Characters in one area: two pages of text."""
MOST_REASON = 4000


class ListForm(PageForm):
    """Which children are listed."""

    state = SelectField("", choices=[shelf.value for shelf in Shelf], validators=[Optional()])

    def wanted(self) -> tuple[Shelf, int]:
        """Which children, and which page of them; the first page of the first shelf where what was asked makes no
        sense.
        """
        return (Shelf(self.state.data or Shelf.SOON), self.number) if self.validate() else (Shelf.SOON, 1)


class RevisionForm(Form):
    """Something to be done to what was read; `revision` counts how often that had been saved."""

    revision = WholeNumber("", validators=[InputRequired(_l("Open the page again.")), NumberRange(min=0)])


class AreaForm(RevisionForm):
    """What stands in one area. It may be left empty: a draft need not be whole."""

    text = long_text(MOST)


class ReadinessForm(Form):
    """The answer to one question, without a default; `seen` is what stood there."""

    answer = RadioField(
        "", choices=[one.value for one in Readiness], validators=[InputRequired(_l("Choose one of the three answers."))]
    )
    seen = SelectField("", choices=["", *(one.value for one in Readiness)], validators=[Optional()])

    @property
    def saw(self) -> Readiness | None:
        """What stood there when the page was read."""
        return Readiness(self.seen.data) if self.seen.data else None


class ReasonForm(Form):
    """Why something stays as it is."""

    why = long_text(MOST_REASON, required=_l("Write why it stays as it is. The parent reads it."))

    def is_written(self) -> bool:
        """Whether there are words in it, and not blanks alone; says so if not."""
        if not self.why.data:
            self.refuse(self.why, _l("Write why it stays as it is. The parent reads it."))
        return not self.errors
