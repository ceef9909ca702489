"""What people may type about a daycare place. Labels stand in the templates; what is wrong is said here."""

from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from parentsite.foundation.web.forms import LONGEST_NUMBER, Form, PageForm, WholeNumber, long_text, short_text
from parentsite.places.rules.calendar import furthest_vacancy
from parentsite.places.rules.vocabulary import AgeGroup, ApplicationState, Care

CARES = [care.value for care in Care]
GROUPS = [group.value for group in AgeGroup]


class BirthForm(Form):
    """The public calculator."""

    birth = DateField("", validators=[InputRequired(_l("Write the birth date, or the day the child is expected."))])


class SearchForm(Form):
    """Looking for a house."""

    q = short_text(80)
    district = SelectField("", validators=[Optional()], choices=[])
    age = SelectField("", validators=[Optional()], choices=["", *GROUPS])


class CareForm(Form):
    """Step 1: which child, and what kind of place."""

    child = RadioField("", validators=[InputRequired(_l("Choose which child the place is for."))], choices=[])
    care = RadioField("", validators=[InputRequired(_l("Choose what kind of place you want."))], choices=CARES)


class WantedForm(Form):
    """Step 2: the day the place is needed."""

    wanted = DateField("", validators=[InputRequired(_l("Write the day you need the place from."))])


class WishForm(Form):
    """Step 3: the house that is chosen and not yet wished for."""

    facility = StringField("")


class FamilyForm(Form):
    """Step 4: about the family."""

    sibling = SelectField("", validators=[Optional()], choices=[])
    special_need = RadioField(
        "",
        choices=["no", "yes"],
        validators=[InputRequired(_l("Say yes or no. Both answers are fine."))],
    )
    hours = WholeNumber(
        "", validators=[Optional(), NumberRange(1, 60, _l("Write the hours a week as a number between 1 and 60."))]
    )
    home_languages = short_text(200)
    interpreter = short_text(80)


class SendForm(Form):
    """Step 5, and every other button that rests on a page as it was shown."""

    revision = HiddenField("")

    @property
    def shown(self) -> int:
        """The revision that the page showed; 0, which no record has, for anything unreadable."""
        text = self.revision.data or ""
        return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


class TogetherForm(Form):
    """What parents who share residence (delt bopæl) decide together: one acts, and says that the other agrees."""

    agrees = BooleanField("")

    def ask_other_parent(self) -> None:
        """Nobody has said that the other parent agrees."""
        self.refuse(self.agrees, _l("Tick that the other parent agrees. You decide this together."))


class DecideForm(SendForm, TogetherForm):
    """Send an application, or withdraw it."""


class AnswerForm(TogetherForm):
    """Yes or No to an offer, and the wishes that are to leave the list; ids that cannot are passed over."""

    answer = RadioField("", choices=["yes", "no"], validators=[InputRequired(_l("Choose Yes or No to the place."))])
    remove = SelectMultipleField("", choices=[], coerce=UUID, validate_choice=False)
    shown = HiddenField("")


class ListForm(PageForm):
    """The desk: which applications."""

    state = SelectField(
        "",
        choices=[s.value for s in ApplicationState if s is not ApplicationState.DRAFT],
        validators=[Optional()],
        default=ApplicationState.SENT.value,
    )


class ConfirmForm(SendForm):
    """The desk: the application has been read."""

    special_need = BooleanField("")
    sibling = BooleanField("")


class VacancyForm(Form):
    """The desk: a place is free."""

    starts_on = DateField("", validators=[InputRequired(_l("Write the day the place is free from."))])
    once = HiddenField("")

    def is_near(self, today: date) -> bool:
        """Whether a place can be said to be free from that day; says what is wrong with another."""
        if self.starts_on.data < today:
            self.refuse(self.starts_on, _l("This day is past. Write today or a later day."))
        elif self.starts_on.data > furthest_vacancy(today):
            self.refuse(self.starts_on, _l("This day is too far ahead. Look at the year."))
        return not self.errors


class OfferForm(Form):
    """The desk: offer the place to one in line."""

    wish = HiddenField("", validators=[InputRequired(_l("Choose whom the place is offered to."))])
    reason = long_text(1000)
