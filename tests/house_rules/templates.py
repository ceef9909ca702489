"""The templates, read as the template engine reads them."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from parentsite.foundation.resources import TEMPLATES

PARSER = Environment(trim_blocks=True, lstrip_blocks=True)
NOT_OF_THE_SITE = "demo/"
"""The demo's sign-in provider is a stranger: it speaks for itself, in two languages at once."""


@cache
def names() -> tuple[str, ...]:
    """Every template of the site, by its name below the folder."""
    found = (
        path.relative_to(TEMPLATES).as_posix()
        for path in sorted(TEMPLATES.rglob("*"))
        if path.suffix in {".html", ".txt"}
    )
    return tuple(name for name in found if not name.startswith(NOT_OF_THE_SITE))


def source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> nodes.Template:
    return PARSER.parse(source(name), name)


def data(node: nodes.Node) -> list[nodes.TemplateData]:
    """What stands outside `{{ }}` and `{% %}`, in order."""
    return list(node.find_all(nodes.TemplateData))


def markup(name: str) -> str:
    """The template's own HTML with everything computed left out."""
    return "".join(piece.data for piece in data(tree(name)))


def stem(name: str) -> str:
    return Path(name).stem
