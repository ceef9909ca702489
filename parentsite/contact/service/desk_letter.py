"""One letter at the desk, with all that it holds; who shows it leaves an entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from parentsite.contact.rules.sight import View
from parentsite.contact.service.attaching import file_of
from parentsite.contact.service.conversation import Conversation, conversation_in
from parentsite.contact.service.desk_gate import at_desk
from parentsite.contact.service.desk_lists import Waiting, listed
from parentsite.contact.service.gate import seen_by
from parentsite.foundation.files import CleanFile
from parentsite.foundation.work import Work
from parentsite.people.casework import names_of
from parentsite.people.visibility import Facet, sight_of


@dataclass(frozen=True)
class DeskLetter:
    """One letter at the desk. `readers` are the parents who see it, the writer first; `is_kept_apart` when the writer
    may not know where the child is, or when: then the answer must not tell.
    """

    head: Waiting
    messages: int
    place: str | None
    is_shared: bool
    is_kept_apart: bool
    readers: Sequence[UUID]
    names: dict[UUID, str]
    conversation: Conversation


def desk_letter(work: Work, letter_id: UUID) -> DeskLetter:
    """One letter, for those whose team it was written to; who shows it leaves an entry. Raises `NotFound`."""
    row = at_desk(work, letter_id)
    (head,) = listed(work, [row])
    sight = sight_of(work.session, row.person_id, row.child_id, work.today) if row.child_id else None
    conversation, views = conversation_in(work, letter_id), seen_by(work, row)
    people = {*views, row.person_id, *(one.person for one in conversation.messages if one.person)}
    return DeskLetter(
        head=head,
        messages=row.messages,
        place=row.place,
        is_shared=row.shared_at is not None,
        is_kept_apart=row.child_id is not None and not (sight and sight.sees(Facet.PLACE, Facet.TIME)),
        readers=sorted(views, key=lambda one: views[one] is not View.WRITER),
        names=dict(names_of(work.session, people)),
        conversation=conversation,
    )


def desk_file(work: Work, letter_id: UUID, attachment: UUID) -> CleanFile:
    """A file that came with a letter; who shows it leaves an entry. Raises `NotFound`."""
    at_desk(work, letter_id)
    return file_of(work, letter_id, attachment)
