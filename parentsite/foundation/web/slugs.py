"""Values of an enum in addresses, as the Danish words that parents meet in letters."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar, cast

from flask import Blueprint
from werkzeug.routing import BaseConverter

Named = TypeVar("Named", bound=StrEnum)


def slugs_in(blueprint: Blueprint, name: str, slugs: Mapping[Named, str]) -> None:
    """Let the rules of a blueprint say `<name:…>` for a value that has a slug; no other word fits.

    An address is made from the value, or from its slug.
    """
    values = {slug: value for value, slug in slugs.items()}

    class Slug(BaseConverter):
        regex = f"(?:{'|'.join(map(re.escape, values))})"

        def to_python(self, value: str) -> Named:
            return values[value]

        def to_url(self, value: Named | str) -> str:
            return value if value in values else slugs[cast(Named, value)]

    blueprint.record(lambda state: state.app.url_map.converters.update({name: Slug}))
