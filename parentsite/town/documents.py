"""What daycare writes about a child before school, in areas; a new template is a new one beside the older ones."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from parentsite.town.facts import Fact, Text


class DocumentKind(StrEnum):
    """The description of every child; the separate assessment in doubt or when parents ask (§ 29 a): never merged."""

    DESCRIPTION = "description"
    ASSESSMENT = "assessment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Fact):
    """One area that is written about; `text` says in a sentence what belongs there."""

    code: str
    name: Text = field(hash=False)
    text: Text = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTemplate(Fact):
    """The areas of a document in their order, for what is begun on `valid_from` or later; what stands keeps its own."""

    code: str
    kind: DocumentKind
    valid_from: date
    areas: tuple[str, ...]
