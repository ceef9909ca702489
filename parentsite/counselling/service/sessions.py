"""A parent's session: 20 minutes without use, 60 at most, ended on the server when the page is left.

The thread, its key and (until it is written down) the phrase are sealed under the cookie's token: whoever reads the
database sees that somebody is inside, not where. A phrase that was changed ends every session that came in by it.
"""

from dataclasses import dataclass, replace

from sqlalchemy import delete, select, update

from parentsite.counselling.keys.sealing import KEY_BYTES, DoesNotOpen, bound, seal, unseal
from parentsite.counselling.models import MailboxSession, OpenSession, Thread
from parentsite.counselling.rules.keeping import idle_until, is_over, lives_until, step_of
from parentsite.counselling.rules.phrase import BYTES, Phrase
from parentsite.counselling.service.tokens import Token
from parentsite.foundation.database import change
from parentsite.foundation.work import Work

THREAD_ID_BYTES = 16
_NO_PHRASE = bytes(BYTES)


class Ended(Exception):
    """There is no such session any more: left, too long idle, or its conversation is gone."""


@dataclass(frozen=True, repr=False)
class Inside:
    """A parent inside a conversation: `phrase` until it is written down, `used_until` the step to be marked on."""

    token: Token
    thread: bytes
    key: bytes
    lookup: bytes
    phrase: Phrase | None
    used_until: int

    def needs_mark(self, work: Work) -> bool:
        """Whether the last use is long enough ago to be written down again."""
        return idle_until(work.now) > self.used_until


def begin_session(work: Work, thread: Thread, key: bytes, phrase: Phrase | None) -> Token:
    """Let a browser in. `phrase` is kept until `confirm` when it is new and has to be written down."""
    inside = Inside(Token.new(), thread.id, key, thread.lookup, phrase, idle_until(work.now))
    work.session.add(
        OpenSession(
            token_hash=inside.token.hash,
            sealed=_sealed(inside),
            idle_until=inside.used_until,
            ends=lives_until(work.now),
        )
    )
    work.session.flush()
    return inside.token


def enter(work: Work, token: Token) -> Inside:
    """Who comes with this cookie. Raises `Ended`."""
    row = work.session.get(OpenSession, token.hash)
    if row is None or step_of(work.now) > min(row.idle_until, row.ends):
        raise Ended
    inside = _opened(token, row)
    thread = work.session.execute(
        select(Thread.visited_on, Thread.closed_on).where(Thread.id == inside.thread, Thread.lookup == inside.lookup)
    ).one_or_none()
    if thread is None or is_over(thread.visited_on, thread.closed_on, work.today):
        raise Ended
    return inside


def mark_used(work: Work, inside: Inside) -> None:
    """The session was used now, and so the conversation was visited today."""
    used = update(OpenSession).where(OpenSession.token_hash == inside.token.hash)
    change(work.session, used.values(idle_until=idle_until(work.now)))
    change(work.session, update(Thread).where(Thread.id == inside.thread).values(visited_on=work.today))


def keep(work: Work, inside: Inside) -> Inside:
    """Seal anew what a session knows."""
    row = update(OpenSession).where(OpenSession.token_hash == inside.token.hash)
    change(work.session, row.values(sealed=_sealed(inside)))
    return inside


def confirm(work: Work, inside: Inside) -> Inside:
    """The phrase is written down: it is never shown again."""
    return keep(work, replace(inside, phrase=None))


def leave(work: Work, token: Token) -> None:
    """End the session on the server; a cookie that stands for none is no trouble."""
    change(work.session, delete(OpenSession).where(OpenSession.token_hash == token.hash))


def forget_ended(work: Work) -> None:
    """Delete what has ended by itself, of parents and of counsellors."""
    step = step_of(work.now)
    for kind in (OpenSession, MailboxSession):
        change(work.session, delete(kind).where((kind.idle_until < step) | (kind.ends < step)))


def _sealed(inside: Inside) -> bytes:
    phrase = inside.phrase.as_bytes if inside.phrase else _NO_PHRASE
    return seal(inside.token.key, inside.thread + inside.key + inside.lookup + phrase, _place(inside.token))


def _opened(token: Token, row: OpenSession) -> Inside:
    try:
        plain = unseal(token.key, row.sealed, _place(token))
    except DoesNotOpen as error:
        raise Ended from error
    ends = (THREAD_ID_BYTES, THREAD_ID_BYTES + KEY_BYTES, THREAD_ID_BYTES + 2 * KEY_BYTES)
    thread, key, lookup, phrase = plain[: ends[0]], plain[ends[0] : ends[1]], plain[ends[1] : ends[2]], plain[ends[2] :]
    return Inside(token, thread, key, lookup, Phrase.from_bytes(phrase) if any(phrase) else None, row.idle_until)


def _place(token: Token) -> bytes:
    return bound("session", token.hash)
