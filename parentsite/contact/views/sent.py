"""A message as its form has sent it."""

from uuid import UUID

from parentsite.contact.forms import MessageForm, SharedForm
from parentsite.contact.service.words import Words, id_of
from parentsite.contact.service.writing import Written
from parentsite.foundation.web.language import language


def written(form: MessageForm, once: UUID) -> Written:
    """What was typed, in the language of the page."""
    files = (form.file.data,) if form.file.data else ()
    words = Words(form.text.data, language().code)
    chosen = (form.shared.data,) if isinstance(form, SharedForm) else ()
    return Written(id_of(once, words, files, *chosen), words, files)
