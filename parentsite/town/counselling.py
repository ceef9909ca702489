"""The open anonymous counselling: when it is open, how long a talk lasts, how fast and in which languages."""

from dataclasses import dataclass

from parentsite.town.facts import DayHours, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCounselling(Fact):
    """What the town promises to whoever asks without a name; a town without it has no such part in its pack."""

    hours: tuple[DayHours, ...]
    minutes: int
    """How long one talk lasts."""
    days_ahead: int
    """How many days ahead a time can be taken."""
    answer_days: int
    """Working days within which a written message is answered."""
    languages: tuple[str, ...]
    """What the counsellors read and answer, as codes of the site's languages."""
