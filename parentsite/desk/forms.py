"""What is typed into the desk's searches."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from parentsite.foundation.web.forms import Form, stripped


class FindForm(Form):
    """A name, a personal number, a case number. Sent, never part of an address."""

    q = StringField(
        "",
        validators=[
            DataRequired(_l("Write what you search for.")),
            Length(max=100, message=_l("Write %(max)d characters at most.")),
        ],
        filters=[stripped],
    )
