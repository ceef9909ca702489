"""Reading the open anonymous counselling."""

from parentsite.foundation.i18n import LANGUAGES
from parentsite.town.counselling import OpenCounselling
from parentsite.town.pack.table import Table
from parentsite.town.pack.values import fact, hours_or_none

_LONGEST_AHEAD = 60


def read_counselling(root: Table) -> OpenCounselling | None:
    """The table `[counselling]`, if the town has one."""
    table = root.table_or_none("counselling")
    if table is None:
        return None
    around = fact(table)
    hours = hours_or_none(table, "hours", around)
    if hours is None:
        table.wrong("hours", "is missing")
    languages = table.items("languages", str)
    if not languages or any(code not in LANGUAGES for code in languages):
        table.wrong("languages", f"must list some of {', '.join(LANGUAGES)}")
    return OpenCounselling(
        hours=hours.rows if hours else (),
        minutes=table.integer("minutes", least=5),
        days_ahead=table.integer("days_ahead", least=1, most=_LONGEST_AHEAD),
        answer_days=table.integer("answer_days", least=1),
        languages=languages,
        source=around.source,
        as_of=around.as_of,
    )
