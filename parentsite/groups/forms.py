"""What parents choose about a group: with which child they come, and whether the others see their phone number."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from parentsite.foundation.web.forms import AnswerForm


class PhoneForm(AnswerForm):
    """A place that is offered: the tick is a consent, and never there beforehand."""

    phone = BooleanField("")

    def is_meant(self, version: int) -> bool:
        """Whether the tick, if there is one, is to these words; else it goes, and the page says why."""
        if not self.phone.data or self.is_to(version, self.phone):
            return True
        self.phone.data = False
        return False


class JoinForm(PhoneForm):
    """Joining a group."""

    child = RadioField("", choices=[], validators=[InputRequired(_l("Choose the child you come with."))])
