"""What parents may type and choose about home visits."""

from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from parentsite.foundation.web.forms import AnswerForm, Form, long_text, short_text

WEEKDAYS = range(1, 8)
"""ISO numbers; the page offers those that have a free time."""


class BirthForm(Form):
    """The public page: the six visits of a child."""

    birth = DateField("", validators=[InputRequired(_l("Write the birth date, or the day the child is expected."))])


class TimesForm(Form):
    """Which of the free times are shown."""

    weekday = SelectField("", validators=[Optional()], choices=["", *map(str, WEEKDAYS)])
    since = DateField("", validators=[Optional()])

    @property
    def wanted_weekday(self) -> int | None:
        """The weekday asked for; all of them when what was asked makes no sense."""
        return int(self.weekday.data) if self.weekday.data and self.weekday.validate(self) else None

    @property
    def first_day(self) -> date | None:
        """The day from which times are shown."""
        return self.since.data or None


class PickForm(Form):
    """The time that was pressed."""

    slot = HiddenField("", validators=[InputRequired(_l("Choose a time."))])

    @property
    def slot_id(self) -> UUID | None:
        """The time's id; none for anything unreadable."""
        try:
            return UUID(self.slot.data or "")
        except ValueError:
            return None


class HomeForm(Form):
    """What helps a visit in one's own home."""

    interpreter = short_text(80)
    door_code = short_text(80)
    at_home = long_text(500)


class StartTalkForm(Form):
    """At which daycare the health visitor is to take part."""

    house = SelectField("", validators=[InputRequired(_l("Choose the daycare."))], choices=[])


class PassingOnForm(AnswerForm):
    """Yes or no to passing on information to the daycare that was shown; taking a yes back names the daycare alone."""

    house = HiddenField("")
    answer = RadioField("", choices=["yes", "no"], validators=[InputRequired(_l("Choose Yes or No."))])


class ExtraForm(Form):
    """A visit outside the plan."""

    reason = long_text(500, _l("Write in a few words what you want to talk about."))
