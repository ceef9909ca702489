"""What the data protection officer asks the log for."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField
from wtforms.validators import InputRequired, Optional

from parentsite.foundation.clock import COPENHAGEN
from parentsite.foundation.web.forms import Form
from parentsite.people.logbook import Asked
from parentsite.people.oversight import Oversight

DAYS = 30
"""What is shown unless a period is chosen."""
LONGEST_DAYS = 366


class LogForm(Form):
    """Why, by whom, and when. `barn` is a child's id: a name or number is never in an address."""

    formaal = SelectField(
        "", choices=[one.value for one in Oversight], validators=[InputRequired(_l("Choose why you open the log."))]
    )
    rolle = SelectField("", choices=[], validators=[Optional()])
    fra = DateField("", validators=[Optional()])
    til = DateField("", validators=[Optional()])
    barn = HiddenField("")

    @property
    def has_begun(self) -> bool:
        """Whether anything was asked yet."""
        return self.formaal.raw_data is not None and bool(self.formaal.raw_data)

    @property
    def purpose(self) -> Oversight:
        """Why; only after `is_sound`."""
        return Oversight(self.formaal.data)

    @property
    def child(self) -> UUID | None:
        """The child it is about. Raises `ValueError` for what is no id."""
        return UUID(self.barn.data) if self.barn.data else None

    def period(self, today: date) -> tuple[date, date]:
        """The first and the last day."""
        last = self.til.data or today
        return self.fra.data or last - timedelta(days=DAYS), last

    def is_sound(self, today: date) -> bool:
        """Whether all can be answered."""
        if not self.validate():
            return False
        first, last = self.period(today)
        if last < first:
            self.refuse(self.til, _l("The last day lies before the first."))
        elif last - first > timedelta(days=LONGEST_DAYS):
            self.refuse(self.fra, _l("Choose a year at most."))
        return not self.errors

    def asked(self, today: date) -> Asked:
        """The entries that are asked for; only after `is_sound`."""
        first, last = self.period(today)
        until = last + timedelta(days=1) if last < date.max else last
        return Asked(_begins(first), _begins(until), self.rolle.data or None, self.child)

    def again(self, today: date) -> dict[str, object]:
        """The same question, as the values of an address."""
        first, last = self.period(today)
        chosen = {"rolle": self.rolle.data or None, "barn": self.child}
        return {"formaal": self.formaal.data, "fra": first, "til": last, **chosen}


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), COPENHAGEN)
