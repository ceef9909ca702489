"""The base of every form: WTForms parses and validates, our own macros draw, what was typed is always kept."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, g, request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from parentsite.foundation.web import rescue
from parentsite.foundation.web.access import gives_back
from parentsite.foundation.web.language import address
from parentsite.foundation.web.transactions import SAFE_METHODS, brief_read

BLANKS = "\t\r\n"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Signs that show only in what stands on both sides of them: Persian and Urdu spelling, families of emoji."""
LONGEST_NUMBER = 9
"""Digits that fit any database's integer."""
OTHER_WORDS = lazy_gettext("The words here have changed. Read them again before you answer.")
_WTFORMS_SAYS = {
    "Not a valid choice.": lazy_gettext("Choose one of the answers shown."),
    "Not a valid choice": lazy_gettext("Choose one of the answers shown."),
    "Not a valid date value.": lazy_gettext("Write the date as day, month and year."),
    "Not a valid integer value.": lazy_gettext("Write a whole number."),
    "'%(value)s' is not a valid choice for this field.": lazy_gettext("Choose one of the answers shown."),
    "'%(value)s' are not valid choices for this field.": lazy_gettext("Choose one of the answers shown."),
    "Invalid Choice: could not coerce.": lazy_gettext("Choose one of the answers shown."),
    "Invalid choice(s): one or more data inputs could not be coerced.": lazy_gettext(
        "Choose one of the answers shown."
    ),
}


class _OurWords:
    """Gives WTForms' built-in errors in our own words."""

    def gettext(self, text: str) -> str:
        return str(_WTFORMS_SAYS.get(text) or gettext("What you wrote cannot be read. Write it again."))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return str(gettext("What you wrote cannot be read. Write it again."))


class Form(FlaskForm):  # type: ignore[misc]
    """A form of the site. The session's token is checked for every unsafe request before any form is read."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf = False

        def wrap_formdata(self, form: Any, formdata: MultiDict[str, str] | None) -> MultiDict[str, str] | None:
            # What is refused is shown again, so it is cleared before any field keeps it as it was sent.
            return formdata and MultiDict((name, legible(text)) for name, text in formdata.items(multi=True))

        def get_translations(self, form: Any) -> _OurWords:
            return _OurWords()

    def refuse(self, field: Field, message: object) -> None:
        """Add an error found by a rule that a field cannot know of itself."""
        field.errors = [*field.errors, str(message)]


class AnswerForm(Form):
    """An answer to words that stand on the page; `read` is the version of them that the page held."""

    read = HiddenField("")

    def is_to(self, version: int, answered: Field) -> bool:
        """Whether these are the words that were read; says so at the field if they are others by now."""
        if self.read.data != str(version):
            self.refuse(answered, OTHER_WORDS)
        return not self.errors


AnyForm = TypeVar("AnyForm", bound=Form)


def typed(form: type[AnyForm], data: dict[str, Any] | None = None, **arguments: Any) -> AnyForm:
    """The form as this request has it: what was sent; else, where the view gives it back, what was saved
    from one sent too late; else `data`.
    """
    if request.method not in SAFE_METHODS:
        return form(request.form, **arguments)
    if gives_back(current_app.view_functions[str(request.endpoint)]):
        with brief_read() as session:
            kept = rescue.typed_at(session, g.actor.id, address())
        if kept is not None:
            g.was_rescued = True
            return form(MultiDict(kept), **arguments)
    return form(None, data=data, **arguments)


def asked(form: type[AnyForm], **arguments: Any) -> AnyForm:
    """A form that only asks (GET): what stands in the query, nothing stored."""
    return form(request.args, **arguments)


class WholeNumber(IntegerField):  # type: ignore[misc]
    """A whole number; one of more digits than any record holds is refused as none at all."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist and len(valuelist[0]) > LONGEST_NUMBER:
            # Not handed on: the checks that follow count in floating point, which ends at 308 digits.
            self.data = None
            raise ValueError(gettext("Write a whole number."))
        super().process_formdata(valuelist)


class PageForm(Form):
    """Which page of a long list."""

    page = WholeNumber("", validators=[Optional(), NumberRange(1, 10**6)], default=1)

    @property
    def number(self) -> int:
        """The page asked for; the first when what was asked makes no sense."""
        return int(self.page.data or 1) if self.validate() else 1


def short_text(most: int = 200, required: object | None = None) -> StringField:
    """One line of text; `required` is the message when it is missing, none when it may be."""
    return StringField("", validators=_text_validators(most, required), filters=[stripped])


def long_text(most: int = 2000, required: object | None = None) -> TextAreaField:
    """Several lines of text."""
    return TextAreaField("", validators=_text_validators(most, required), filters=[stripped])


def _text_validators(most: int, required: object | None) -> list[Callable[..., Any]]:
    too_long = Length(max=most, message=lazy_gettext("Write %(max)d characters at most."))
    return [DataRequired(required) if required is not None else Optional(), too_long]


def stripped(value: str | None) -> str | None:
    """What was typed without blanks around it, on plain lines."""
    return value and legible(value).replace("\r", "").replace("\t", " ").strip()


def legible(text: str) -> str:
    """The text without signs that no page may hold, or that turn the words around them about; every kind of blank is a
    plain one, and what joins letters stays inside the words.
    """
    if text.isascii() and text.isprintable():
        return text
    parts = re.split(r"(\s+)", "".join(_kept(sign) for sign in text))
    return "".join(part.strip(JOINERS) for part in parts)


def _kept(sign: str) -> str:
    if sign.isprintable() or sign in BLANKS or sign in JOINERS:
        return sign
    return " " if unicodedata.category(sign) == "Zs" else ""
