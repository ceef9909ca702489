"""What the health visitors may type. Labels stand in the templates; what is wrong is said here."""

from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField, TimeField
from wtforms.validators import InputRequired, Optional

from parentsite.foundation.web.forms import Form, WholeNumber, long_text
from parentsite.visits.rules.appointments import CalledOff, VisitState
from parentsite.visits.rules.slots import Shift
from parentsite.visits.service.team import furthest_absence

WEEKDAYS = [(number, "") for number in range(1, 8)]


class DayForm(Form):
    """Which day is shown."""

    day = DateField("", validators=[Optional()])

    def chosen(self, today: date) -> date:
        """The day asked for; today when what was asked makes no sense."""
        found: date | None = self.day.data if self.validate() else None
        return found if found and abs(found.year - today.year) < 10 else today


class OutcomeForm(Form):
    """What came of a visit."""

    outcome = RadioField(
        "",
        choices=[(VisitState.DONE.value, ""), (VisitState.NOT_AT_HOME.value, "")],
        validators=[InputRequired(_l("Say whether the visit was held."))],
    )


class CallOffForm(Form):
    """Why a visit is cancelled for a family."""

    why = RadioField(
        "",
        choices=[(why.value, "") for why in CalledOff],
        validators=[InputRequired(_l("Choose why it is cancelled."))],
    )


class SlotForm(Form):
    """One of the free times shown."""

    slot = RadioField("", choices=[], validate_choice=False, validators=[InputRequired(_l("Choose a time."))])

    def is_a_time(self) -> bool:
        """Whether what was chosen can be one of the times at all; says so if not."""
        try:
            UUID(self.slot.data)
        except ValueError:
            self.refuse(self.slot, _l("Choose a time."))
        return not self.errors

    @property
    def slot_id(self) -> UUID:
        """The time that was chosen; whether it is free is not known here."""
        return UUID(self.slot.data)


class ProposeForm(SlotForm):
    """A time for a family, in the home of one of its adults."""

    host = HiddenField("")


class ShiftForm(Form):
    """By how many days a visit's window is moved, and why."""

    days = WholeNumber("", validators=[InputRequired(_l("Write how many days."))])
    reason = long_text(300, _l("Write why the days are moved."))


class HoursForm(Form):
    """Weekly working hours in one district."""

    weekday = SelectField("", choices=WEEKDAYS, coerce=int, validators=[InputRequired(_l("Choose a weekday."))])
    district = SelectField("", choices=[], validators=[InputRequired(_l("Choose a district."))])
    opens = TimeField("", validators=[InputRequired(_l("Write the time of the day as hours and minutes."))])
    closes = TimeField("", validators=[InputRequired(_l("Write the time of the day as hours and minutes."))])
    since = DateField("", validators=[InputRequired(_l("Write the first day with these hours."))])
    until = DateField("", validators=[Optional()])

    def is_whole(self, today: date) -> bool:
        """Whether these can be hours; says what is wrong with others."""
        if self.opens.data >= self.closes.data:
            self.refuse(self.closes, _l("The day must end after it begins."))
        if self.since.data > furthest_absence(today):
            self.refuse(self.since, _l("This day is too far ahead. Look at the year."))
        if self.until.data and self.until.data <= self.since.data:
            self.refuse(self.until, _l("This day must come after the first day."))
        return not self.errors

    def shift(self) -> Shift:
        """The hours as the plan keeps them."""
        return Shift(
            self.district.data,
            self.weekday.data,
            self.opens.data,
            self.closes.data,
            self.since.data,
            self.until.data,
        )


class EndForm(Form):
    """The day from which weekly hours are no longer worked."""

    day = DateField("", validators=[InputRequired(_l("Write the first day without these hours."))])

    def is_whole(self, today: date) -> bool:
        """Whether it can be meant; says so if not."""
        if self.day.data > furthest_absence(today):
            self.refuse(self.day, _l("This day is too far ahead. Look at the year."))
        return not self.errors


class AwayForm(Form):
    """Days off, both included; why is not asked."""

    first = DateField("", validators=[InputRequired(_l("Write the first day off."))])
    last = DateField("", validators=[InputRequired(_l("Write the last day off."))])

    def is_whole(self, today: date) -> bool:
        """Whether these can be days off; says what is wrong with others."""
        if self.last.data < self.first.data:
            self.refuse(self.last, _l("The last day must not come before the first."))
        elif self.last.data < today:
            self.refuse(self.last, _l("These days are past. Look at the dates."))
        elif self.last.data > furthest_absence(today):
            self.refuse(self.last, _l("This day is too far ahead. Look at the year."))
        return not self.errors
