"""`Town`: one pack, read and checked. A value that never changes; a new pack makes a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from parentsite.town.counselling import OpenCounselling
from parentsite.town.directory import HelpNumber, Service, ServiceCode
from parentsite.town.documents import Area, DocumentKind, DocumentTemplate
from parentsite.town.facilities import District, Facility
from parentsite.town.facts import Source
from parentsite.town.groups import GroupKind
from parentsite.town.guidance import CriterionText, Passage, PassageCode, Route
from parentsite.town.help import Concern, HelpTopic
from parentsite.town.letterbox import LetterTeam, LetterTemplate
from parentsite.town.offers import PrivateInstitution, SpecialOffer
from parentsite.town.prices import ClosingDays, PriceItem, PriceList
from parentsite.town.schools import Receiver, ReceiverKind
from parentsite.town.settings import Criterion, TownSettings
from parentsite.town.visits import VisitPlan


@dataclass(frozen=True, eq=False)
class Town:
    """Everything the site knows of its town, as one pack says it; two are equal when their packs are.

    `code` is the municipality's number, `authority` its full name; price lists, visit plans and templates of documents
    stand newest first.
    """

    digest: str
    name: str
    authority: str
    code: str
    website: str
    sources: Mapping[str, Source]
    districts: tuple[District, ...]
    facilities: tuple[Facility, ...]
    private_institutions: tuple[PrivateInstitution, ...]
    special_offers: tuple[SpecialOffer, ...]
    services: tuple[Service, ...]
    help_numbers: tuple[HelpNumber, ...]
    help_topics: tuple[HelpTopic, ...]
    concern: Concern | None
    counselling: OpenCounselling | None
    price_items: tuple[PriceItem, ...]
    price_lists: tuple[PriceList, ...]
    closing_days: tuple[ClosingDays, ...]
    routes: tuple[Route, ...]
    criteria: Mapping[Criterion, CriterionText]
    passages: Mapping[PassageCode, Passage]
    visit_plans: tuple[VisitPlan, ...]
    group_kinds: tuple[GroupKind, ...]
    receivers: tuple[Receiver, ...]
    areas: tuple[Area, ...]
    document_templates: tuple[DocumentTemplate, ...]
    letter_teams: tuple[LetterTeam, ...]
    letter_templates: tuple[LetterTemplate, ...]
    settings: TownSettings

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Town) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def facility(self, code: str) -> Facility | None:
        """The facility with this code; none when this pack does not have it (any more)."""
        return next((facility for facility in self.facilities if facility.code == code), None)

    def district(self, code: str | None) -> District | None:
        """The district with this code, if there is one."""
        return next((district for district in self.districts if district.code == code), None)

    def sharing_annexe(self, facility: Facility) -> tuple[Facility, ...]:
        """The other facilities that use the same annexe."""
        if facility.annexe is None:
            return ()
        return tuple(other for other in self.facilities if other.annexe == facility.annexe and other != facility)

    def offers_at(self, facility: Facility) -> tuple[SpecialOffer, ...]:
        """The special offers that some source places in this house."""
        return tuple(offer for offer in self.special_offers if facility.code in {place.house for place in offer.places})

    def price(self, item: str) -> tuple[int, PriceList] | None:
        """The newest price that is known of an item, in kroner a month, and the list it stands in."""
        return next(((prices.kroner[item], prices) for prices in self.price_lists if item in prices.kroner), None)

    def service(self, code: ServiceCode | str) -> Service | None:
        """The service that does this work here (by its code or the code's value), if the pack knows one."""
        return next((service for service in self.services if service.code == code), None)

    @property
    def placement_office(self) -> Service:
        """The office that allots places; every pack has one."""
        return next(service for service in self.services if service.code is ServiceCode.PLACEMENT_OFFICE)

    @property
    def switchboard(self) -> str | None:
        """The number for everything else, as it is written on paper."""
        service = self.service(ServiceCode.CITIZEN_SERVICE)
        return service.phone.shown if service and service.phone else None

    def visit_plan(self, birth: date) -> VisitPlan:
        """The plan for a child born (or due) that day: a plan holds for a child from its first visit to its last."""
        return next((plan for plan in self.visit_plans if plan.born_from <= birth), self.visit_plans[-1])

    def group_kind(self, code: str) -> GroupKind | None:
        """The kind of group with this code; none when this pack does not have it (any more)."""
        return next((kind for kind in self.group_kinds if kind.code == code), None)

    def receiver(self, kind: ReceiverKind, code: str) -> Receiver | None:
        """The school or after-school care with this code; none when this pack does not have it (any more)."""
        return next((one for one in self.receivers if (one.kind, one.code) == (kind, code)), None)

    def place_name(self, code: str) -> str | None:
        """What the house, school or after-school care with this code is called; none when this pack has it no more."""
        houses = {one.code: one.name for one in self.facilities}
        return houses.get(code) or next((one.name for one in self.receivers if one.code == code), None)

    def template_for(self, kind: DocumentKind, day: date) -> DocumentTemplate:
        """The template of what is begun on a day; the oldest one for days before all."""
        of_kind = [one for one in self.document_templates if one.kind is kind]
        return next((one for one in of_kind if one.valid_from <= day), of_kind[-1])

    def document_template(self, code: str) -> DocumentTemplate | None:
        """The template with this code; none when this pack does not have it (any more)."""
        return next((one for one in self.document_templates if one.code == code), None)

    def letter_team(self, code: str) -> LetterTeam | None:
        """The team that answers letters with this code; none when this pack does not have it (any more)."""
        return next((team for team in self.letter_teams if team.code == code), None)

    def letter_templates_for(self, team: str) -> tuple[LetterTemplate, ...]:
        """The answers that a team may begin from."""
        return tuple(one for one in self.letter_templates if not one.teams or team in one.teams)

    @property
    def codes(self) -> frozenset[str]:
        """What live cases may refer to: of all this, nothing that is in use may vanish with a new pack."""
        care = {one.code for one in self.facilities} | {one.code for one in self.receivers}
        others = {one.code for one in self.districts} | {one.code for one in self.group_kinds}
        written = {one.code for one in self.areas} | {one.code for one in self.document_templates}
        return frozenset(care | others | written | {one.code for one in self.letter_teams})

    def passage(self, code: str) -> Passage:
        """The town's text with this code (a `PassageCode` or its value); ValueError for any other."""
        return self.passages[PassageCode(code)]

    @property
    def order(self) -> tuple[CriterionText, ...]:
        """The waiting list's order in words, step by step; certain only when its setting is no stand-in."""
        return tuple(self.criteria[criterion] for criterion in self.settings.waiting_list_order.value)

    def stand_ins(self) -> tuple[str, ...]:
        """What nobody has decided and parents would rely on: while there is any, production must not start."""
        settings = (name for name, one in self.settings.named().items() if one.promises and one.is_demo)
        kinds = (f"group_kinds.{kind.code}" for kind in self.group_kinds if kind.is_demo)
        counselling = ("counselling",) if self.counselling and self.counselling.is_demo else ()
        teams = (f"letter_teams.{team.code}" for team in self.letter_teams if team.is_demo)
        return (*settings, *kinds, *counselling, *teams)
