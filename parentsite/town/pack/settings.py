"""Reading the settings: every one of them must be there, each as `{ value, source, as_of }`."""

from collections.abc import Callable
from typing import TypeVar

from parentsite.town.pack.table import Table
from parentsite.town.pack.values import provenance
from parentsite.town.settings import (
    SITE_ONLY,
    Criterion,
    GroupSettings,
    GuaranteeEffect,
    GuaranteeScope,
    LetterSettings,
    Notice,
    ReadinessSettings,
    SchoolStart,
    SeniorityBase,
    Setting,
    Timely,
    TimelyKind,
    TownSettings,
    VisitSettings,
    YearDay,
)

V = TypeVar("V")
_LATEST_DAY = 28
_LONGEST_MARGIN = 28
_LONGEST_RESTART = 12
_SCHOOL_MONTHS = 72
_YEAR = 365
_LONGEST_KEPT = 5 * _YEAR
_LONGEST_PROOF = 10 * _YEAR
"""What no pack means to go beyond: a slip is told with its line, before a journey's rules meet it."""


def read_settings(root: Table) -> TownSettings:
    """The table `[settings]`."""
    table = root.table("settings")
    return TownSettings(
        right_from_weeks=_setting(table, "right_from_weeks", _at_most(26)),
        grace_weeks=_setting(table, "grace_weeks", _at_most(4)),
        cap_months=_setting(table, "cap_months", _at_most(3)),
        timely=_setting(table, "timely", _timely),
        answer_days=_setting(table, "answer_days", _up_to(_YEAR)),
        waiting_list_order=_setting(table, "waiting_list_order", _order),
        seniority_base=_setting(table, "seniority_base", lambda t: t.choice("value", SeniorityBase)),
        guarantee_scope=_setting(table, "guarantee_scope", lambda t: t.choice("value", GuaranteeScope)),
        guarantee_after_no=_setting(table, "guarantee_after_no", _effect),
        guarantee_after_silence=_setting(table, "guarantee_after_silence", _effect),
        guarantee_restart_months=_restart_months(table),
        notice=_setting(table, "notice", _notice),
        expected_reply_days=_setting(table, "expected_reply_days", _from_one),
        older_group_from_months=_setting(table, "older_group_from_months", _up_to(_SCHOOL_MONTHS)),
        language_assessment_months=_setting(table, "language_assessment_months", _up_to(_SCHOOL_MONTHS)),
        part_time_hours=_setting(table, "part_time_hours", _from_one),
        draft_keep_days=_setting(table, "draft_keep_days", _up_to(_YEAR)),
        due_date_horizon_days=_setting(table, "due_date_horizon_days", _up_to(_YEAR)),
        visits=_visit_settings(table),
        groups=_group_settings(table),
        readiness=_readiness_settings(table),
        letters=_letter_settings(table),
    )


def _visit_settings(table: Table) -> VisitSettings:
    return VisitSettings(
        visit_minutes=_setting(table, "visit_minutes", _from_one),
        visit_travel_minutes=_setting(table, "visit_travel_minutes", _from_zero),
        visit_margin_days=_setting(table, "visit_margin_days", _at_most(_LONGEST_MARGIN)),
        visit_cancel_hours=_setting(table, "visit_cancel_hours", _from_zero),
        visit_hold_minutes=_setting(table, "visit_hold_minutes", _from_one),
        visit_silence_days=_setting(table, "visit_silence_days", _from_one),
        visit_reply_days=_setting(table, "visit_reply_days", _from_one),
        visit_keep_days=_setting(table, "visit_keep_days", _from_one),
    )


def _group_settings(table: Table) -> GroupSettings:
    return GroupSettings(
        group_offer_hours=_setting(table, "group_offer_hours", _from_one),
        group_size=_setting(table, "group_size", _from_two),
        group_birth_weeks=_setting(table, "group_birth_weeks", _from_one),
    )


