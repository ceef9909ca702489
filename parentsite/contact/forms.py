"""What a parent types into a letter. Labels stand in the templates; what is wrong is said here."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from parentsite.foundation.web.attaching import AttachmentField
from parentsite.foundation.web.forms import Form, long_text

MOST = 6000
"""Characters: two pages of paper."""


class MessageForm(Form):
    """Words, and a file if there is one; `once` makes the form count once."""

    once = HiddenField("")
    text = long_text(MOST, _l("Write your message."))
    file = AttachmentField("", optional=True)


class SharedForm(MessageForm):
    """The first message of a parent who can share it; the answer has no default."""

    shared = RadioField("", choices=["no", "yes"], validators=[InputRequired(_l("Choose who may read the letter."))])
