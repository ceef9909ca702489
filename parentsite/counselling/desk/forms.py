"""What a counsellor types; labels stand in the templates, what is wrong is said here."""

from collections.abc import Mapping

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional

from parentsite.counselling.forms import MessageForm, PhraseForm
from parentsite.counselling.rules.paper import WORDS
from parentsite.counselling.rules.phrase import Mistyped, TooMuch, WrongLength
from parentsite.foundation.web.forms import Form, PageForm, WholeNumber, short_text

CHANGED = _l("Something has come meanwhile. Read it first, and then send your answer.")
NOT_YOURS = _l("These are not your words. Look at your paper again.")
WRONG_PAPER = _l("These words open nothing here. Perhaps a newer paper was made after this one.")
_NAME = _l("Write your name, as your colleagues know you.")


class ListForm(PageForm):
    """Which conversations are listed: those that are open, or those that are closed."""

    state = SelectField("", choices=["open", "closed"], validators=[Optional()])


class CloseForm(Form):
    """Which conversations to close, each with the number of messages that stood in it."""

    close = SelectMultipleField("", choices=[], validate_choice=False)

    def chosen(self) -> Mapping[str, int]:
        """The designations, with how many messages were seen; none when none was chosen, which is said at the list."""
        parts = (value.partition(":") for value in self.close.data or ())
        found = {designation: int(number[:9]) for designation, _, number in parts if number.isdecimal()}
        if not found:
            self.refuse(self.close, _l("Choose the conversations that you want to close."))
        return found


class ReadForm(Form):
    """Something to be done to what was read; `read` counts the messages that stood there."""

    read = WholeNumber("", validators=[InputRequired(_l("Open the page again.")), NumberRange(min=1)])

    @property
    def seen(self) -> int:
        """How many stood there."""
        return int(self.read.data or 0)


class AnswerForm(ReadForm, MessageForm):
    """An answer to what was read."""


class UnlockForm(PhraseForm):
    """One's own words; `to` is the conversation to go on with."""

    to = HiddenField("")


class NameForm(Form):
    """One's own name, for the list of those who hold the key."""

    name = short_text(80, _NAME)


class PaperForm(PhraseForm):
    """The words of the paper copy, and one's own name."""

    name = short_text(80, _NAME)

    def explain_paper(self, wrong: Mistyped) -> None:
        """Say which word is wrong, or what is missing."""
        if isinstance(wrong, TooMuch):
            self.refuse(self.phrase, gettext("That is more than 24 words."))
        elif isinstance(wrong, WrongLength):
            too_few = ngettext(
                "You typed %(num)d word. There are %(wanted)d.",
                "You typed %(num)d words. There are %(wanted)d.",
                wrong.found,
                wanted=WORDS,
            )
            self.refuse(self.phrase, too_few)
        else:
            self.explain_phrase(wrong)


class SeenForm(Form):
    """A press that counts for what was seen only; `seen` is the sign of it."""

    seen = HiddenField("", validators=[InputRequired(_l("Open the page again."))])


class TimesForm(Form):
    """A time that the house withdraws, or offers again: each button carries it."""

    withdraw = HiddenField("")
    offer = HiddenField("")
