"""What those who run groups may type. Labels stand in the templates; what is wrong is said here."""

from datetime import UTC, date, datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, SelectMultipleField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional

from parentsite.foundation.clock import COPENHAGEN, local_date
from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.web.forms import Form, WholeNumber, long_text, short_text
from parentsite.groups.rules.fitting import Births
from parentsite.groups.rules.series import FURTHEST, MOST_MEETINGS, Rhythm, last_possible, series
from parentsite.groups.service.desk_lists import Shelf, Wanted
from parentsite.groups.service.meetings import Hours
from parentsite.town.closed import closed_days
from parentsite.town.town import Town

MOST_PLACES = 500
LOCAL_TIMES = ["%H:%M", "%H.%M"]
"""As the browser writes the time of day, and as people do."""


class ListForm(Form):
    """Which groups are listed."""

    state = SelectField("", choices=[shelf.value for shelf in Shelf], validators=[Optional()])
    kind = SelectField("", choices=[], validators=[Optional()])
    district = SelectField("", choices=[], validators=[Optional()])
    born = DateField("", validators=[Optional()])
    page = WholeNumber("", validators=[Optional(), NumberRange(1, 10**6)])

    def of(self, town: Town) -> "ListForm":
        """The form with this town's kinds and districts to choose from."""
        self.kind.choices = ["", *(kind.code for kind in town.group_kinds)]
        self.district.choices = ["", *(district.code for district in town.districts)]
        return self

    def wanted(self) -> tuple[Wanted, int]:
        """What is looked for, and which page of it; all groups where what was asked makes no sense."""
        if not self.validate():
            return Wanted(), 1
        shelf = Shelf(self.state.data or Shelf.OPEN)
        wanted = Wanted(shelf, self.kind.data or None, self.district.data or None, self.born.data)
        return wanted, int(self.page.data or 1)


class MeetingForm(Form):
    """When and where a meeting is."""

    day = DateField("", validators=[InputRequired(_l("Write the day of the meeting."))])
    begins = TimeField(
        "", format=LOCAL_TIMES, validators=[InputRequired(_l("Write the time of the day as hours and minutes."))]
    )
    ends = TimeField(
        "", format=LOCAL_TIMES, validators=[InputRequired(_l("Write the time of the day as hours and minutes."))]
    )
    address = short_text(200)

    def is_sound(self, town: Town, now: datetime) -> bool:
        """Whether there can be a meeting then; says what is wrong otherwise."""
        if self.begins.data >= self.ends.data:
            self.refuse(self.ends, _l("The meeting must end after it begins."))
        if self.day.data > local_date(now) + FURTHEST:
            self.refuse(self.day, _l("This day is too far ahead. Look at the year."))
        elif self.day.data < local_date(now) or self.hours.starts_at <= now:
            self.refuse(self.day, _l("This time is past. Choose a later one."))
        elif self.day.data in closed_days(town, self.day.data, self.day.data):
            self.refuse(self.day, _l("This day is a holiday, or the town is closed. Choose another day."))
        return not self.errors

    def hours_on(self, day: date) -> Hours:
        """These hours in Denmark on a day."""
        return Hours(*(_moment(day, each) for each in (self.begins.data, self.ends.data)))

    @property
    def hours(self) -> Hours:
        """The hours of the meeting."""
        return self.hours_on(self.day.data)


class SeriesForm(MeetingForm):
    """Several meetings at once."""

    every = SelectField(
        "",
        choices=[rhythm.value for rhythm in Rhythm],
        validators=[InputRequired(_l("Choose how often the group meets."))],
    )
    times = WholeNumber(
        "",
        validators=[
            InputRequired(_l("Write how many times the group meets.")),
            NumberRange(1, MOST_MEETINGS, _l("Write a number between 1 and 20.")),
        ],
    )
    once = HiddenField("")

    def all_hours(self, town: Town) -> list[Hours]:
        """The hours of every meeting; closed days are skipped."""
        first, rhythm = self.day.data, Rhythm(self.every.data)
        closed = closed_days(town, first, last_possible(first, rhythm))
        return [self.hours_on(day) for day in series(first, rhythm, self.times.data or 1, closed)]


class CapacityForm(Form):
    """How many a group holds."""

    capacity = WholeNumber(
        "",
        validators=[
            InputRequired(_l("Write how many places there are.")),
            NumberRange(1, MOST_PLACES, _l("Write a number between 1 and 500.")),
        ],
    )

    @property
    def number(self) -> int:
        """How many, in a form that is valid."""
        return self.capacity.data or 0


class OpenGroupForm(SeriesForm):
    """A new group to which everybody may come."""

    district = SelectField("", choices=[], validators=[Optional()])
    born_from = DateField("", validators=[Optional()])
    born_until = DateField("", validators=[Optional()])
    languages = SelectMultipleField("", choices=list(LANGUAGES), validators=[Optional()])

    def of(self, town: Town) -> "OpenGroupForm":
        """The form with this town's districts to choose from."""
        self.district.choices = ["", *(district.code for district in town.districts)]
        return self

    def is_sound(self, town: Town, now: datetime) -> bool:
        first, last = self.born_from.data, self.born_until.data
        if (first is None) is not (last is None):
            self.refuse(self.born_from if last else self.born_until, _l("Write both days, or none of them."))
        elif first and last and last < first:
            self.refuse(self.born_until, _l("The last day must not come before the first."))
        return super().is_sound(town, now)

    @property
    def births(self) -> Births | None:
        """For which children the group is; none when it is for all."""
        return Births(self.born_from.data, self.born_until.data) if self.born_from.data else None

    @property
    def places(self) -> int | None:
        """How many the group holds; none when everybody may come."""
        return None


class GroupForm(OpenGroupForm, CapacityForm):
    """A new group with places."""

    @property
    def places(self) -> int | None:
        return self.number


class MessageForm(Form):
    """Words to all members."""

    body = long_text(1500, required=_l("Write what you want to tell the members."))
    once = HiddenField("")

    def is_written(self) -> bool:
        """Whether there are words in it, and not blanks alone; says so if not."""
        if not self.body.data:
            self.refuse(self.body, _l("Write what you want to tell the members."))
        return not self.errors


def typed_hours(hours: Hours) -> dict[str, Any]:
    """A meeting's hours as they stand in the form."""
    begins, ends = (each.astimezone(COPENHAGEN) for each in (hours.starts_at, hours.ends_at))
    return {"day": begins.date(), "begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, COPENHAGEN).astimezone(UTC)
