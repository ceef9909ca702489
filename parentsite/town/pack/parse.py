"""From a document to a `Town`."""

import hashlib
import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from typing import TypedDict

from parentsite.foundation.i18n import LANGUAGES
from parentsite.town.directory import HelpNumber, Service
from parentsite.town.documents import Area, DocumentTemplate
from parentsite.town.facilities import District, Facility, FacilityKind
from parentsite.town.help import Concern, HelpTopic
from parentsite.town.letterbox import LetterTeam, LetterTemplate
from parentsite.town.offers import SpecialOffer
from parentsite.town.pack.book import Book
from parentsite.town.pack.counselling import read_counselling
from parentsite.town.pack.directory import (
    read_criteria,
    read_help_numbers,
    read_passages,
    read_routes,
    read_services,
)
from parentsite.town.pack.documents import read_areas, read_templates
from parentsite.town.pack.facilities import (
    read_districts,
    read_facilities,
)
from parentsite.town.pack.groups import read_group_kinds
from parentsite.town.pack.help import read_concern, read_help_topics
from parentsite.town.pack.letterbox import read_letter_teams, read_letter_templates
from parentsite.town.pack.offers import read_private_institutions, read_special_offers
from parentsite.town.pack.prices import read_closing_days, read_price_items, read_price_lists
from parentsite.town.pack.problems import PackError, Problem
from parentsite.town.pack.schools import read_schools
from parentsite.town.pack.settings import read_settings
from parentsite.town.pack.table import Table
from parentsite.town.pack.values import read_sources, url_or_none
from parentsite.town.pack.visits import read_visit_plans
from parentsite.town.town import Town


def digest_of(document: str) -> str:
    """What two packs are told apart by: SHA-256 of the document."""
    return hashlib.sha256(document.encode()).hexdigest()


def parse_pack(document: str, languages: Collection[str] = tuple(LANGUAGES)) -> Town:
    """Read and check a whole pack; raises `PackError` with every problem at once."""
    try:
        values = tomllib.loads(document)
    except tomllib.TOMLDecodeError as error:
        raise PackError((_syntax_problem(error, document),)) from error
    book = Book(languages)
    root = Table(book, (), values)
    read_sources(root)
    town = _read(root, digest_of(document))
    book.finish(document)
    return town


def _read(root: Table, digest: str) -> Town:
    districts = read_districts(root)
    facilities = read_facilities(root, frozenset(district.code for district in districts))
    items = read_price_items(root)
    settings = read_settings(root)
    offers = read_special_offers(root, _houses(facilities))
    helpers = _who_helps(root, districts, offers)
    return Town(
        digest=digest,
        **_identity(root.table("town")),
        sources=root.book.sources,
        districts=districts,
        facilities=facilities,
        private_institutions=read_private_institutions(root),
        special_offers=offers,
        **helpers,
        counselling=read_counselling(root),
        price_items=items,
        price_lists=read_price_lists(root, frozenset(item.code for item in items)),
        closing_days=read_closing_days(root),
        routes=read_routes(root),
        criteria=read_criteria(root, settings.waiting_list_order.value),
        passages=read_passages(root),
        visit_plans=read_visit_plans(root),
        group_kinds=read_group_kinds(root),
        receivers=read_schools(root, districts),
        **_documents(root),
        **_letterbox(root, helpers["services"]),
        settings=settings,
    )


class _Identity(TypedDict):
    name: str
    authority: str
    code: str
    website: str


def _identity(about: Table) -> _Identity:
    return {
        "name": about.string("name"),
        "authority": about.string("authority"),
        "code": about.string("code"),
        "website": url_or_none(about, "website") or about.string("website"),
    }


class _WhoHelps(TypedDict):
    services: tuple[Service, ...]
    help_numbers: tuple[HelpNumber, ...]
    help_topics: tuple[HelpTopic, ...]
    concern: Concern | None


def _who_helps(root: Table, districts: Sequence[District], offers: Sequence[SpecialOffer]) -> _WhoHelps:
    services, numbers = read_services(root, districts), read_help_numbers(root)
    return {
        "services": services,
        "help_numbers": numbers,
        "help_topics": read_help_topics(root, services, numbers, offers),
        "concern": read_concern(root, numbers),
    }


class _Documents(TypedDict):
    areas: tuple[Area, ...]
    document_templates: tuple[DocumentTemplate, ...]


def _documents(root: Table) -> _Documents:
    areas = read_areas(root)
    return {"areas": areas, "document_templates": read_templates(root, frozenset(area.code for area in areas))}


class _Letterbox(TypedDict):
    letter_teams: tuple[LetterTeam, ...]
    letter_templates: tuple[LetterTemplate, ...]


def _letterbox(root: Table, services: Sequence[Service]) -> _Letterbox:
    teams = read_letter_teams(root, services)
    codes = frozenset(team.code for team in teams)
    return {"letter_teams": teams, "letter_templates": read_letter_templates(root, codes)}


def _houses(facilities: Iterable[Facility]) -> frozenset[str]:
    return frozenset(facility.code for facility in facilities if facility.kind is FacilityKind.HOUSE)


def _syntax_problem(error: tomllib.TOMLDecodeError, document: str) -> Problem:
    message, _, place = str(error).rpartition(" (at ")
    found = re.match(r"line (\d+)", place)
    return Problem(int(found[1]) if found else document.count("\n") + 1, "", message or str(error))
