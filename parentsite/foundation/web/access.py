"""Closed by default: each endpoint declares who may enter, and an undeclared one lets nobody in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from parentsite.foundation.work import Actor, ActorKind

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Policy:
    """Who may enter: anyone, or a signed-in kind of actor; staff with at least one of `roles` (none named: all
    staff).
    """

    kind: ActorKind | None
    roles: frozenset[str] = frozenset()

    def admits(self, actor: Actor) -> bool:
        """Whether this actor may enter. What the actor may then see is decided further in."""
        if self.kind is None:
            return True
        return actor.kind is self.kind and (not self.roles or bool(self.roles & actor.roles))


anyone = Policy(None)
parents = Policy(ActorKind.PARENT)


def staff(*roles: str) -> Policy:
    """Staff signed in with the town's own login, holding one of the roles."""
    return Policy(ActorKind.STAFF, frozenset(roles))


def open_to(policy: Policy) -> Callable[[View], View]:
    """Declare who may enter a view; stands nearest the function, below its routes."""

    def declare(view: View) -> View:
        view.open_to = policy  # type: ignore[attr-defined]
        return view

    return declare


def policy_of(view: Callable[..., Any]) -> Policy | None:
    """The declared policy, or none: then the answer is 403."""
    return getattr(view, "open_to", None)


def harmless_when_signed_out(view: View) -> View:
    """Declare that an unsafe view changes nothing for a visitor without a session: such a one needs no token."""
    view.harmless_when_signed_out = True  # type: ignore[attr-defined]
    return view


def takes_files(view: View) -> View:
    """Declare that the view's form carries a file: what is sent may be as large as a file is."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def may_carry_files(view: Callable[..., Any]) -> bool:
    """Whether a request to the view may be so large."""
    return getattr(view, "takes_files", False)


def needs_token(view: Callable[..., Any], is_signed_out: bool) -> bool:
    """Whether an unsafe request to the view has to prove that its form was ours."""
    return not (is_signed_out and getattr(view, "harmless_when_signed_out", False))


def counts_from_old_pages(view: View) -> View:
    """Declare that a press means the same on a page left open from an earlier session: a form of ours is enough, made
    for whatever session.
    """
    view.counts_from_old_pages = True  # type: ignore[attr-defined]
    return view


def takes_old_pages(view: Callable[..., Any]) -> bool:
    """Whether a form made for another session of this browser is carried out too."""
    return getattr(view, "counts_from_old_pages", False)


def gives_back_what_was_typed(view: View) -> View:
    """Declare that the view's page shows what was saved from a form sent too late (`forms.typed` reads it)."""
    view.gives_back = True  # type: ignore[attr-defined]
    return view


def gives_back(view: Callable[..., Any]) -> bool:
    """Whether text saved for the view's form would be seen again; else there is no use in keeping it."""
    return getattr(view, "gives_back", False)


def keeps_what_was_typed(keep: Callable[[UUID], bool]) -> Callable[[View], View]:
    """Declare that the journey itself keeps a form sent too late, sealed as it seals the rest, and gives it back.

    `keep` is told the person that the form was made for, and says whether it did.
    """

    def declare(view: View) -> View:
        view.keeps = keep  # type: ignore[attr-defined]
        return view

    return declare


def keeper_of(view: Callable[..., Any]) -> Callable[[UUID], bool] | None:
    """What keeps the view's form when it comes too late, if the journey has its own."""
    return getattr(view, "keeps", None)
