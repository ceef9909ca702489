"""The groups there are: my own places first, then what fits each child; and one group, which one press joins."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.language import language
from parentsite.foundation.web.pages import REFUSED, go_to, page
from parentsite.foundation.web.transactions import look, work
from parentsite.groups.forms import JoinForm
from parentsite.groups.rules.fitting import Fit
from parentsite.groups.rules.membership import MemberState
from parentsite.groups.rules.naming import Where, names_kind
from parentsite.groups.service import sharing
from parentsite.groups.service.errors import ChildHasSeat, GroupClosed, NotFound
from parentsite.groups.service.finding import OfferedGroup, dates_of, groups_of, is_there
from parentsite.groups.service.gate import children_seen
from parentsite.groups.service.inside import own_places
from parentsite.groups.service.joining import join
from parentsite.groups.service.overview import next_meetings
from parentsite.groups.views.blueprint import mit, my_policy
from parentsite.people.children import ChildView
from parentsite.people.contact import contact_of
from parentsite.town.groups import GroupForm

GONE = 410
ORDER = (MemberState.OFFERED, MemberState.JOINED, MemberState.WAITING)
"""What waits for an answer stands first."""


class Refusal(StrEnum):
    """Why nobody joined; the page says it in words."""

    CLOSED = auto()
    SEAT = auto()


@dataclass(frozen=True)
class Shelf:
    """What there is for a child, or for several that the same groups suit: in their part of town, and in others."""

    children: tuple[ChildView, ...]
    near: Sequence[OfferedGroup]
    elsewhere: Sequence[OfferedGroup]


@dataclass(frozen=True)
class Found:
    """One group, and the children that it is for, among those I may come with."""

    one: OfferedGroup
    children: Sequence[ChildView]


@mit.get("")
@open_to(parents)
def front() -> Response:
    """My places, and the groups that can be joined: nothing is hidden, and nobody is put anywhere."""
    return _front()


@mit.route("/<uuid:chosen>", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def group(chosen: UUID) -> AnyResponse:
    """What the others will see of me, and then the one button."""
    found = _found(chosen)
    if found is None:
        return _front(Refusal.CLOSED, GONE)
    form = _form(found)
    if form.is_submitted() and form.validate() and form.is_meant(sharing.VERSION):
        try:
            return _join(form, found)
        except GroupClosed:
            return _front(Refusal.CLOSED, GONE)
        except ChildHasSeat:
            return _group(found, form, Refusal.SEAT)
    if found.one.place and not form.is_submitted():
        return go_to(url_for("groups.place", member=found.one.place[0]))
    return _group(found, form)


def _front(refusal: Refusal | None = None, status: int = 200) -> Response:
    now = work()
    children = children_seen(now, me())
    places = sorted(own_places(now, me()), key=lambda one: ORDER.index(one.state))
    free = [[one for one in found if one.place is None] for found in groups_of(now, me(), children)]
    suit = {one.id for found in free for one in found if one.fit is not Fit.OTHER_AGE}
    facts: dict[str, Any] = {
        "places": places,
        "next_meetings": next_meetings(now, places),
        "names": {child.id: child for child in children},
        "shelves": _shelves(children, free),
        "others": [one for one in (free[0] if free else ()) if one.id not in suit],
        "refusal": refusal,
        "now": now.now,
    }
    return page("groups/front.html", status=status, **facts)


def _shelves(children: Sequence[ChildView], free: Sequence[Sequence[OfferedGroup]]) -> list[Shelf]:
    """Twins are not shown the same groups twice."""
    shelves: dict[Any, Shelf] = {}
    for child, found in zip(children, free, strict=True):
        near, elsewhere = ([one for one in found if one.fit is fit] for fit in (Fit.FITS, Fit.OTHER_DISTRICT))
        same = frozenset(one.id for one in near), frozenset(one.id for one in elsewhere)
        before = shelves[same].children if same in shelves else ()
        shelves[same] = Shelf((*before, child), near, elsewhere)
    return list(shelves.values())


def _found(group_id: UUID) -> Found | None:
    """None when it cannot be joined any more, and where my place in it is hidden from me. Raises `NotFound`."""
    with look() as now:
        children = children_seen(now, me())
        if not children or not is_there(now, group_id):
            raise NotFound(group_id)
        told = [next((one for one in found if one.id == group_id), None) for found in groups_of(now, me(), children)]
        mine = told[0].place if told[0] else None
        is_hidden = mine is not None and mine[0] not in {one.id for one in own_places(now, me())}
    if told[0] is None or is_hidden:
        return None
    fits = [child for child, one in zip(children, told, strict=True) if one and one.fit is not Fit.OTHER_AGE]
    return Found(min((one for one in told if one), key=lambda one: one.fit), fits)


def _form(found: Found) -> JoinForm:
    only = str(found.children[0].id) if len(found.children) == 1 else None
    form = typed(JoinForm, data={"child": only})
    form.child.choices = [str(child.id) for child in found.children]
    return form


def _join(form: JoinForm, found: Found) -> AnyResponse:
    child, of = UUID(form.child.data), found.one.id
    place = join(work(), me(), child, of, shares_phone=form.phone.data, language=language().code)
    if place.state is MemberState.JOINED:
        said = gettext("You have a place in the group.")
    elif found.one.kind.form is GroupForm.OPEN:
        said = gettext("Call us before you come.")
    else:
        said = gettext("There was no free place, so you stand in line.")
    return go_to(url_for("groups.place", member=place.member_id), said=said)


def _group(found: Found, form: JoinForm, refusal: Refusal | None = None) -> Response:
    facts: dict[str, Any] = {
        "one": found.one,
        "dates": dates_of(work(), found.one.id),
        "children": found.children,
        "form": form,
        "refusal": refusal,
        "is_named": names_kind(Where.TITLE, is_sensitive=found.one.kind.is_sensitive),
        "my_phone": contact_of(work(), me()).phone,
        "phone_words": sharing.VERSION,
        "policy": my_policy(),
    }
    return page("groups/group.html", status=REFUSED if form.is_submitted() else 200, **facts)
