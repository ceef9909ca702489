"""Small things that every journey's pages need: who asks, and a key that makes a form count once."""

from uuid import UUID

from flask import abort, g

from parentsite.foundation.database import new_id


def me() -> UUID:
    """The signed-in person; only called where the access policy has let somebody in."""
    actor = g.actor
    if actor.id is None:
        abort(401)
    person: UUID = actor.id
    return person


def fresh_key() -> str:
    """A key for a form that must count once however often it is sent."""
    return str(new_id())


def key_of(text: str | None) -> UUID:
    """The key that a form brings back; a form without one is not ours."""
    try:
        return UUID(text or "")
    except ValueError:
        abort(400)
