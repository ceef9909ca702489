"""Descriptions before school in bulk, each with a yes from every custody holder: what a school may read."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from parentsite.consent.models import ConsentChain, ConsentReceipt
from parentsite.consent.rules import Answer, Subject
from parentsite.foundation.sealed import keyring_of
from parentsite.foundation.work import ActorKind, Work
from parentsite.people.models import Attendance, StaffMember
from parentsite.readiness.models import VERSION_READINESS, VERSION_TEXT, DocumentVersion, SchoolDocument, VersionText
from parentsite.readiness.policy import template_for
from parentsite.readiness.rules.vocabulary import READINESS, Allowed, DocumentKind, Readiness, ReceiverKind
from parentsite.readiness.service.allowing import Switch
from parentsite.readiness.service.facts import Office, purpose_of
from parentsite.readiness.service.gate import digest_of, place_of
from parentsite.town.service import current_town
from tests.bench.rows import Household, Rows

AGE = 2_100
"""Days: the spring before school."""
WORDS = "Barnet leger gerne med de andre, og det er nysgerrigt. Det øver sig i at vente på tur. " * 4
YEAR = timedelta(days=365)
READ = purpose_of(DocumentKind.DESCRIPTION, Allowed.READING)


@dataclass(frozen=True)
class School:
    """The school that reads, and the daycare that writes."""

    kind: str
    code: str
    name: str
    district: str
    house: str


class Schools:
    """Writes the rows of descriptions and consents. (The receipts' links are not reckoned: nobody proves them here.)"""

    def __init__(self, work: Work, rows: Rows) -> None:
        town = current_town(work.session)
        self._rows, self._keyring, self._today = rows, keyring_of(work.session), work.today
        self._template = template_for(town, DocumentKind.DESCRIPTION, work.today)
        districts = {house.district: house for house in town.facilities}
        one = next(one for one in town.receivers if one.district in districts)
        house = districts[one.district]
        self.school = School(one.kind.value, one.code, one.name, str(one.district), house.code)
        self._pedagogue = rows.random_id()
        told = {"issuer": "https://staff.example", "subject": self._pedagogue.hex, "seen_on": self._today}
        rows.add(StaffMember, id=self._pedagogue, name="Peter", **told)

    def readable(self) -> tuple[UUID, UUID]:
        """A parent and a child whose description the school may read."""
        home, child = self._described()
        self._yes(home, child)
        return home.adults[0], child

    def asked(self) -> tuple[UUID, UUID]:
        """A parent who has yet to answer about the description of a child, and the child."""
        home, child = self._described()
        return home.adults[0], child

    def question(self, allowed: Allowed) -> str:
        """What a form calls the question about the description and this school."""
        office = Office(ReceiverKind(self.school.kind), self.school.code)
        return Switch(DocumentKind.DESCRIPTION, allowed, office).key

    def _described(self) -> tuple[Household, UUID]:
        home = self._rows.household(adults=2, district=self.school.district)
        child = home.child(AGE).id
        since = self._today - timedelta(days=900)
        self._rows.add(Attendance, id=self._rows.random_id(), child_id=child, facility=self.school.house, since=since)
        self._description(child)
        return home, child

    def _description(self, child: UUID) -> None:
        document, version = self._rows.random_id(), self._rows.random_id()
        self._rows.add(SchoolDocument, id=document, child_id=child, kind=DocumentKind.DESCRIPTION.value, versions=1)
        said = Readiness.READY.value
        self._rows.add(
            DocumentVersion,
            id=version,
            document_id=document,
            number=1,
            facility=self.school.house,
            template=self._template.code,
            readiness=self._keyring.seal(said, VERSION_READINESS),
            digest=digest_of(self._keyring, place_of(version, READINESS), said),
            published_by=self._pedagogue,
            published_at=self._noon,
        )
        for area in self._template.areas:
            text, digest = (
                self._keyring.seal(WORDS, VERSION_TEXT),
                digest_of(self._keyring, place_of(version, area), WORDS),
            )
            self._rows.add(VersionText, version_id=version, area=area, text=text, digest=digest)

    def _yes(self, home: Household, child: UUID) -> None:
        subject, many = Subject.CHILD.value, len(home.adults)
        self._rows.add(ConsentChain, about=child, subject=subject, length=many, link=child.hex)
        for number, adult in enumerate(home.adults, start=1):
            self._rows.add(
                ConsentReceipt,
                id=self._rows.random_id(),
                about=child,
                number=number,
                giver_id=adult,
                purpose=READ,
                receiver_kind=self.school.kind,
                receiver=self.school.code,
                receiver_name=self.school.name,
                text=READ,
                text_version=1,
                language="da",
                answer=Answer.YES.value,
                until=self._today + YEAR,
                said_at=self._noon,
                recorded_by=ActorKind.PARENT.value,
                link=child.hex,
            )

    @property
    def _noon(self) -> datetime:
        return datetime.combine(self._today, time(11), tzinfo=UTC)
