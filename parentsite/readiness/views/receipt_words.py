"""What the parents' pages and files call a question, an answer, and how an answer stands: nowhere else."""

from flask_babel import gettext

from parentsite.consent.rules import Answer
from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind
from parentsite.readiness.service.receipts import Now


def what_for(kind: DocumentKind, allowed: Allowed) -> str:
    """What the receiver may do."""
    match kind, allowed:
        case DocumentKind.DESCRIPTION, Allowed.READING:
            text = gettext("Read the description (beskrivelse)")
        case DocumentKind.DESCRIPTION, _:
            text = gettext("Hear from the daycare about the description (beskrivelse)")
        case _, Allowed.READING:
            text = gettext("Read the assessment (skoleparathedsvurdering)")
        case _:
            text = gettext("Hear from the daycare about the assessment (skoleparathedsvurdering)")
    return str(text)


def said(answer: Answer) -> str:
    """Yes, no, or taken back."""
    return str({"yes": gettext("Yes"), "no": gettext("No"), "withdrawn": gettext("Taken back")}[answer])


def stands(now: Now) -> str:
    """How the answer stands today."""
    words = {
        Now.HOLDS: gettext("Counts now"),
        Now.ENDED: gettext("Has ended by itself"),
        Now.TAKEN_BACK: gettext("Taken back"),
        Now.REPLACED: gettext("You have answered anew since"),
    }
    return str(words[now])
