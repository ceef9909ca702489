"""A page for paper as an answer: a tagged PDF to keep, under a name that tells of nobody."""

from typing import Any

from flask import Response

from parentsite.foundation.pdf import CONTENT_TYPE, pdf
from parentsite.foundation.web.pages import render
from parentsite.foundation.web.saved import ALONE, to_save
from parentsite.foundation.web.transactions import settle

MOST_PAPERS = "120 per minute"
"""From one network address: each takes 0.2 s of a processor."""


def paper(template: str, name: str, **facts: Any) -> Response:
    """The PDF of a template that extends `paper.html`, to be saved as `name`."""
    html = render(template, **facts)
    # All is read: the database does not wait for the typesetter.
    settle(commit=True)
    return to_save(pdf(html), CONTENT_TYPE, f"{name}.pdf", ALONE)
