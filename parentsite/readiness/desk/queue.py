"""What waits for a pedagogue: corrections that parents ask for, and the assessment when they want it."""

from datetime import timedelta

from parentsite.foundation.journey import QueueItem
from parentsite.foundation.work import Work
from parentsite.readiness.service import requests
from parentsite.readiness.service.facts import PEDAGOGUE

ANSWER_WITHIN = timedelta(weeks=4)
"""Never more than the month in which a request to correct must be answered (GDPR art. 12,3 and 16)."""


def queue(work: Work) -> list[QueueItem]:
    """As the desk's front page lists it."""
    waits, to = requests.waiting(work), "readiness_desk.pupils"
    found = []
    if waits.corrections and waits.since:
        facts, due = {"count": waits.corrections}, waits.since + ANSWER_WITHIN
        found.append(QueueItem(PEDAGOGUE, "readiness/desk/_corrections_wait.html", to, facts, due))
    if waits.assessments:
        facts = {"count": waits.assessments}
        found.append(QueueItem(PEDAGOGUE, "readiness/desk/_assessments_wait.html", to, facts))
    return found