def _readiness_settings(table: Table) -> ReadinessSettings:
    settings = ReadinessSettings(
        consent_days=_setting(table, "consent_days", _up_to(_YEAR)),
        consent_after_start_days=_setting(table, "consent_after_start_days", _at_most(_YEAR)),
        consent_reminder_days=_setting(table, "consent_reminder_days", _up_to(_YEAR)),
        document_keep_days=_setting(table, "document_keep_days", _up_to(_LONGEST_KEPT)),
        consent_proof_days=_setting(table, "consent_proof_days", _up_to(_LONGEST_PROOF)),
        school_start=_setting(table, "school_start", _school_start),
        after_school_start=_setting(table, "after_school_start", _year_day),
    )
    is_told = "document_keep_days" in table and "consent_after_start_days" in table
    if is_told and settings.document_keep_days.value < settings.consent_after_start_days.value:
        table.wrong("document_keep_days", "must not be fewer than consent_after_start_days: so long it may be read")
    return settings


def _letter_settings(table: Table) -> LetterSettings:
    settings = LetterSettings(
        letter_reopen_days=_setting(table, "letter_reopen_days", _up_to(_YEAR)),
        letter_quiet_days=_setting(table, "letter_quiet_days", _up_to(_YEAR)),
        letter_keep_days=_setting(table, "letter_keep_days", _up_to(_LONGEST_KEPT)),
    )
    if "letter_keep_days" in table and settings.letter_keep_days.value < settings.letter_reopen_days.value:
        table.wrong("letter_keep_days", "must not be fewer than letter_reopen_days: what can be opened again is kept")
    return settings


def _setting(settings: Table, name: str, read: Callable[[Table], V]) -> Setting[V]:
    table = settings.table(name)
    return Setting(value=read(table), promises=name not in SITE_ONLY, **provenance(table))


def _at_most(limit: int) -> Callable[[Table], int]:
    """Where it is the law's limit, a pack may be kinder (dagtilbudsloven § 23(3); the order, § 3(3)), never harsher."""
    return lambda table: table.integer("value", most=limit)


def _up_to(limit: int) -> Callable[[Table], int]:
    return lambda table: table.integer("value", least=1, most=limit)


def _from_zero(table: Table) -> int:
    return table.integer("value")


def _from_one(table: Table) -> int:
    return table.integer("value", least=1)


def _from_two(table: Table) -> int:
    return table.integer("value", least=2)


def _timely(table: Table) -> Timely:
    value = table.table("value")
    return Timely(value.choice("kind", TimelyKind), value.integer("amount", most=_YEAR))


def _school_start(table: Table) -> SchoolStart:
    value = table.table("value")
    return SchoolStart(
        age=value.integer("age", least=4, most=8),
        month=value.integer("month", least=1, most=12),
        day=value.integer("day", least=1, most=_LATEST_DAY),
    )


def _year_day(table: Table) -> YearDay:
    value = table.table("value")
    return YearDay(value.integer("month", least=1, most=12), value.integer("day", least=1, most=_LATEST_DAY))


def _order(table: Table) -> tuple[Criterion, ...]:
    """Seniority must be in it: within the town's guidelines the law gives places by it (§ 27(1))."""
    written = table.items("value", str)
    unknown = [name for name in written if name not in list(Criterion)]
    if unknown or len(set(written)) < len(written) or Criterion.SENIORITY not in written:
        table.wrong("value", f"must list some of {', '.join(Criterion)}, each once, and seniority among them")
        return (Criterion.SENIORITY,)
    return tuple(map(Criterion, written))


def _effect(table: Table) -> GuaranteeEffect:
    return table.choice("value", GuaranteeEffect)


def _restart_months(settings: Table) -> Setting[int] | None:
    written = (settings.values.get(name) for name in ("guarantee_after_no", "guarantee_after_silence"))
    restarts = any(isinstance(s, dict) and s.get("value") == GuaranteeEffect.RESTARTS for s in written)
    if restarts:
        return _setting(settings, "guarantee_restart_months", _at_most(_LONGEST_RESTART))
    if settings.find("guarantee_restart_months", dict) is not None:
        settings.wrong("guarantee_restart_months", "goes with a guarantee that restarts")
    return None


def _days_of_month(table: Table, key: str) -> tuple[int, ...]:
    days = table.items(key, int)
    if not days or list(days) != sorted({day for day in days if 1 <= day <= _LATEST_DAY}):
        table.wrong(key, f"must list days of the month from 1 to {_LATEST_DAY}, each once and in order")
    return days


def _notice(table: Table) -> Notice:
    value = table.table("value")
    return Notice(value.integer("months"), _days_of_month(value, "to_days"))
