"""What somebody typed in a letter is given back, whatever became of the letter."""

from uuid import UUID

import pytest

from parentsite.contact.models import LetterMessage
from parentsite.contact.service import answering, writing
from parentsite.foundation.clock import FixedClock
from tests.contact.scene import Home, as_parent, as_staff, begun, home, said
from tests.sites import Site

LETTERS, DESK = "/mit/en/beskeder", "/desk/beskeder"


@pytest.fixture
def of(site: Site) -> Home:
    with site.work() as now:
        return home(now)


@pytest.fixture
def letter(site: Site, of: Home) -> UUID:
    with site.work() as now:
        return begun(now, of.mother, of.child)


def messages(site: Site) -> int:
    with site.look() as now:
        return now.session.query(LetterMessage).count()


def test_a_template_is_put_in_behind_what_is_typed_and_nothing_is_sent(site: Site, letter: UUID) -> None:
    desk = site.clerk("placement")
    page = desk.submit(
        desk.get(f"{DESK}/{letter}"), text="Kære Mette.", press="template", value="ring-til-os", status=200
    )
    (typed,) = page.all("//textarea[@id='text']/text()")
    assert typed.strip().startswith("Kære Mette.\n\n")
    assert "Ring til os" in typed
    again = desk.submit(page, press="template", value="ring-til-os", status=200)
    assert again.all("//textarea[@id='text']/text()")[0].split() == typed.split()
    assert messages(site) == 1
    desk.follow(desk.submit(again, action=f"{DESK}/{letter}"))
    assert messages(site) == 2


def test_a_template_that_is_gone_sends_nothing(site: Site, letter: UUID) -> None:
    desk = site.clerk("placement")
    page = desk.get(f"{DESK}/{letter}")
    page.all("//button[@value='ring-til-os']")[0].set("value", "findes-ikke")
    kept = desk.submit(page, text="Kære Mette.", press="template", value="findes-ikke", status=200)
    assert kept.all("//textarea[@id='text']/text()")[0].strip() == "Kære Mette."
    assert messages(site) == 1


def test_a_template_says_that_something_has_come_meanwhile(site: Site, of: Home, letter: UUID) -> None:
    desk = site.clerk("placement")
    page = desk.get(f"{DESK}/{letter}")
    with site.work() as now:
        writing.write_on(as_parent(now, of.mother), of.mother, letter, said("Vent!"))
    late = desk.submit(page, text="Kære Mette.", press="template", value="ring-til-os", status=422)
    assert "Vent!" in late.text
    assert "Kære Mette." in late.all("//textarea[@id='text']/text()")[0]


def test_words_for_a_letter_that_was_closed_meanwhile_are_given_back(
    site: Site, of: Home, letter: UUID, clock: FixedClock
) -> None:
    desk = site.clerk("placement")
    page = desk.get(f"{DESK}/{letter}")
    with site.work() as now:
        answering.close(as_staff(now, "placement"), letter, read=1)
    late = desk.submit(page, text="Mit lange svar.", action=f"{DESK}/{letter}", status=422)
    assert late.all("//textarea[@id='text']/text()")[0].strip() == "Mit lange svar."
    # The last day on which it can be opened again, ten minutes before midnight in Denmark.
    clock.move(days=30, hours=13, minutes=50)
    parent = site.parent(of.mother)
    last_page = parent.get(f"{LETTERS}/{letter}")
    clock.move(minutes=20)
    too_late = parent.submit(last_page, text="Mit lange spørgsmål.", status=422)
    assert too_late.all("//textarea[@id='text']/text()")[0].strip() == "Mit lange spørgsmål."
    clock.move(days=1)
    site_again = site.parent(of.mother)
    given_back = site_again.follow(site_again.submit(last_page, text="Mit lange spørgsmål.", status=303))
    assert given_back.all("//textarea[@id='text']/text()")[0].strip() == "Mit lange spørgsmål."


def test_words_that_were_changed_before_they_were_sent_again_are_kept(site: Site, of: Home, letter: UUID) -> None:
    """No page came back, so a line was added and the form sent again: both stand there; the same twice stands once."""
    parent = site.parent(of.mother)
    page = parent.get(f"{LETTERS}/{letter}")
    for text in ("Hej.", "Hej.", "Hej. Og en ting til."):
        parent.submit(page, text=text)
    assert messages(site) == 3
    assert "Og en ting til." in parent.get(f"{LETTERS}/{letter}").text
    begin = parent.get(f"{LETTERS}/ny/pladsanvisning/{of.child}")
    first, again, other = (
        parent.submit(begin, text=text, shared="no").location for text in ("Hej.", "Hej.", "Hej. Og en ting til.")
    )
    assert first == again != other


def test_an_answer_that_was_changed_before_it_was_sent_again_is_given_back(site: Site, letter: UUID) -> None:
    desk = site.clerk("placement")
    page = desk.get(f"{DESK}/{letter}")
    for _ in range(2):
        desk.submit(page, text="Svar.", action=f"{DESK}/{letter}")
    assert messages(site) == 2
    late = desk.submit(page, text="Svar, rettet.", action=f"{DESK}/{letter}", status=422)
    assert late.all("//textarea[@id='text']/text()")[0].strip() == "Svar, rettet."


def test_pressing_again_hands_over_nothing_that_was_not_read(site: Site, of: Home, letter: UUID) -> None:
    desk = site.clerk("placement")
    page = desk.get(f"{DESK}/{letter}/videre")
    with site.work() as now:
        writing.write_on(as_parent(now, of.mother), of.mother, letter, said("Vent!"))
    late = desk.submit(page, team="familieteam", status=422)
    desk.submit(late, team="familieteam", status=422)
    desk.submit(desk.get(f"{DESK}/{letter}/videre"), team="familieteam")
