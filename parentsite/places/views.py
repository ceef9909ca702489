"""The parents' pages: five short steps, one sending, the case, the offer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import answer as show
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import work
from parentsite.people.attendance import sibling_facilities
from parentsite.people.children import children_of
from parentsite.places.forms import AnswerForm, ApplyForm, CareForm, FamilyForm, SendForm, WantedForm
from parentsite.places.policy import policy_of
from parentsite.places.rules.answers import Answer
from parentsite.places.rules.calendar import school_start
from parentsite.places.rules.vocabulary import ApplicationState, Care, OfferState
from parentsite.places.service import answers, cases, drafts, sending, wishing, withdrawing
from parentsite.places.service.drafts import Draft, Family
from parentsite.places.service.errors import Incomplete, NotFound, Problem, Stale, TooLate
from parentsite.town.search import danish_order
from parentsite.town.service import current_town

mit = Blueprint("places", __name__, url_prefix="/mit/<lang>/plads")

STEPS = 5
STEP_OF = {
    Problem.NO_CARE: "places.care",
    Problem.WRONG_AGE: "places.wanted",
    Problem.NO_DATE: "places.wanted",
    Problem.BEFORE_RIGHT: "places.wanted",
    Problem.IN_PAST: "places.wanted",
    Problem.AFTER_SCHOOL_START: "places.wanted",
    Problem.NO_WISH: "places.wishes",
    Problem.WISH_NOT_OPEN: "places.wishes",
    Problem.FAMILY_NOT_ASKED: "places.family",
    Problem.APPLIED_ALREADY: "places.care",
}
WANTED_ERRORS = {
    Problem.BEFORE_RIGHT: _l("The day you want is before your child has a right to a place. Choose a later day."),
    Problem.IN_PAST: _l("The day you want is past. Choose today or a later day."),
    Problem.AFTER_SCHOOL_START: _l(
        "On the day you want, your child has already started school. Choose an earlier day."
    ),
    Problem.WRONG_AGE: _l(
        "On the day you want, your child has another age than the place is for. Change the day or the kind of place."
    ),
}


@mit.errorhandler(NotFound)
def _not_found(error: NotFound) -> AnyResponse:
    """A step of what has been sent meanwhile leads to the case; all else is not there."""
    application = (request.view_args or {}).get("application")
    if application is not None and request.method == "GET" and request.endpoint != "places.case":
        try:
            cases.case_for(work(), me(), application)
        except NotFound:
            return error_page(404)
        return redirect(url_for("places.case", application=application), 303)
    return error_page(404)


@mit.get("")
@open_to(parents)
def front() -> Response:
    """All my cases, and the way to a new one."""
    children = children_of(work().session, me(), work().today)
    return page("places/cases.html", cases=cases.cases_of(work(), me(), children), children=children)


@mit.route("/ny", methods=["GET", "POST"])
@open_to(parents)
def new() -> AnyResponse:
    """Step 1 of a new application."""
    form = _care_form(request.args.get("barn"))
    if form.is_submitted() and form.validate() and not _applied_already(form):
        draft_id = drafts.start(work(), me(), UUID(form.child.data), Care(form.care.data))
        return go_to(url_for("places.wanted", application=draft_id))
    return _step(1, "places/step_care.html", form, draft=None)


@mit.route("/<uuid:application>/barn", methods=["GET", "POST"])
@open_to(parents)
def care(application: UUID) -> AnyResponse:
    """Step 1, come back to."""
    draft = _my_draft(application)
    form = _care_form(str(draft.child.id), draft.care)
    if form.is_submitted() and form.validate() and not _applied_already(form):
        if form.child.data != str(draft.child.id):
            other = drafts.start(work(), me(), UUID(form.child.data), Care(form.care.data))
            return go_to(url_for("places.wanted", application=other))
        drafts.save_care(work(), me(), application, Care(form.care.data))
        return go_to(url_for("places.wanted", application=application))
    return _step(1, "places/step_care.html", form, draft=draft)


@mit.route("/<uuid:application>/dato", methods=["GET", "POST"])
@open_to(parents)
def wanted(application: UUID) -> AnyResponse:
    """Step 2: the wanted day."""
    draft = _my_draft(application)
    right_from = policy_of(current_town(work().session)).right_from(draft.child.counts_from)
    soonest = max(right_from, work().today)
    form = typed(WantedForm, data={"wanted": draft.wanted or soonest})
    if form.is_submitted() and form.validate():
        problems = sending.wanted_day_problems(work(), draft, form.wanted.data)
        if not problems:
            drafts.save_wanted(work(), me(), application, form.wanted.data)
            return go_to(url_for("places.wishes", application=application))
        form.refuse(form.wanted, WANTED_ERRORS[problems[0]])
    return _step(2, "places/step_wanted.html", form, draft=draft, right_from=right_from, soonest=soonest)


@mit.route("/<uuid:application>/onsker", methods=["GET", "POST"])
@open_to(parents)
def wishes(application: UUID) -> AnyResponse:
    """Step 3: the wishes, in order; each button is a form of its own press and works without script."""
    draft = _my_draft(application)
    error, said = None, None
    if "next" in request.form:
        if draft.wishes:
            return go_to(url_for("places.family", application=application))
        error = _l("Choose at least one house, or childminding (dagpleje).")
    elif request.method == "POST":
        said = _change_wishes(draft)
        if said is None:
            error = _l("Choose from the list first.")
        elif not request.htmx:  # type: ignore[attr-defined]
            return go_to(url_for("places.wishes", application=application, _anchor="wishes"))
        draft = _my_draft(application)
    facts = _wishes_facts(draft) | {"error": error, "said": said}
    return show("places/step_wishes.html", "places/_wishes.html", status=422 if error else 200, **facts)


@mit.route("/<uuid:application>/familien", methods=["GET", "POST"])
@open_to(parents)
def family(application: UUID) -> AnyResponse:
    """Step 4: about the family."""
    draft = _my_draft(application)
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
    form.sibling.choices = [("", ""), *((one.code, one.name) for one in houses)]
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
@open_to(parents)
def check(application: UUID) -> AnyResponse:
    """Step 5: read the answers, and send them in one statement."""
    form = typed(ApplyForm)
    changed = False
    if form.is_submitted():
        try:
            sending.send(work(), me(), application, form.shown, bool(form.agrees.data))
            return go_to(url_for("places.receipt", application=application))
        except Stale:
            changed = True
        except Incomplete as error:
            if Problem.OTHER_PARENT in error.problems:
                form.refuse(form.agrees, _l("Tick that the other parent agrees. You decide this together."))
    draft = _my_draft(application)
    problems = sending.problems_of(work(), draft)
    promised = sending.promise(work(), draft, draft.wanted) if draft.wanted else None
    facts = {"problems": [(one, STEP_OF[one]) for one in problems], "promised": promised, "changed": changed}
    return _step(5, "places/step_check.html", form, draft=draft, **facts)


@mit.route("/<uuid:application>/slet", methods=["GET", "POST"])
@open_to(parents)
def throw_away(application: UUID) -> AnyResponse:
    """Delete a draft, the consequence said first."""
    if request.method == "POST":
        drafts.throw_away(work(), me(), application)
        return go_to(url_for("places.front"))
    return page("places/throw_away.html", draft=_my_draft(application))


@mit.get("/<uuid:application>/kvittering")
@open_to(parents)
def receipt(application: UUID) -> AnyResponse:
    """The receipt: case number, guarantee in writing, what happens next."""
    case = cases.case_for(work(), me(), application)
    if not case.may_act:
        return go_to(url_for("places.case", application=application))
    return page("places/receipt.html", case=case, reply_days=_settings().expected_reply_days.value)


@mit.get("/<uuid:application>")
@open_to(parents)
def case(application: UUID) -> Response:
    """Follow the case."""
    facts = {"reply_days": _settings().expected_reply_days.value, "today": work().today}
    return page("places/case.html", case=cases.case_for(work(), me(), application), **facts)


@mit.route("/<uuid:application>/traek-tilbage", methods=["GET", "POST"])
@open_to(parents)
def withdraw(application: UUID) -> AnyResponse:
    """Withdraw, the consequence said first."""
    form = typed(SendForm)
    changed = False
    if form.is_submitted():
        try:
            withdrawing.withdraw(work(), me(), application, form.shown)
            return go_to(url_for("places.case", application=application))
        except Stale:
            changed = True
    now = cases.case_for(work(), me(), application)
    if not now.may_act:
        abort(404)
    if now.state is ApplicationState.WITHDRAWN or not now.is_live:
        return go_to(url_for("places.case", application=application))
    facts: dict[str, Any] = {"case": now, "form": form, "changed": changed}
    return refused("places/withdraw.html", **facts) if changed else page("places/withdraw.html", **facts)


@mit.route("/tilbud/<uuid:offer>", methods=["GET", "POST"])
@open_to(parents)
def offer(offer: UUID) -> AnyResponse:
    """An offer: what Yes and No do, then one answer."""
    view = answers.offer_for(work(), me(), offer)
    form = typed(AnswerForm)
    form.remove.choices = [str(view.wish_id), *(str(wish) for wish, _ in view.wishes)]
    if form.is_submitted() and form.validate():
        said = Answer.YES if form.answer.data == "yes" else Answer.NO
        try:
            answers.answer(work(), me(), offer, said, {UUID(wish) for wish in form.remove.data or ()})
            return go_to(url_for("places.offer", offer=offer))
        except TooLate as error:
            facts = _offer_facts(view) | {"too_late": OfferState(error.state)}
            return refused("places/offer.html", form=form, **facts)
    facts = _offer_facts(view) | {"too_late": None}
    render: Callable[..., Response] = refused if form.is_submitted() else page
    return render("places/offer.html", form=form, **facts)


def _my_draft(application: UUID) -> Draft:
    """The draft; who has sent it meanwhile, in another window, is led to the case."""
    try:
        return drafts.read(work(), me(), application)
    except NotFound:
        cases.case_for(work(), me(), application)
        abort(go_to(url_for("places.case", application=application)))


def _offer_facts(view: answers.OfferView) -> dict[str, Any]:
    child = next(c for c in children_of(work().session, me(), work().today) if c.id == view.child_id)
    follows = answers.consequences(work(), view)
    return {"offer": view, "child": child, "follows": follows, "today": work().today}


def _care_form(child: str | None, care: Care | None = None) -> CareForm:
    form = typed(CareForm, data={"child": child, "care": care.value if care else None})
    able = [
        one
        for one in children_of(work().session, me(), work().today)
        if one.sight.may_apply and school_start(one.counts_from) > work().today
    ]
    form.children = able
    form.child.choices = [(str(one.id), "") for one in able]
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


def _wishes_facts(draft: Draft) -> dict[str, Any]:
    chosen = {wish.facility for wish in draft.wishes}
    options = [one for one in sending.facilities_to_wish_for(work(), draft) if one.code not in chosen]
    return {
        "draft": draft,
        "options": sorted(options, key=lambda one: danish_order(one.name)),
        "step": 3,
        "steps": STEPS,
        "htmx_page": True,
        "district": draft.child.district,
    }


def _change_wishes(draft: Draft) -> str | None:
    """Carry out the one button that was pressed; returns which, so that a screen reader can be told. None: there was
    nothing to do.
    """
    now, person, sent = work(), me(), request.form
    if "add" in sent:
        facility = sent.get("facility", "")
        if facility not in {one.code for one in sending.facilities_to_wish_for(now, draft)}:
            return None
        wishing.add(now, person, draft.id, facility)
        return "added"
    for name, steps in (("up", -1), ("down", 1)):
        if name in sent:
            wishing.move(now, person, draft.id, _uuid(sent[name]), steps)
            return name
    if "remove" in sent:
        wishing.remove(now, person, draft.id, _uuid(sent["remove"]))
        return "removed"
    return None


def _step(number: int, template: str, form: object, **facts: Any) -> Response:
    is_refused = request.method == "POST"
    show_page: Callable[..., Response] = refused if is_refused else page
    return show_page(template, form=form, step=number, steps=STEPS, **facts)


def _settings() -> Any:
    return current_town(work().session).settings


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        abort(404)
