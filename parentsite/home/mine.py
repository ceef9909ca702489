""" "My page": what waits for an answer, what goes on, and the children; and telling of a child the register does not
know.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.journey import Errand, Journey, Stop
from parentsite.foundation.outbox import letter_for
from parentsite.foundation.web.access import anyone, gives_back_what_was_typed, open_to, parents
from parentsite.foundation.web.asker import fresh_key, me
from parentsite.foundation.web.forms import Form, short_text, stripped, typed
from parentsite.foundation.web.language import preferred_language
from parentsite.foundation.web.pages import SEE_OTHER, go_to, page, refused
from parentsite.foundation.web.transactions import work
from parentsite.foundation.work import Work
from parentsite.home.asking import ask_each
from parentsite.home.phone import possible_number
from parentsite.home.stations import in_short
from parentsite.home.way import shows_way, ways_of
from parentsite.people.children import CannotDeclare, TooManyDeclared, children_of, declare
from parentsite.people.contact import Contact, contact_of, save_contact
from parentsite.town.service import current_town

NO_DUE = date.max
LONGEST_KEY = 36
"""Signs of a form's own key, a UUID; the database keeps it in an index, which takes no book."""
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
EMAIL = rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z]{{2,63}}$"


class ChildForm(Form):
    """A child that the register does not know yet."""

    kind = RadioField(
        "",
        choices=["expected", "born"],
        validators=[InputRequired(_l("Say whether the child is born."))],
    )
    day = DateField("", validators=[InputRequired(_l("Write the birth date, or the day the child is expected."))])
    name = short_text(80)
    district = SelectField("", validators=[Optional()], choices=[])
    once = HiddenField("", validators=[Length(max=LONGEST_KEY)])


def _is_possible_number(form: Form, field: StringField) -> None:
    if possible_number(field.data) is None:
        raise ValidationError(
            _l("Write the phone number with 8 digits. If it is not Danish, begin with + and the country code.")
        )


class ContactForm(Form):
    """How we reach a parent."""

    email = StringField(
        "",
        filters=[stripped],
        validators=[
            InputRequired(_l("Write your e-mail address.")),
            Regexp(EMAIL, message=_l("Write the e-mail address as name@example.dk.")),
            Length(max=254, message=_l("Write %(max)d characters at most.")),
        ],
    )
    phone = StringField(
        "",
        filters=[stripped],
        validators=[Optional(), _is_possible_number],
    )
    language = RadioField(
        "",
        choices=list(LANGUAGES),
        validators=[InputRequired(_l("Choose the language for our letters."))],
    )


def my_pages(journeys: Sequence[Journey]) -> Blueprint:
    """The blueprint `mine`, over all journeys."""
    mine = Blueprint("mine", __name__, url_prefix="/mit")

    @mine.get("/")
    @open_to(anyone)
    def root() -> AnyResponse:
        return redirect(url_for("mine.front", lang=preferred_language().code), 302)

    @mine.get("/<lang>/")
    @open_to(parents)
    def front() -> Response:
        now = work()
        children = children_of(now.session, me(), now.today)
        told, silent = ask_each(journeys, lambda journey: journey.errands(now, me(), children))
        errands = [one for one in told if isinstance(one, Errand)]
        shown = [child for child in children if shows_way(child.sight)]
        ways, missing = ways_of(journeys, now, shown, (one for one in told if isinstance(one, Stop)))
        lists = [one for one in errands if one.child is None]
        return page(
            "home/mine.html",
            children=children,
            ways={child: in_short(way) for child, way in ways.items()},
            errands=sorted((one for one in lists if one.waits), key=lambda errand: errand.due or NO_DUE),
            ongoing=[one for one in lists if not one.waits],
            beside={child.id: [one for one in errands if one.child == child.id] for child in children},
            missing=silent | missing,
            has_email=bool(contact_of(now, me()).email),
            today=now.today,
        )

    @mine.get("/<lang>/nyt/<uuid:letter>")
    @open_to(parents)
    def news(letter: UUID) -> AnyResponse:
        """Where a letter leads: its address tells nobody what it is about."""
        path = _leads_to(journeys, work(), letter)
        return redirect(url_for("mine.front") + (path or ""), SEE_OTHER)

    mine.add_url_rule("/<lang>/barn", "declare", _declare, methods=["GET", "POST"])
    mine.add_url_rule("/<lang>/kontakt", "contact", _contact, methods=["GET", "POST"])
    return mine


@gives_back_what_was_typed
@open_to(parents)
def _declare() -> AnyResponse:
    now = work()
    form = typed(ChildForm, data={"once": fresh_key()})
    districts = current_town(now.session).districts
    form.district.choices = ["", *(one.code for one in districts)]
    if form.is_submitted() and form.validate() and _declared(now, form):
        return go_to(url_for("mine.front"))
    facts: dict[str, Any] = {"form": form, "districts": districts}
    return refused("home/declare.html", **facts) if form.is_submitted() else page("home/declare.html", **facts)


def _leads_to(journeys: Sequence[Journey], now: Work, letter: UUID) -> str | None:
    """The path below "my page", as the letter's own journey says it; none when there is nothing left to see."""
    about = letter_for(now.session, letter, me())
    if about is None:
        return None
    journey, _, name = about.name.partition("/")
    builders = {one.name: one.letters for one in journeys}
    facts = builders[journey][name](now, me(), **about.ids)
    return str(facts["path"]) if facts else None


@gives_back_what_was_typed
@open_to(parents)
def _contact() -> AnyResponse:
    kept = contact_of(work(), me())
    form = typed(ContactForm, data={"email": kept.email, "phone": kept.phone, "language": kept.language})
    if form.is_submitted() and form.validate():
        phone = possible_number(form.phone.data or "")
        save_contact(work(), me(), Contact(form.email.data.strip(), phone, form.language.data))
        return go_to(url_for("mine.front"), said=gettext("Your contact details are saved."))
    show = refused if form.is_submitted() else page
    return show("home/contact.html", form=form)


def _declared(now: Work, form: ChildForm) -> UUID | None:
    try:
        return declare(
            now,
            me(),
            expected=form.kind.data == "expected",
            day=form.day.data,
            name=form.name.data or None,
            district=form.district.data or None,
            once=stripped(form.once.data) or "",
        )
    except CannotDeclare:
        form.refuse(form.day, _l("This date cannot be right. Look at the year, and at your answer above."))
        return None
    except TooManyDeclared:
        said = _l("You have told us about many children who are not in our register. Call the town, and we help you.")
        form.refuse(form.day, said)
        return None
