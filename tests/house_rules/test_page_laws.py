"""The laws of pages catch what they are there to catch: a good page passes, and each fault is seen."""

import pytest

from tests.page_laws import PAGE_BUDGET, Sheet, broken_laws

GOOD = """<!DOCTYPE html>
<html lang="da" dir="ltr">
  <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Plads – Byen</title></head>
  <body>
    <nav aria-label="Hovedmenu"><a href="/da/plads">Plads</a> <a href="/ar/" lang="ar">العربية</a></nav>
    <main id="main">
      <h1>Plads</h1>
      <h2 id="form">Form</h2>
      <form method="get" action="/da/plads" hx-get="/da/plads" hx-target="#form">
        <label for="q">Navn</label> <input id="q" name="q" aria-describedby="form">
        <fieldset><legend>Hvad</legend><label><input type="radio" name="r" value="1"> Ja</label></fieldset>
        <button type="submit">Find</button>
      </form>
      <form method="post" action="/mit/da/x"><input type="hidden" name="csrf_token" value="abc">
        <button type="submit">Send</button></form>
      <img src="/static/a.svg" alt=""> <svg aria-hidden="true"></svg>
    </main>
    <script src="/static/htmx.js" defer></script>
  </body>
</html>"""

FAULTS = {
    "is_well_formed": [("<h1>Plads</h1>", "<h1>Plads</h1></p>"), ('<h2 id="form">', '<h2 id="form" id="x">')],
    "has_one_heading_that_begins_the_title": [
        ("<h1>Plads</h1>", "<h1>Andet</h1>"),
        ("<h1>Plads</h1>", "<h1></h1>"),
        ("<h2 id", "<h1>To</h1><h2 id"),
        ("<h1>Plads</h1>", ""),
    ],
    "speaks_the_language_of_its_path": [
        ('lang="da" dir', 'lang="en" dir'),
        ('dir="ltr"', 'dir="rtl"'),
        (' dir="ltr"', ""),
    ],
    "links_keep_the_language": [('href="/da/plads"', 'href="/en/plads"')],
    "has_landmarks": [
        (' aria-label="Hovedmenu"', ""),
        ("</main>", "</main><main></main>"),
        ('name="viewport"', 'name="v"'),
    ],
    "headings_skip_no_level": [("h2", "h3"), ("<h2 id", "<h2></h2><h2 id")],
    "ids_are_unique": [('id="main"', 'id="form"'), ('id="main"', 'id="a b"')],
    "references_lead_somewhere": [
        ('aria-describedby="form"', 'aria-describedby="gone"'),
        ('hx-target="#form"', 'hx-target="#gone"'),
        ('href="/da/plads"', 'href="#gone"'),
    ],
    "fields_are_labelled": [('for="q"', 'for="main"'), ("Navn", " "), ("<legend>Hvad</legend>", "")],
    "controls_have_names": [(">Find<", "><"), (' type="submit">Find', ">Find"), ('href="/da/plads">', 'href="#">')],
    "forms_are_whole": [
        ('action="/da/plads"', 'action=""'),
        ('action="/da/plads"', 'action="https://evil.example/"'),
        ('value="abc"', 'value=""'),
        ('name="csrf_token"', 'name="token"'),
        ('method="get"', 'method="post"'),
        ('action="/mit/da/x"', 'action="/da/x"'),
        ('<button type="submit">Find</button>', ""),
    ],
    "nothing_is_inline": [
        ("<h2 id", '<h2 style="color:red" id'),
        ("<h2 id", '<h2 onclick="x()" id'),
        ("</main>", "<script>x()</script></main>"),
        ("</main>", "<style>a{}</style></main>"),
        ("/static/a.svg", "https://elsewhere.example/a.svg"),
        ("/static/htmx.js", "//cdn.example/htmx.js"),
    ],
    "htmx_is_a_courtesy": [
        ("hx-get", "hx-on:click"),
        ('hx-get="/da/plads"', 'hx-get="/da/andet"'),
        ("hx-target", 'hx-trigger="click[evil()]" hx-target'),
        ("<h2 id", '<h2 hx-get="/da/plads" id'),
    ],
    "pictures_are_told_or_hidden": [(' alt=""', ""), (' aria-hidden="true"', "")],
    "nothing_is_left_over": [
        ("Hvad", "Om %(name)s"),
        ("Hvad", "{{ name }}"),
        ("Hvad", "010190-1234"),
        ("Hvad", "0101901234"),
        ('value="1"', 'value="0101901234"'),
        ("Hvad", "<b>None</b>"),
    ],
}


def test_a_good_page_breaks_no_law() -> None:
    assert broken_laws(Sheet("/da/plads", GOOD)) == []


@pytest.mark.parametrize(("law", "old", "new"), [(law, *fault) for law, faults in FAULTS.items() for fault in faults])
def test_a_fault_is_seen(law: str, old: str, new: str) -> None:
    assert old in GOOD
    broken = broken_laws(Sheet("/da/plads", GOOD.replace(old, new)))
    assert law in {problem.partition(":")[0] for problem in broken}, broken


def test_a_page_must_fit_the_budget() -> None:
    large = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(PAGE_BUDGET))
    broken = broken_laws(Sheet("/da/plads", GOOD.replace("Hvad", large)))
    assert [problem for problem in broken if problem.startswith("fits_the_budget")]


@pytest.mark.parametrize(
    ("fragment", "is_good"),
    [
        ('<div id="_dates"><p>x</p></div>', True),
        ('\n  <section id="_dates"></section>\n', True),
        ("<div><p>x</p></div>", False),
        ('<div id="a"></div><div id="b"></div>', False),
        ("only words", False),
    ],
)
def test_a_fragment_is_one_element_with_an_id(fragment: str, is_good: bool) -> None:
    assert (broken_laws(Sheet("/da/plads", fragment)) == []) == is_good


@pytest.mark.parametrize(
    "number", ["44 77 20 00", "+4544772000", "12. februar 2026", "a1b2c3d4-0101-4901-8234-010190123456"]
)
def test_other_figures_are_no_personal_numbers(number: str) -> None:
    assert broken_laws(Sheet("/da/plads", GOOD.replace("Hvad", number))) == []


ANONYMOUS = (
    GOOD.replace("Plads – Byen", "Skriv til os – Byen")
    .replace(
        "<body>",
        '<body><aside class="leave"><form method="post" action="/samtale/da/forlad">'
        '<button type="submit">Forlad siden</button></form></aside>',
    )
    .replace('action="/mit/da/x"><input type="hidden" name="csrf_token" value="abc">', 'action="/samtale/da/">')
    .replace('href="/ar/"', 'href="/samtale/ar/"')
)
TOKEN = '<input type="hidden" name="csrf_token" value="abc">'


@pytest.mark.parametrize(
    ("old", "new", "law"),
    [
        ("", "", None),
        ("<title>Skriv til os", "<title>Plads", "has_one_heading_that_begins_the_title"),
        ('<aside class="leave">', '<aside class="leaf">', "can_be_left_at_once"),
        ('<aside class="leave">', '<a href="/samtale/da/">x</a><aside class="leave">', "can_be_left_at_once"),
        ('action="/samtale/da/">', f'action="/samtale/da/">{TOKEN}', "forms_are_whole"),
    ],
)
def test_a_page_where_nobody_is_known_has_laws_of_its_own(old: str, new: str, law: str | None) -> None:
    assert old in ANONYMOUS
    broken = broken_laws(Sheet("/samtale/da/", ANONYMOUS.replace(old, new, 1) if old else ANONYMOUS))
    assert {problem.partition(":")[0] for problem in broken} == ({law} if law else set()), broken
