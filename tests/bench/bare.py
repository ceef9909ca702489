"""The yardstick: a Flask and Jinja page as anybody writes one, of as many bytes as asked for; no language, no database.

It is made to cost what the yardstick of `performance.md` costs, where the goals come from: there, behind gunicorn, a
string of 12 KB is answered 3.3 times as often as a page of 12 KB, and behind gunicorn (2 workers with 2 threads) it is
3.3 times here too. Granian adds less to each answer, so that behind it the same page is further from the string;
`results.md` says how far in its own run.
"""

from bisect import bisect_left
from functools import cache

from flask import Flask, render_template  # noqa: TID251 - the yardstick is no page of the site
from jinja2 import DictLoader

MOST_ROWS = 600
BASE = """<!DOCTYPE html>
<html lang="da" dir="ltr">
  <head>
    <meta charset="utf-8">
    <title>{% block title %}{% endblock %}</title>
    <link rel="stylesheet" href="{{ url_for("static", filename="app.css") }}">
  </head>
  <body>
    <header>
      <nav>
        <ul>
          {% for text, endpoint in nav %}
          <li><a href="{{ url_for(endpoint) }}">{{ text }}</a></li>
          {% endfor %}
        </ul>
      </nav>
    </header>
    <main>
      <h1>{{ self.title() }}</h1>
      {% block main %}{% endblock %}
    </main>
    <footer><p>{{ town }}</p></footer>
  </body>
</html>
"""
PAGE = """{% extends "base.html" %}
{% block title %}{{ title }}{% endblock %}
{% block main %}
{% for row in rows %}
<article class="card">
  <h2><a href="/huse/{{ row.code }}">{{ row.name }}</a></h2>
  <p>{{ row.street }}, {{ row.postcode }} {{ row.town }}</p>
  {% if row.places %}<p class="meta">{{ row.places }} pladser</p>{% endif %}
</article>
{% endfor %}
{% endblock %}
"""
NAV = [(text, "front") for text in ("Forside", "Plads", "Huse", "Om", "Kontakt")]
ROWS = [
    {
        "code": f"hus-{number:03}",
        "name": f"Huset ved Søen {number:03}",
        "street": f"Skovvej {number:03}",
        "postcode": "2750",
        "town": "Byen",
        "places": 60,
    }
    for number in range(MOST_ROWS)
]


def bare() -> Flask:
    """The app: `/tekst/<bytes>` is a string, `/side/<bytes>` a page, `/` says that it is there."""
    app = Flask("bare")
    app.jinja_loader = DictLoader({"base.html": BASE, "page.html": PAGE})

    @app.get("/")
    def front() -> str:
        return "her"

    @app.get("/tekst/<int:size>")
    def text(size: int) -> str:
        return "x" * size

    @app.get("/side/<int:size>")
    def page(size: int) -> str:
        return _page(rows_for(size))

    @cache
    def rows_for(size: int) -> int:
        return bisect_left(range(MOST_ROWS), size, key=lambda rows: len(_page(rows).encode()))

    return app


def _page(rows: int) -> str:
    return render_template("page.html", nav=NAV, title="En side", town="Byen", rows=ROWS[:rows])
