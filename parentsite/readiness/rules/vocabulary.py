"""The journey's words: documents, what they say of school, what is asked of the daycare, and what a yes is for."""

from enum import StrEnum, auto

from parentsite.readiness.rules.moves import Moves


class DocumentKind(StrEnum):
    """The description of every child before school (the note), and the separate assessment in doubt or when parents
    ask (§ 29 a, by L 30 of 2023-24): two documents, never one.
    """

    DESCRIPTION = auto()
    ASSESSMENT = auto()


class Readiness(StrEnum):
    """Whether the daycare finds the child ready for school (skoleparat)."""

    READY = auto()
    IN_DOUBT = auto()
    NOT_READY = auto()


READINESS = "readiness?"
"""The place of that answer among the texts of the areas: no area's code has such a sign in it."""


class ReceiverKind(StrEnum):
    """Whom a consent names: a school, or an after-school care (BFO)."""

    SCHOOL = auto()
    AFTER_SCHOOL = auto()


class Allowed(StrEnum):
    """What a yes is for: that the receiver reads the document, or that the daycare talks with the receiver about it."""

    READING = auto()
    TALKING = auto()


class Reason(StrEnum):
    """Why somebody at the receiver opens a document: the short list that the audit keeps."""

    FIRST_DAYS = auto()
    CLASSES = auto()
    SUPPORT = auto()


class CorrectionState(StrEnum):
    """What became of a parent's request for a correction; `LAPSED` when the child left before there was an answer."""

    OPEN = auto()
    CORRECTED = auto()
    KEPT = auto()
    LAPSED = auto()


class RequestState(StrEnum):
    """What became of a parent's request for an assessment."""

    OPEN = auto()
    WRITTEN = auto()
    TAKEN_BACK = auto()


CORRECTION = Moves(
    "correction_request",
    {
        CorrectionState.OPEN: frozenset({CorrectionState.CORRECTED, CorrectionState.KEPT, CorrectionState.LAPSED}),
        CorrectionState.CORRECTED: frozenset(),
        CorrectionState.KEPT: frozenset(),
        CorrectionState.LAPSED: frozenset(),
    },
)
REQUEST = Moves(
    "assessment_request",
    {
        RequestState.OPEN: frozenset({RequestState.WRITTEN, RequestState.TAKEN_BACK}),
        RequestState.WRITTEN: frozenset(),
        RequestState.TAKEN_BACK: frozenset(),
    },
)
