"""`parentsite counselling …`: who may read the anonymous conversations, from a shell of the host.

Each phrase, and the paper key, is printed once and kept nowhere: its owner should sit at the keyboard.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import click

from parentsite.counselling.keys.slot import Busy
from parentsite.counselling.office import Office
from parentsite.counselling.rules import paper
from parentsite.counselling.rules.phrase import Mistyped, parse
from parentsite.counselling.service import enrolment, roster, unlocking
from parentsite.counselling.service.unlocking import Unlocked
from parentsite.foundation.clock import Clock
from parentsite.foundation.work import SYSTEM, Actor, ActorKind, Work

_TOLD = {
    roster.TooFew: "Two counsellors at least must hold the house key.",
    enrolment.Already: "That has been done before.",
    enrolment.NotEnrolled: "Nobody by this id has a key: enrol them first.",
    roster.NotFounded: "The counsellors have no house key yet: found it first.",
    roster.KeyFileGone: "The embedded key's file is gone: the conversations under it cannot be taken over.",
    roster.WrongPaper: "These words are another house's key.",
    unlocking.WrongPhrase: "This is not their phrase.",
    unlocking.NotAdmitted: "They hold no house key.",
    Busy: "The site is making other keys: try again.",
    Mistyped: "The words are mistyped.",
}


@dataclass(frozen=True)
class Desk:
    """What the commands work on."""

    office: Office
    clock: Clock

    @contextmanager
    def work(self, actor: Actor = SYSTEM) -> Iterator[Work]:
        """One transaction; what is refused is told in a sentence."""
        try:
            with self.office.database.write() as session:
                yield Work(session, self.clock.now(), actor)
        except tuple(_TOLD) as error:
            raise click.ClickException(next(told for kind, told in _TOLD.items() if isinstance(error, kind))) from error


Opened = Callable[[], Desk]


@click.command("roster")
@click.pass_obj
def roster_(opened: Opened) -> None:
    """Say who holds the house key, and who is enrolled; the five words are the sign of each key."""
    desk = opened()
    click.echo(f"the house key is held by: {desk.office.house_mode()}")
    with desk.office.database.read() as session:
        for member in enrolment.roster(session):
            click.echo(f"{member.id}  {member.name}  {'reads' if member.admitted else 'enrolled'}  {member.sign}")


@click.command()
@click.argument("who", type=click.UUID)
@click.argument("name")
@click.pass_obj
def enrol(opened: Opened, who: UUID, name: str) -> None:
    """Give the member of staff WHO a key of their own, and print its phrase once."""
    desk = opened()
    prepared = enrolment.prepare(desk.office.derivation)
    with desk.work() as work:
        enrolment.enrol(work, who, name, prepared)
    click.echo(" ".join(prepared.phrase.words))


@click.command()
@click.pass_obj
def found(opened: Opened) -> None:
    """Make the house key, held by all who are enrolled (two at least), and print its paper copy once."""
    desk = opened()
    with desk.work() as work:
        key = roster.found(work, desk.office.embedded_secret())
    desk.office.forget_embedded()
    desk.office.cut_log()
    click.echo(" ".join(paper.write(key)))


@click.command()
@click.argument("who", type=click.UUID)
@click.option("--by", type=click.UUID, help="The counsellor who admits; without it the paper copy is asked for.")
@click.pass_obj
def admit(opened: Opened, who: UUID, by: UUID | None) -> None:
    """Let WHO, who is enrolled, read. Compare the five words of the roster with them first."""
    _with_house_key(opened(), by, lambda work, house: roster.admit(work, house, who))


@click.command()
@click.argument("who", type=click.UUID)
@click.option("--by", type=click.UUID, help="The counsellor who removes; without it the paper copy is asked for.")
@click.pass_obj
def remove(opened: Opened, who: UUID, by: UUID | None) -> None:
    """Take WHO out, and make a new house key for the others."""
    desk = opened()
    _with_house_key(desk, by, lambda work, house: roster.remove(work, house, who))
    desk.office.cut_log()


def commands(opened: Opened) -> click.Group:
    """The commands; the office is opened when one of them runs."""
    return click.Group(
        "counselling",
        commands=[roster_, enrol, found, admit, remove],
        help="Who may read the anonymous conversations.",
        context_settings={"obj": opened},
    )


def _with_house_key(desk: Desk, by: UUID | None, do: Callable[[Work, Unlocked], None]) -> None:
    """Do what needs the house key, by a counsellor's phrase or by the paper copy, typed unseen."""
    typed = click.prompt("Paper copy" if by is None else "Phrase", hide_input=True)
    with desk.work(SYSTEM if by is None else Actor(ActorKind.STAFF, by)) as work:
        house = roster.recover(work, paper.read(typed)) if by is None else _by_phrase(desk, work, by, typed)
        do(work, house)


def _by_phrase(desk: Desk, work: Work, by: UUID, typed: str) -> Unlocked:
    wrapping = desk.office.derivation.wrapping_key(parse(typed), unlocking.salt_of(work.session, by))
    return unlocking.opened(work, wrapping)
