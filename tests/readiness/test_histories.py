"""Two pedagogues write, in whatever order: nothing seen is overwritten unseen, and no version ever changes."""

from dataclasses import dataclass, field
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.readiness.rules.vocabulary import Readiness
from parentsite.readiness.service import drafting, publishing, reading
from parentsite.readiness.service.drafting import Draft
from parentsite.readiness.service.errors import ChangedMeanwhile, NotFound, Unfinished
from tests.databases import MOMENT
from tests.readiness.scene import DESCRIPTION, Scene, pedagogue, scene

TYPERS = st.sampled_from(["Peter", "Maja"])
TEXTS = st.sampled_from(["", " ", "Leger.", "Leger godt.", "Taler."])


@dataclass
class Reference:
    """What stands in the draft and in each version, kept in the plainest way."""

    areas: dict[str, str] = field(default_factory=dict)
    readiness: Readiness | None = None
    changes: int = 0
    versions: list[tuple[Readiness, dict[str, str]]] = field(default_factory=list)


class Writing(RuleBasedStateMachine):
    """One child and one document; each typer has the page of the draft as it was when last looked at."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(self.database.engine, info={"keyring": self.database.keyring})
        self.seen: dict[str, tuple[Draft, int]] = {}
        self.reference = Reference()

    @initialize()
    def a_child(self) -> None:
        self.of: Scene = scene(Work(self.session, MOMENT, SYSTEM), holders=1)

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()

    @property
    def work(self) -> Work:
        return pedagogue(Work(self.session, MOMENT, SYSTEM), self.of)

    @rule(typer=TYPERS)
    def looks(self, typer: str) -> None:
        """Opens the draft, which begins it from the last version when there is none."""
        draft = drafting.read(self.work, drafting.begin(self.work, self.of.child, DESCRIPTION))
        if self.reference.versions and not self.reference.areas:
            self.reference.areas = dict(self.reference.versions[-1][1])
        if not self.reference.areas:
            self.reference.areas = dict.fromkeys(draft.areas, "")
        assert {area: one.text for area, one in draft.areas.items()} == self.reference.areas
        assert draft.readiness == self.reference.readiness
        self.seen[typer] = (draft, self.reference.changes)

    @rule(typer=TYPERS, number=st.integers(0, 1), text=TEXTS)
    def types(self, typer: str, number: int, text: str) -> None:
        if typer not in self.seen:
            return
        draft, _ = self.seen[typer]
        area = list(draft.areas)[number]
        try:
            with self.session.begin_nested():
                drafting.save_area(self.work, draft.id, area, text, draft.areas[area].revision)
        except NotFound:
            assert draft.id in self.published()
        except ChangedMeanwhile:
            now = drafting.read(self.work, draft.id)
            assert now.areas[area].revision > draft.areas[area].revision
        else:
            assert self.reference.areas[area] == draft.areas[area].text
            self.reference.areas[area] = text
            self.reference.changes += 1
            self.looks(typer)

    @rule(typer=TYPERS, readiness=st.sampled_from(Readiness))
    def says(self, typer: str, readiness: Readiness) -> None:
        if typer in self.seen and self.seen[typer][0].id not in self.published():
            drafting.save_readiness(self.work, self.seen[typer][0].id, readiness)
            self.reference.readiness = readiness
            self.reference.changes += 1
            self.looks(typer)

    @rule(typer=TYPERS)
    def fills_in_what_is_empty(self, typer: str) -> None:
        """Or little would ever be published."""
        self.looks(typer)
        for number, text in enumerate(self.reference.areas.values()):
            if not text.strip():
                self.types(typer, number, f"Skrevet {len(self.reference.versions)}.")
        self.says(typer, Readiness.IN_DOUBT)

    @rule(typer=TYPERS)
    def publishes(self, typer: str) -> None:
        if typer not in self.seen:
            return
        draft, changes = self.seen[typer]
        before = self.published()
        try:
            with self.session.begin_nested():
                number = publishing.publish(self.work, draft.id, draft.revision)
        except ChangedMeanwhile:
            assert changes != self.reference.changes
        except Unfinished:
            assert self.reference.readiness is None or not all(map(str.strip, self.reference.areas.values()))
        else:
            if draft.id in before:
                assert number == before.index(draft.id) + 1
                return
            assert changes == self.reference.changes
            assert self.reference.readiness is not None
            self.reference.versions.append((self.reference.readiness, dict(self.reference.areas)))
            self.reference.areas, self.reference.readiness = {}, None
            assert number == len(self.reference.versions)

    def published(self) -> list[UUID]:
        """The versions, the first one first."""
        anne, child = self.of.holders[0], self.of.child
        numbers = range(1, len(self.reference.versions) + 1)
        return [reading.version(self.work, anne, child, DESCRIPTION, number).id for number in numbers]

    @invariant()
    def every_version_says_what_was_published(self) -> None:
        if not hasattr(self, "of"):
            return
        anne, child = self.of.holders[0], self.of.child
        assert len(reading.published(self.work, anne, child)) == len(self.reference.versions)
        for number, (readiness, texts) in enumerate(self.reference.versions, start=1):
            version = reading.version(self.work, anne, child, DESCRIPTION, number)
            assert (version.readiness, dict(version.texts)) == (readiness, texts)


def test_any_history_of_writing(database: Database) -> None:
    machine = type("WritingHere", (Writing,), {"database": database})
    calm = settings(max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=calm)
