"""What parents choose about a group: with which child they come, and whether the others see their phone number."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from parentsite.foundation.web.forms import Form


class PhoneForm(Form):
    """A place that is offered: the tick is a consent, and never there beforehand."""

    phone = BooleanField("")


class JoinForm(PhoneForm):
    """Joining a group."""

    child = RadioField("", choices=[], validators=[InputRequired(_l("Choose the child you come with."))])
