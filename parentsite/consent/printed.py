"""The form on which somebody signs a consent: the words of the version that the signature will stand for, in the
signer's language and in Danish, which binds.
"""

from collections.abc import Sequence
from typing import Any

from flask import Response, abort

from parentsite.foundation.i18n import DANISH, LANGUAGES, Language
from parentsite.foundation.web.pages import page, part


def form_to_sign(written: str, question: str, terms: str | None = None, **facts: Any) -> Response:
    """A page to print, `written` in that language of the site; 404 for any other. `question` is the template of one
    question, `terms` of what is read before all of them; `facts` are what both know.
    """
    if written not in LANGUAGES:
        abort(404)
    spoken = [LANGUAGES[written]] if written == DANISH.code else [LANGUAGES[written], DANISH]

    def say(template: str, **more: Any) -> Sequence[tuple[Language, Any]]:
        return [(one, part(one, template, **facts, **more)) for one in spoken]

    return page("consent/desk/form.html", say=say, question=question, terms=terms, **facts)
