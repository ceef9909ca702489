"""What a parent may type without a name: a message, the secret words, a time; and why it is not taken as it stands."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField

from parentsite.counselling.rules.message import LONGEST, Trouble
from parentsite.counselling.rules.phrase import Mistyped, WrongCheck, WrongLength, WrongWords
from parentsite.counselling.rules.times import Slot
from parentsite.foundation.web.forms import Form, stripped

TOO_MANY = _l("You have written many messages in a row. Wait for an answer before you write again.")
NOBODYS = _l("No conversation opens with these words. Perhaps it was deleted, or its time is over.")
TIME_GONE = _l("Somebody else has taken this time. Choose another.")
_SAYS: Mapping[Trouble, object] = {
    Trouble.EMPTY: _l("Write your message."),
    Trouble.PHRASE: _l("Your message holds secret words. Whoever sees them can come in. Take them out."),
    Trouble.CPR: _l("There is a personal number (CPR) in your message. Take it out: here we do not want to know it."),
    Trouble.WHO_YOU_ARE: _l(
        "Your message may tell who you are: a phone number, an e-mail address or a name. Do you want to send it?"
    ),
}


class MessageForm(Form):
    """A message; `asked` comes with the button that sends it all the same."""

    text = TextAreaField("", filters=[stripped])
    asked = HiddenField("")
    asks = False

    @property
    def message(self) -> str:
        """What was written."""
        return self.text.data or ""

    @property
    def was_asked(self) -> bool:
        """Whether the writer wants to send it as it is."""
        return bool(self.asked.data)

    def explain(self, trouble: Trouble) -> None:
        """Say at the box why the message is not taken, or ask once."""
        self.asks = trouble is Trouble.WHO_YOU_ARE
        self.refuse(self.text, _SAYS.get(trouble) or gettext("Write %(max)d characters at most.", max=LONGEST))


class PhraseForm(Form):
    """The secret words of a parent or of a counsellor, or those of the paper copy."""

    phrase = StringField("")

    def explain_phrase(self, wrong: Mistyped) -> None:
        """Say which word is wrong, or what is missing."""
        self.refuse(self.phrase, _mistyped(wrong))


class BackForm(MessageForm, PhraseForm):
    """The secret words, and a message if one was typed when the session had ended."""


class TimeForm(Form):
    """A time to talk; `cancel` comes with the button that gives the taken one back."""

    slot = RadioField("", choices=[], validate_choice=False)
    cancel = HiddenField("")

    def chosen(self) -> Slot | None:
        """The time that was chosen; none when none was, which is said at the field."""
        slot = slot_of(self.slot.data)
        if slot is None:
            self.refuse(self.slot, gettext("Choose a time."))
        return slot


def value_of(slot: Slot) -> str:
    """A time as a form sends it."""
    return f"{slot.day}.{slot.starts}"


def slot_of(value: str | None) -> Slot | None:
    """The time that a form sent; none for anything else."""
    day, _, starts = (value or "").partition(".")
    try:
        return Slot(date.fromisoformat(day), int(starts[:4]))
    except ValueError:
        return None


def _mistyped(wrong: Mistyped) -> str:
    if isinstance(wrong, WrongWords):
        return _wrong_words(wrong)
    if isinstance(wrong, WrongLength):
        return _wrong_length(wrong)
    if isinstance(wrong, WrongCheck):
        return str(
            gettext("One of the words or digits is another than the one you wrote down, or two have changed places.")
        )
    return str(gettext("That is more than seven words, or 24 digits."))


def _wrong_words(wrong: WrongWords) -> str:
    place, word = wrong.words[0]
    return str(
        gettext("Word number %(place)d, “%(word)s”, is none of our words. Look at it again.", place=place, word=word)
    )


def _wrong_length(wrong: WrongLength) -> str:
    if wrong.found == 0:
        return str(gettext("Type your secret words, or the digits."))
    if wrong.unit == "digits":
        return str(
            ngettext("You typed %(num)d digit. There are 24.", "You typed %(num)d digits. There are 24.", wrong.found)
        )
    return str(
        ngettext("You typed %(num)d word. There are seven.", "You typed %(num)d words. There are seven.", wrong.found)
    )
