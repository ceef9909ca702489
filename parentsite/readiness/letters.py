"""The journey's letters. An e-mail says that there is news and leads to it after sign-in; it never says which document.

Each asks the gate when it is sent: who may not read about the child any more is not written to.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from parentsite.foundation.journey import BuildLetter
from parentsite.foundation.work import Work
from parentsite.readiness.rules.naming import SLUGS
from parentsite.readiness.service import news, reminding
from parentsite.readiness.service.news import Where


def about_version(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the version that was published."""
    return _to(news.version_published(work, receiver, UUID(ids["version"])))


def about_request(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the version that the request is about: the answer stands there."""
    return _to(news.version_asked_about(work, receiver, UUID(ids["request"])))


def consent_asked(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the questions, while one is unanswered."""
    child = UUID(ids["child"])
    return {"path": f"skolestart/{child}/samtykke"} if reminding.must_answer(work, receiver, child) else None


def _to(where: Where | None) -> Mapping[str, Any] | None:
    return {"path": f"skolestart/{where.child_id}/{SLUGS[where.kind]}/{where.number}"} if where else None


LETTERS: Mapping[str, BuildLetter] = {
    "published": about_version,
    "answered": about_request,
    "consent_asked": consent_asked,
}
