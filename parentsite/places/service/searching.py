"""Cases that the placement office finds by case number, or by the child's name or personal number."""

from collections.abc import Sequence

from sqlalchemy import bindparam

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.finding import MOST, children_like
from parentsite.places.models import Application
from parentsite.places.rules.vocabulary import ApplicationState
from parentsite.places.service.lists import LINES, OfficeLine, office_line

_SENT = LINES.where(Application.state != ApplicationState.DRAFT.value)
_BY_NUMBER = _SENT.where(Application.case_number == bindparam("number"))
_OF_CHILDREN = (
    _SENT.where(Application.child_id.in_(bindparam("children", expanding=True)))
    .order_by(Application.sent_at.desc(), Application.id)
    .limit(MOST)
)


def cases_like(work: Work, words: str) -> Sequence[OfficeLine]:
    """The cases of this number; else those of the children who are called so. A draft is nobody's but its writer's."""
    rows = columns(work.session, _BY_NUMBER, {"number": words.strip().upper()}).all()
    if not rows and (children := children_like(work.session, words)):
        rows = columns(work.session, _OF_CHILDREN, {"children": [one.id for one in children]}).all()
    return [office_line(row) for row in rows]
