"""What the parents' pages and files call a question: nowhere else."""

from flask_babel import gettext

from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind


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
