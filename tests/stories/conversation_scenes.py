"""The anonymous conversation: every page of the zone, and those who have written there."""

from collections.abc import Mapping

from parentsite.app import office_of
from parentsite.counselling.office import Office
from parentsite.counselling.service import conversation, doors, sessions, talks
from parentsite.counselling.service.tokens import Token
from parentsite.foundation.work import ANONYMOUS, Work
from parentsite.town.service import current_town
from tests.counselling.people import TEXT
from tests.stories.kinds import SEND, Scene
from tests.stories.running import RunningSite


def talk(name: str, endpoint: str, path: str, who: str = "writer", **more: object) -> Scene:
    return Scene(f"samtale-{name}", f"counselling.{endpoint}", f"/samtale/{{lang}}/{path}", who, **more)  # type: ignore[arg-type]


CONVERSATION = (
    talk("front", "front", "", ""),
    talk("front-refused", "front", "", "", press=SEND, status=422),
    talk("back", "back", "tilbage", ""),
    talk("back-refused", "back", "tilbage", "", fill=(("#phrase", "kanel xxxx"),), press=SEND, status=422),
    talk("words", "phrase", "ord", "beginner"),
    talk("inside", "inside", "samtale"),
    talk("inside-new", "inside", "samtale", "beginner"),
    talk("inside-asked", "inside", "samtale", fill=(("#text", "Ring 20304050"),), press=SEND, status=422),
    talk("change", "change", "nye-ord"),
    talk("delete", "delete", "slet"),
    talk("time", "time", "tid"),
    talk("time-refused", "time", "tid", press=SEND, status=422),
    talk("time-taken", "time", "tid", "booked"),
)


def talkers(town: RunningSite) -> Mapping[str, Token]:
    """Somebody inside, somebody who has not written the words down yet, and somebody with a time to talk."""
    office = office_of(town.settings, town.clock)
    beginner, writer, booked = (doors.begin(office, town.clock.now(), TEXT).token for _ in range(3))
    for token in (writer, booked):
        with office.database.write() as session:
            work = Work(session, town.clock.now(), ANONYMOUS)
            sessions.confirm(work, sessions.enter(work, token))
    _take_time(office, town, booked)
    office.database.dispose()
    return {"beginner": beginner, "writer": writer, "booked": booked}


def _take_time(office: Office, town: RunningSite, token: Token) -> None:
    with town.look() as session:
        pack = current_town(session)
    with office.database.write() as session:
        work = Work(session, town.clock.now(), ANONYMOUS)
        free = talks.free_times(work, pack)
        conversation.take_time(work, sessions.enter(work, token), free[0], pack)
