"""Reading what a parent comes with, and whom to call about a worry; both name what the pack says elsewhere."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from parentsite.town.directory import HelpNumber, Service
from parentsite.town.help import Concern, HelpTopic
from parentsite.town.offers import SpecialOffer
from parentsite.town.pack.table import Table
from parentsite.town.pack.values import phone_or_none, provenance

N = TypeVar("N")


def read_help_topics(
    root: Table, services: Sequence[Service], numbers: Sequence[HelpNumber], offers: Sequence[SpecialOffer]
) -> tuple[HelpTopic, ...]:
    """Every `[[help_topics]]`, in the order in which the page shows them; a town may have none."""
    by_code = {service.code.value: service for service in services}
    by_number = {number.phone.digits: number for number in numbers}
    by_offer = {offer.code: offer for offer in offers}
    return tuple(
        HelpTopic(
            name=table.text("name"),
            text=table.text("text"),
            services=_named(table, "services", by_code),
            numbers=_named(table, "numbers", by_number),
            offers=_named(table, "offers", by_offer),
            **provenance(table),
        )
        for table in root.tables("help_topics")
    )


def read_concern(root: Table, numbers: Sequence[HelpNumber]) -> Concern | None:
    """The table `[concern]`, if the town has told whom to call."""
    table = root.table_or_none("concern")
    if table is None:
        return None
    by_day, otherwise = _number(table, "by_day", numbers), _number(table, "otherwise", numbers)
    anonymous, then = table.text("anonymous"), table.text("then")
    stated = provenance(table)
    if by_day is None or otherwise is None:
        return None
    return Concern(by_day=by_day, otherwise=otherwise, anonymous=anonymous, then=then, **stated)


def _named(table: Table, key: str, known: Mapping[str, N]) -> tuple[N, ...]:
    """What a list of codes, or of phone numbers, names."""
    found = [(written, known.get(written.replace(" ", ""))) for written in table.items(key, str)]
    for written, one in found:
        if one is None:
            table.wrong(key, f"names {written!r}, which the pack does not have")
    return tuple(one for _, one in found if one is not None)


def _number(table: Table, key: str, numbers: Sequence[HelpNumber]) -> HelpNumber | None:
    phone = phone_or_none(table, key)
    number = next((number for number in numbers if number.phone == phone), None)
    if number is None:
        table.wrong(key, "must be one of the help_numbers")
    return number
