"""Applying: five short steps, each saved as it is left, and one sending."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.rescue import discard_about
from parentsite.foundation.web.transactions import work
from parentsite.people.attendance import sibling_facilities
from parentsite.people.children import children_of
from parentsite.places.forms import CareForm, DecideForm, FamilyForm, WantedForm
from parentsite.places.policy import policy_of
from parentsite.places.rules.calendar import school_start
from parentsite.places.rules.vocabulary import Care
from parentsite.places.service import drafts, sending
from parentsite.places.service.drafts import Family
from parentsite.places.service.errors import Incomplete, OtherParentMustAgree, Stale
from parentsite.places.views.blueprint import mit, my_draft
from parentsite.places.views.problems import SAID, STEP_OF
from parentsite.town.search import danish_order
from parentsite.town.service import current_town

STEPS = 5


@mit.route("/ny", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def new() -> AnyResponse:
    """Step 1 of a new application."""
    form = _care_form(request.args.get("barn"))
    if form.is_submitted() and form.validate() and not _applied_already(form):
        draft_id = drafts.start(work(), me(), UUID(form.child.data), Care(form.care.data))
        return go_to(url_for("places.wanted", application=draft_id))
    return _step(1, "places/step_care.html", form, draft=None)


@mit.route("/<uuid:application>/barn", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def care(application: UUID) -> AnyResponse:
    """Step 1, come back to."""
    draft = my_draft(application)
    form = _care_form(str(draft.child.id), draft.care)
    if form.is_submitted() and form.validate() and not _applied_already(form):
        if form.child.data != str(draft.child.id):
            other = drafts.start(work(), me(), UUID(form.child.data), Care(form.care.data))
            return go_to(url_for("places.wanted", application=other))
        drafts.save_care(work(), me(), application, Care(form.care.data))
        return go_to(url_for("places.wanted", application=application))
    return _step(1, "places/step_care.html", form, draft=draft)


@mit.route("/<uuid:application>/dato", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def wanted(application: UUID) -> AnyResponse:
    """Step 2: the wanted day."""
    draft = my_draft(application)
    right_from = policy_of(current_town(work().session)).right_from(draft.child.counts_from)
    soonest = max(right_from, work().today)
    form = typed(WantedForm, data={"wanted": draft.wanted or soonest})
    if form.is_submitted() and form.validate():
        problems = sending.wanted_day_problems(work(), draft, form.wanted.data)
        if not problems:
            drafts.save_wanted(work(), me(), application, form.wanted.data)
            return go_to(url_for("places.wishes", application=application))
        form.refuse(form.wanted, SAID[problems[0]])
    return _step(2, "places/step_wanted.html", form, draft=draft, right_from=right_from, soonest=soonest)


@mit.route("/<uuid:application>/familien", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def family(application: UUID) -> AnyResponse:
    """Step 4: about the family."""
    draft = my_draft(application)
    town = current_town(work().session)
    known = sibling_facilities(work().session, me(), draft.child.id, work().today)
    form = typed(
        FamilyForm,
        data={
            "sibling": draft.sibling_facility or next(iter(sorted(known)), ""),
            "special_need": ("yes" if draft.special_need_told else "no") if draft.family_told else None,
            "hours": draft.hours,
            "home_languages": draft.home_languages,
            "interpreter": draft.interpreter,
        },
    )
    houses = sorted(town.facilities, key=lambda one: danish_order(one.name))
    form.sibling.choices = ["", *(one.code for one in houses)]
    if form.is_submitted() and form.validate():
        drafts.save_family(
            work(),
            me(),
            application,
            Family(
                sibling_facility=form.sibling.data or None,
                special_need=form.special_need.data == "yes",
                hours=form.hours.data,
                home_languages=form.home_languages.data or None,
                interpreter=form.interpreter.data or None,
            ),
        )
        return go_to(url_for("places.check", application=application))
    return _step(4, "places/step_family.html", form, draft=draft, houses=houses, known=known)


@mit.route("/<uuid:application>/tjek", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def check(application: UUID) -> AnyResponse:
    """Step 5: read the answers, and send them in one statement."""
    form = typed(DecideForm)
    changed = False
    if form.is_submitted():
        try:
            sending.send(work(), me(), application, form.shown, bool(form.agrees.data))
            discard_about(work(), me(), application)
            return go_to(url_for("places.receipt", application=application))
        except Stale:
            changed = True
        except OtherParentMustAgree:
            form.ask_other_parent()
        except Incomplete:
            pass  # What is missing is asked anew below, and listed.
    draft = my_draft(application)
    problems = sending.problems_of(work(), draft)
    promised = sending.promise(work(), draft, draft.wanted) if draft.wanted else None
    facts = {"problems": [(SAID[one], STEP_OF[one]) for one in problems], "promised": promised, "changed": changed}
    return _step(5, "places/step_check.html", form, draft=draft, **facts)


@mit.route("/<uuid:application>/slet", methods=["GET", "POST"])
@open_to(parents)
def throw_away(application: UUID) -> AnyResponse:
    """Delete a draft, the consequence said first."""
    if request.method == "POST" and drafts.throw_away(work(), me(), application):
        discard_about(work(), me(), application)
        return go_to(url_for("places.front"), said=gettext("The application you had begun is deleted."))
    return page("places/throw_away.html", draft=my_draft(application))


def _care_form(child: str | None, care: Care | None = None) -> CareForm:
    form = typed(CareForm, data={"child": child, "care": care.value if care else None})
    able = [
        one
        for one in children_of(work().session, me(), work().today)
        if one.sight.may_apply and school_start(one.counts_from) > work().today
    ]
    form.children = able
    form.child.choices = [str(one.id) for one in able]
    if form.child.data is None and len(able) == 1:
        form.child.data = str(able[0].id)
    return form


def _applied_already(form: CareForm) -> bool:
    """Better said at the first step than at the last."""
    child = next(one for one in form.children if str(one.id) == form.child.data)
    if sending.live_application(work(), child, Care(form.care.data), work().today) is None:
        return False
    form.refuse(form.care, _l("This child already stands in line for a place of this kind. See My applications."))
    return True


def _step(number: int, template: str, form: object, **facts: Any) -> Response:
    is_refused = request.method == "POST"
    show_page: Callable[..., Response] = refused if is_refused else page
    return show_page(template, form=form, step=number, steps=STEPS, **facts)
