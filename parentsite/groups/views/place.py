"""One's own place: in a group, in its line, or offered; and what has become of one that ended."""

from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import OTHER_WORDS, AnswerForm, typed
from parentsite.foundation.web.language import language
from parentsite.foundation.web.pages import REFUSED, go_to, page
from parentsite.foundation.web.transactions import work
from parentsite.groups.forms import PhoneForm
from parentsite.groups.rules.membership import LIVE, MemberState
from parentsite.groups.rules.naming import Where, names_kind
from parentsite.groups.service import joining, sharing
from parentsite.groups.service.errors import OfferGone
from parentsite.groups.service.finding import dates_of, groups_for
from parentsite.groups.service.inside import inside
from parentsite.groups.service.overview import Standing, standing
from parentsite.groups.views.blueprint import mit, my_policy
from parentsite.people.children import child_for
from parentsite.people.contact import contact_of


@mit.route("/plads/<uuid:member>", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def place(member: UUID) -> AnyResponse:
    """The place and all that can be done with it; sent, it takes the place that is offered."""
    form = typed(PhoneForm)
    if form.is_submitted() and form.is_meant(sharing.VERSION):
        try:
            joining.accept(work(), me(), member, shares_phone=form.phone.data, language=language().code)
        except OfferGone:
            return _show(member, form, is_gone=True)
        return go_to(_url(member), said=gettext("You have a place in the group."))
    return _show(member, form)


@mit.route("/plads/<uuid:member>/forlad", methods=["GET", "POST"])
@open_to(parents)
def leave(member: UUID) -> AnyResponse:
    """Leave, say no, or stand in line no longer: what follows is said first."""
    if request.method == "POST":
        return go_to(url_for("groups.front"), said=_left(joining.leave(work(), me(), member)))
    found = standing(work(), me(), member)
    if found.place.state not in LIVE:
        return go_to(_url(member))
    return page("groups/leave.html", **_facts(found))


@mit.post("/plads/<uuid:member>/telefon")
@open_to(parents)
def share(member: UUID) -> AnyResponse:
    """The other members may see my phone number."""
    if typed(AnswerForm).read.data != str(sharing.VERSION):
        standing(work(), me(), member)  # refuses who has no such place
        return go_to(_url(member), said=str(OTHER_WORDS))
    sharing.share_phone(work(), me(), member, language=language().code)
    return go_to(_url(member), said=gettext("The members can see your phone number now."))


@mit.post("/plads/<uuid:member>/telefon/stop")
@open_to(parents)
def stop_sharing(member: UUID) -> AnyResponse:
    """Nobody sees it any more."""
    sharing.stop_sharing(work(), me(), member)
    return go_to(_url(member), said=gettext("Nobody in the group can see your phone number any more."))


def _left(was: MemberState) -> str:
    match was:
        case MemberState.WAITING:
            said = gettext("You stand in line no longer.")
        case MemberState.OFFERED:
            said = gettext("You have said no to the place.")
        case _:
            said = gettext("You have left the group.")
    return str(said)


def _url(member: UUID) -> str:
    return url_for("groups.place", member=member)


def _show(member: UUID, form: PhoneForm, *, is_gone: bool = False) -> Response:
    found, status = standing(work(), me(), member), REFUSED if form.is_submitted() else 200
    facts = _facts(found) | {"form": form, "is_gone": is_gone, "my_phone": contact_of(work(), me()).phone}
    match found.place.state:
        case MemberState.JOINED:
            facts |= {"group": inside(work(), me(), member), "shared_since": sharing.shared_since(work(), me(), member)}
            return page("groups/joined.html", status=status, **facts)
        case MemberState.OFFERED | MemberState.WAITING:
            offered = groups_for(work(), me(), found.place.child_id)
            facts["dates"] = dates_of(work(), found.place.group_id)
            facts["one"] = next((one for one in offered if one.id == found.place.group_id), None)
            return page("groups/in_line.html", status=status, **facts)
        case _:
            return page("groups/ended.html", status=status, **facts)


def _facts(found: Standing) -> dict[str, Any]:
    now = work()
    return {
        "place": found.place,
        "group_state": found.group_state,
        "child": child_for(now.session, me(), found.place.child_id, now.today),
        "is_named": names_kind(Where.TITLE, is_sensitive=found.place.kind.is_sensitive),
        "policy": my_policy(),
        "phone_words": sharing.VERSION,
        "now": now.now,
    }
