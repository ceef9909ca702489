"""Who holds the house key: letting a colleague in, taking one out, and the first time of all."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Response, abort, g, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.desk.blueprint import counsellors, desk, looking, mailbox, office, secret
from parentsite.counselling.desk.forms import SeenForm
from parentsite.counselling.office import house_mode
from parentsite.counselling.rules import paper
from parentsite.counselling.service import doors, enrolment, roster
from parentsite.counselling.service.enrolment import Already, Member, NotEnrolled
from parentsite.counselling.service.roster import FEWEST, KeyFileGone, NotFounded, OtherRoster, TooFew
from parentsite.counselling.service.unlocking import Unlocked
from parentsite.foundation.web.access import open_to
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page
from parentsite.foundation.web.transactions import SAFE_METHODS, moment
from parentsite.foundation.work import Work

_WHY_NOT: Mapping[type[BaseException], object] = {
    Already: _l("The counsellors hold the key already."),
    TooFew: _l("Two counsellors at least must have a key first."),
    KeyFileGone: _l("The key file is gone: what was written cannot be taken over. Call those who run the site."),
    OtherRoster: _l("The list has changed. Look at it again."),
}


@desk.errorhandler(NotEnrolled)
def _not_found(error: NotEnrolled) -> Response:
    return error_page(404)


@desk.get("/noegler")
@open_to(counsellors)
def keys() -> Response:
    """Everybody who has a key, and who of them reads."""
    with looking() as now:
        members, mode = enrolment.roster(now.session), house_mode(now.session)
    mine = next((one for one in members if one.id == me()), None)
    readers = sum(one.admitted for one in members)
    facts: dict[str, Any] = {"mode": mode, "mine": mine, "readers": readers, "fewest": FEWEST}
    return page("counselling/desk/keys.html", members=members, **facts)


@desk.route("/noegler/begynd", methods=["GET", "POST"])
@open_to(counsellors)
def found() -> AnyResponse:
    """Make the counsellors' own house key; the paper copy of it is shown once, by this answer."""
    form = typed(SeenForm)
    with looking() as now:
        members = enrolment.roster(now.session)
    if not form.is_submitted():
        return page("counselling/desk/found.html", members=members, seen=enrolment.sign_of_all(members), fewest=FEWEST)
    if not form.validate():
        abort(400)
    try:
        key = doors.found(office(), moment(), g.actor, form.seen.data)
    except tuple(_WHY_NOT) as error:
        return go_to(url_for("counselling_desk.keys"), str(_WHY_NOT[type(error)]))
    return secret("counselling/desk/paper.html", words=paper.write(key))


@desk.post("/noegler/<uuid:who>/luk-ind")
@open_to(counsellors)
def admit(who: UUID) -> AnyResponse:
    """Share the house key with a colleague, whose five words were compared."""
    form = typed(SeenForm)
    if not form.validate():
        abort(400)
    with mailbox() as (now, box):
        if _member(enrolment.roster(now.session), who).sign != form.seen.data:
            said = gettext("The five words have changed. Compare them again.")
        else:
            said = _admitted(now, box, who)
    return go_to(url_for("counselling_desk.keys"), said)


@desk.route("/noegler/<uuid:who>/fjern", methods=["GET", "POST"])
@open_to(counsellors)
def remove(who: UUID) -> AnyResponse:
    """Take somebody out: the others get a new house key, and every mailbox is locked."""
    if request.method in SAFE_METHODS:
        with looking() as now:
            members = enrolment.roster(now.session)
        member, left = _member(members, who), sum(one.admitted for one in members if one.id != who)
        can = not member.admitted or left >= FEWEST
        return page("counselling/desk/remove.html", member=member, can=can)
    try:
        with mailbox() as (now, box):
            roster.remove(now, box, who)
    except TooFew:
        return go_to(url_for("counselling_desk.remove", who=who))
    office().cut_log()
    return go_to(url_for("counselling_desk.keys"), gettext("Your colleague is taken out. Every mailbox is locked."))


@desk.route("/noegler/papir", methods=["GET", "POST"])
@open_to(counsellors)
def renew_paper() -> AnyResponse:
    """A new paper copy, shown once by this answer; the old one opens nothing any more."""
    if request.method in SAFE_METHODS:
        return page("counselling/desk/renew_paper.html")
    try:
        with mailbox() as (now, box):
            key = roster.renew_paper(now, box)
    except NotFounded:
        return go_to(url_for("counselling_desk.keys"))
    office().cut_log()
    return secret("counselling/desk/paper.html", words=paper.write(key))


def _admitted(now: Work, box: Unlocked, who: UUID) -> str:
    try:
        roster.admit(now, box, who)
    except NotFounded:
        return str(gettext("The counsellors have no key yet."))
    return str(gettext("Your colleague can read now."))


def _member(members: Sequence[Member], who: UUID) -> Member:
    found = next((one for one in members if one.id == who), None)
    if found is None:
        raise NotEnrolled
    return found
