"""Which language a page speaks: the one in its path, else what the browser asks for, else Danish."""

from functools import lru_cache
from typing import Any

from flask import Flask, abort, current_app, g, request
from flask_babel import Babel
from werkzeug.routing import Map

from parentsite.foundation.i18n import DANISH, LANGUAGES, Language
from parentsite.foundation.resources import TRANSLATIONS


def language() -> Language:
    """The language of the page being made."""
    return g.get("language") or preferred_language()


def address() -> str:
    """Where this page stands, whichever language it is read in."""
    return request.path.replace(f"/{language().code}/", "/", 1)


def gettext(message: str) -> str:
    """The sentence in the page's language, straight from its catalogue: Flask-Babel would look for the catalogue anew
    each time.
    """
    return language().gettext(message)


def preferred_language() -> Language:
    """The first language the browser asks for that the site has, in whatever country it is spoken."""
    asked = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((LANGUAGES[code] for code in asked if code in LANGUAGES), DANISH)


def speak(app: Flask, only: Language | None = None) -> None:
    """Let `app` take the language from `<lang>` in its paths, or always speak `only`."""
    app.url_value_preprocessor(lambda endpoint, values: _take_language(values, only))
    app.url_defaults(_give_language)
    Babel(
        app,
        default_locale=DANISH.locale,
        default_translation_directories=str(TRANSLATIONS),
        default_timezone="Europe/Copenhagen",
        locale_selector=lambda: language().locale,
    )


def _take_language(values: dict[str, Any] | None, only: Language | None) -> None:
    g.language = only
    code = values.pop("lang", None) if values else None
    if code is not None:
        g.language = LANGUAGES.get(code)
        if g.language is None:
            abort(404)


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    if "lang" not in values and _has_language(current_app.url_map, endpoint):
        values["lang"] = language().code


@lru_cache(maxsize=4096)
def _has_language(addresses: Map, endpoint: str) -> bool:
    """Asked for every address on every page; the rules of an app never change."""
    return addresses.is_endpoint_expecting(endpoint, "lang")
