"""A yes to passing on is to the daycare that was shown and the words that were read, and can always be taken back."""

import pytest

from tests import builders
from tests.places.seen import entries
from tests.sites import Site
from tests.visits.talks import HOUSE, OTHER_HOUSE, Home, answer, attends, may_pass_on, new_home, path, stops_going, told


@pytest.fixture
def home(site: Site) -> Home:
    return new_home(site)


def test_a_yes_to_a_daycare_that_is_not_in_question_any_more_is_shown_and_can_be_taken_back(
    site: Site, home: Home
) -> None:
    """Else it would hold for a year, shown nowhere, and be in force with the next start talk at that house."""
    attends(site, home)
    for person in (home.mette, home.jonas):
        answer(site.parent(person), home, "yes")
    with site.work() as now:
        builders.attends(now, home.child, OTHER_HOUSE, since=now.today)
        stops_going(now, home, HOUSE)
    jonas = site.parent(home.jonas)
    page = jonas.get(path(home))
    held = "Your yes to passing on to Globen still holds. It ends by itself on 12 February 2027."
    assert held in told(page)
    back = jonas.follow(jonas.submit(page, action=path(home, "/samtykke/tilbage")))
    assert "still holds" not in told(back)
    assert not may_pass_on(site, home)
    assert held in told(site.parent(home.mette).get(path(home)))


def test_what_is_taken_back_is_what_the_page_showed(site: Site, home: Home) -> None:
    """The daycare became another one while the page was open."""
    attends(site, home)
    mette, jonas = site.parent(home.mette), site.parent(home.jonas)
    for parent in (mette, jonas):
        answer(parent, home, "yes")
    page = jonas.get(path(home))
    with site.work() as now:
        stops_going(now, home, HOUSE)
    back = jonas.follow(jonas.submit(page, action=path(home, "/samtykke/tilbage")))
    assert "You have taken your yes back" in back.texts("//*[@role='status']")[0]
    assert not may_pass_on(site, home)


@pytest.mark.parametrize("read", ["0", ""])
def test_an_answer_is_to_the_words_that_were_read(site: Site, home: Home, read: str) -> None:
    """The site was renewed, with other words, while the page was open: its receipt would tell what nobody read."""
    attends(site, home)
    mette = site.parent(home.mette)
    data = {
        name: mette.get(path(home)).all(f"//main//input[@name='{name}']/@value")[-1] for name in ("csrf_token", "house")
    }
    refused = mette.post(path(home, "/samtykke"), {**data, "read": read, "answer": "yes"}, status=422)
    assert refused.errors == ["The words here have changed. Read them again before you answer."]
    with site.look() as now:
        assert not entries(now.session, "consent.answered")
    assert "You have said yes" in told(mette.follow(mette.submit(refused, press="answer", value="yes")))
