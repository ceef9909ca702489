"""Languages, their catalogues, and how days and numbers are written in each."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property, lru_cache
from gettext import NullTranslations

from babel.dates import format_date, format_skeleton, format_time, get_datetime_format, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.support import Translations

from parentsite.foundation.clock import COPENHAGEN
from parentsite.foundation.resources import TRANSLATIONS

NO_BREAK = "\N{NO-BREAK SPACE}"
_BESIDE_A_NUMBER = re.compile(r"(?<=[\d.]) | (?=\d)")


def N_(message: str) -> str:
    """Marks a message for the catalogues; it is translated where it is shown."""
    return message


DAY_AND_TIME = N_("%(day)s at %(time)s")


@dataclass(frozen=True)
class Language:
    """A language of the site: `name` is in the language itself, `dir` the writing direction, `locale` Babel's name."""

    code: str
    name: str
    locale: str
    dir: str = "ltr"

    @cached_property
    def catalogue(self) -> NullTranslations:
        """The compiled catalogue; English is the source and needs none."""
        return Translations.load(TRANSLATIONS, [self.code]) if self.code != "en" else NullTranslations()

    @property
    def gettext(self) -> Callable[[str], str]:
        return self.catalogue.gettext

    @property
    def ngettext(self) -> Callable[[str, str, int], str]:
        return self.catalogue.ngettext

    def long_date(self, day: date) -> str:
        """Weekday, day, month and year in words."""
        return _date(day, "full", self.locale)

    def day(self, day: date) -> str:
        """Day, month and year in words."""
        return _date(day, "long", self.locale)

    def month(self, day: date) -> str:
        """Month and year in words."""
        return str(format_skeleton("yMMMM", day, locale=self.locale))

    def moment(self, moment: datetime) -> str:
        """Day and time of day in Denmark."""
        return _moment(moment.astimezone(COPENHAGEN).replace(second=0, microsecond=0), self.locale)

    def long_moment(self, moment: datetime) -> str:
        """Weekday, day and time of day in Denmark."""
        day = self.long_date(moment.astimezone(COPENHAGEN).date())
        return self.gettext(DAY_AND_TIME) % {"day": day, "time": self.time_of_day(moment)}

    def time_of_day(self, moment: datetime) -> str:
        """Hours and minutes in Denmark."""
        return _time(moment.astimezone(COPENHAGEN).time().replace(second=0, microsecond=0), self.locale)

    def weekday(self, number: int) -> str:
        """The name of a weekday by its ISO number (Monday is 1)."""
        return str(get_day_names("wide", locale=self.locale)[number - 1])

    def number(self, number: int | float) -> str:
        return _number(number, self.locale)

    def listed(self, numbers: Iterable[int]) -> str:
        """Numbers in a sentence: 1, 8 and 15."""
        return str(format_list([self.number(number) for number in numbers], locale=self.locale))

    def words(self, text: Mapping[str, str]) -> str:
        """A town pack's text in this language."""
        return text.get(self.code) or text[DANISH.code]


DANISH = Language("da", "Dansk", "da")
LANGUAGES = {
    language.code: language
    for language in (
        DANISH,
        Language("en", "English", "en_GB"),
        Language("ar", "العربية", "ar", "rtl"),
    )
}


@lru_cache(maxsize=4096)
def _date(day: date, form: str, locale: str) -> str:
    return _BESIDE_A_NUMBER.sub(NO_BREAK, format_date(day, form, locale=locale))


@lru_cache(maxsize=4096)
def _moment(local: datetime, locale: str) -> str:
    pattern = str(get_datetime_format("medium", locale=locale)).replace("'", "")
    return pattern.format(_time(local.time(), locale), _date(local.date(), "long", locale))


@lru_cache(maxsize=4096)
def _time(local: time, locale: str) -> str:
    return str(format_time(local, "short", locale=locale))


@lru_cache(maxsize=4096)
def _number(number: int | float, locale: str) -> str:
    return format_decimal(number, locale=locale)
