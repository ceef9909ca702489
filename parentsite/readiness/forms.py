"""What parents write and answer at school start: their own words, what they ask to have corrected, and yes or no."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from parentsite.foundation.web.forms import AnswerForm, Form, long_text

MOST = 4000
"""Letters: a page of paper."""


class CommentForm(Form):
    """The parent's own words."""

    text = long_text(MOST, _l("Write your own words."))


class CorrectionForm(Form):
    """What is wrong, and how it should be."""

    text = long_text(MOST, _l("Write what is wrong."))


class ConsentForm(AnswerForm):
    """Yes or no to one switch; taking a yes back names the switch alone."""

    switch = HiddenField("")
    answer = RadioField("", choices=["yes", "no"], validators=[InputRequired(_l("Choose Yes or No."))])
