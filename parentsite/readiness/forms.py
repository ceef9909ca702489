"""What parents write at school start: their own words beside a document, and what they ask to have corrected."""

from flask_babel import lazy_gettext as _l

from parentsite.foundation.web.forms import Form, long_text

MOST = 1500
"""Letters: a page of paper."""


class CommentForm(Form):
    """The parent's own words."""

    text = long_text(MOST, _l("Write your own words."))


class CorrectionForm(Form):
    """What is wrong, and how it should be."""

    text = long_text(MOST, _l("Write what is wrong."))
