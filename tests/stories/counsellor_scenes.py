"""The counsellors' desk: every page of it, and those who hold the key, wait for it, or have none."""

from collections.abc import Mapping
from uuid import UUID

from parentsite.app import office_of
from parentsite.counselling.service import conversation, doors, mailbox, sessions, unlocking
from parentsite.counselling.service.tokens import Token
from parentsite.foundation.work import ANONYMOUS, Actor, ActorKind, Work
from tests import builders
from tests.counselling.desks import ANSWER
from tests.counselling.people import TEXT
from tests.stories.kinds import SEND, Scene, desk
from tests.stories.running import Keyholder, RunningSite

LONG = "Kæreste forældre-i-nattens-mulm-og-mørke-og-alle-de-andre-steder " * 12
KEYS = "samtaler/noegler"


def box(name: str, endpoint: str, path: str, who: str = "keyholder", **more: object) -> Scene:
    return desk(f"samtaler-{name}", f"counselling_desk.{endpoint}", path, who, **more)


COUNSELLORS_DESK = (
    desk("samtaler-front-door", "desk.front", "", "keyholder"),
    box("list", "conversations", "samtaler"),
    box("list-closed", "conversations", "samtaler?state=closed"),
    box("list-refused", "conversations", "samtaler", press="#close .button", status=422),
    box("thread", "thread", "samtaler/samtale/{talked}"),
    box("thread-waiting", "thread", "samtaler/samtale/{long}"),
    box("thread-refused", "thread", "samtaler/samtale/{talked}", press="#answer .button.primary", status=422),
    box("thread-gone", "thread", "samtaler/samtale/findes-ikke", status=404),
    box("times", "times", "samtaler/tider"),
    box("unlock", "unlock", "samtaler", "locked"),
    box("unlock-refused", "unlock", "samtaler/laas-op", "locked", press=SEND, status=422),
    box("unlock-waiting", "unlock", "samtaler/laas-op", "waiting_counsellor"),
    box("unlock-no-key", "unlock", "samtaler/laas-op", "new_counsellor"),
    box("keys", "keys", KEYS),
    box("keys-new", "keys", KEYS, "new_counsellor"),
    box("enrol", "enrol", f"{KEYS}/ny", "new_counsellor"),
    box("enrol-refused", "enrol", f"{KEYS}/ny", "new_counsellor", press=SEND, status=422),
    box("words", "enrol", f"{KEYS}/ny", "newest_counsellor", fill=(("#name", "Ida Holm"),), press=SEND),
    box("rephrase", "rephrase", f"{KEYS}/nye-ord"),
    box("rephrase-refused", "rephrase", f"{KEYS}/nye-ord", press=SEND, status=422),
    box("lost", "start_over", f"{KEYS}/mistet"),
    box("take-over", "take_over", f"{KEYS}/gendan"),
    box("take-over-refused", "take_over", f"{KEYS}/gendan", press=SEND, status=422),
    box("found", "found", f"{KEYS}/begynd"),
    box("remove", "remove", f"{KEYS}/{{colleague}}/fjern"),
    box("paper-renewed", "renew_paper", f"{KEYS}/papir"),
    box("paper", "renew_paper", f"{KEYS}/papir", press=SEND),
)


def counsellors(town: RunningSite) -> tuple[Mapping[str, Actor | Keyholder], UUID, dict[str, str]]:
    """Those who come to the desk, the id of a colleague, and the conversations that stand there."""
    holder, colleague = town.keyholders
    assert colleague.actor.id
    people: dict[str, Actor | Keyholder] = {"keyholder": holder, "locked": colleague.actor}
    with town.work() as work:
        for who in ("waiting_counsellor", "new_counsellor", "newest_counsellor"):
            people[who] = Actor(ActorKind.STAFF, builders.clerk(work), frozenset({"counsellor"}))
    office, now = office_of(town.settings, town.clock), town.clock.now()
    waiting = people["waiting_counsellor"]
    assert isinstance(waiting, Actor)
    assert waiting.id
    doors.enrol(office, now, waiting, waiting.id, "Ditte Kjær-Vestergaard Christensen")
    talked, closed, long = (_begun(town, text) for text in (TEXT, TEXT, LONG))
    token = Token.new()
    doors.unlock_mailbox(office, now, holder.actor, holder.words, token)
    with office.database.write() as session:
        work = Work(session, now, holder.actor)
        opened = unlocking.unlocked(work, token)
        mailbox.answer(work, opened, talked, ANSWER, read=1)
        mailbox.close(work, opened, {closed: 1})
    office.database.dispose()
    return people, colleague.actor.id, {"talked": talked, "long": long}


def _begun(town: RunningSite, text: str) -> str:
    """Somebody writes; by which two words the desk knows it."""
    office = office_of(town.settings, town.clock)
    begun = doors.begin(office, town.clock.now(), text)
    with office.database.read() as session:
        work = Work(session, town.clock.now(), ANONYMOUS)
        inside = sessions.enter(work, begun.token)
        designation = conversation.read(work, inside).designation
    office.database.dispose()
    return designation
