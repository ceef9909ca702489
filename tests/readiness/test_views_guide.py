"""The public guide: what is known with its source, what is unknown said to be so, and no promise beyond the law."""

from tests.readiness.pages import PUBLIC, START, part
from tests.sites import Site


def test_it_says_when_school_starts_and_what_nobody_has_told(site: Site) -> None:
    page = site.client().get(PUBLIC)
    when = part(page, "when")
    assert "Children born in 2020: 1 August 2026" in when
    assert "Baltorpskolen" in when
    assert "We do not know yet in which weeks it is this year." in when
    assert "As of 2017." in when
    assert "We do not know the names of the town's after-school care (BFO) yet." in part(page, "readers")
    assert START in page.links()


def test_after_the_first_of_august_the_next_year_stands_first(site: Site) -> None:
    site.clock.move(days=365)
    assert "Children born in 2020" not in part(site.client().get(PUBLIC), "when")


def test_it_promises_what_is_kept_and_no_more(site: Site) -> None:
    page = site.client().get(PUBLIC)
    readers = part(page, "readers")
    assert "in writing or by word of mouth, unless everybody with custody says yes" in readers
    assert "A no changes nothing for your child" in readers
    assert "must by law tell the town (underretning)" in readers
    assert "So nobody can promise you that nothing is ever passed on." in readers
    assert "when there is doubt whether your child is ready for school, or when you ask" in part(page, "assessment")
    assert any(link.startswith("https://ft.dk/") for link in page.links())
