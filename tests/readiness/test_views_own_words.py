"""A parent's own words beside a document, and what she asks to be corrected: in her language, hers alone."""

from uuid import UUID

from sqlalchemy import select

from parentsite.people.attendance import attend
from parentsite.readiness.models import CorrectionRequest
from parentsite.readiness.service import correcting
from parentsite.readiness.service.reading import sealed_version
from tests.readiness.pages import Reader, part, reader
from tests.readiness.scene import DESCRIPTION, OTHER_HOUSE, pedagogue, published
from tests.sites import Site
from tests.strict import Page

ARABIC = "تحب ابنتي الرسم."


def written(one: Reader, text: str) -> Page:
    """Anne writes these words beside the description; leaves at the description."""
    return one.anne.follow(one.anne.submit(one.anne.get(f"{one.newest}/kommentar"), text=text))


def asked(one: Reader, text: str, number: int = 1) -> Page:
    """Anne asks for a correction; leaves at the version."""
    return one.anne.follow(one.anne.submit(one.anne.get(f"{one.newest}/{number}/rettelse"), text=text))


def request_of(one: Reader) -> UUID:
    """The only request."""
    with one.site.look() as now:
        return now.session.scalars(select(CorrectionRequest.id)).one()


def test_own_words_are_kept_changed_and_deleted_and_only_their_writer_sees_them(site: Site) -> None:
    one = reader(site)
    page = written(one, "Hun er glad for tal.")
    assert page.texts("//*[@role='status']")[0] == "We have kept your words."
    assert "Hun er glad for tal." in part(page, "own")
    assert "Hun er glad for tal." not in one.bo.get(one.newest).text
    again = one.anne.get(f"{one.newest}/kommentar")
    assert again.texts("//textarea") == ["Hun er glad for tal."]
    one.publish("Nyt.")
    assert "Hun er meget glad for tal." in part(written(one, "Hun er meget glad for tal."), "own")
    sure = one.anne.get(f"{one.newest}/kommentar/slet")
    assert "What somebody has read already cannot be unread." in sure.text
    page = one.anne.follow(one.anne.submit(sure))
    assert page.texts("//*[@role='status']")[0] == "Your words are deleted."
    assert "glad for tal" not in page.text
    assert one.anne.get(f"{one.newest}/kommentar/slet", status=303).location.startswith(one.newest)


def test_words_written_in_arabic_are_marked_so_on_a_danish_page(site: Site) -> None:
    one = reader(site)
    arabic = one.newest.replace("/en/", "/ar/")
    one.anne.submit(one.anne.get(f"{arabic}/kommentar"), text=ARABIC)
    one.anne.submit(one.anne.get(f"{arabic}/1/rettelse"), text=ARABIC)
    danish = one.anne.get(one.newest.replace("/en/", "/da/"))
    assert danish.texts("//blockquote[@lang='ar'][@dir='rtl']") == [ARABIC, ARABIC]


def test_who_sees_them_is_said_before_they_are_written(site: Site) -> None:
    one = reader(site)
    for page in (one.anne.get(one.newest), one.anne.get(f"{one.newest}/kommentar")):
        assert "Whoever may read it at the school or the after-school care (BFO) reads them too" in page.text


def test_no_words_are_no_comment_and_no_request(site: Site) -> None:
    one = reader(site)
    page = one.anne.submit(one.anne.get(f"{one.newest}/kommentar"), text="  ", status=422)
    assert page.errors == ["Write your own words."]
    page = one.anne.submit(one.anne.get(f"{one.newest}/1/rettelse"), text="", status=422)
    assert page.errors == ["Write what is wrong."]


def test_a_request_waits_is_answered_with_a_new_version_and_leads_there(site: Site) -> None:
    one = reader(site)
    page = asked(one, "Hun er fem, ikke fire.")
    assert "Waits for an answer" in part(page, "wrong")
    assert "Hun er fem" not in one.bo.get(f"{one.newest}/1").text
    assert one.anne.get(f"{one.newest}/1/rettelse", status=303).location.startswith(f"{one.newest}/1")
    with site.work() as now:
        published(now, one.of, words="Hun er fem.")
        after = sealed_version(now, one.of.child, DESCRIPTION, 2).id
        correcting.correct(pedagogue(now, one.of), request_of(one), after)
    for page in (one.anne.get(f"{one.newest}/1"), one.anne.get(one.newest)):
        assert "About version 1" in part(page, "wrong")
        assert "Corrected" in part(page, "wrong")
        assert f"{one.newest}/2" in page.links()
    assert "Waits for an answer" in part(asked(one, "Hun er seks.", 2), "wrong")


def test_a_no_stands_with_its_reason_in_danish_and_one_can_ask_again(site: Site) -> None:
    one = reader(site)
    asked(one, "Det passer ikke.")
    with site.work() as now:
        correcting.keep(pedagogue(now, one.of), request_of(one), "Vi har set det tre gange.")
    page = one.anne.get(f"{one.newest}/1")
    assert "Not changed" in part(page, "wrong")
    assert "Vi har set det tre gange." in page.texts("//blockquote[@lang='da'][@dir='ltr']")
    assert "Det passer stadig ikke." in part(asked(one, "Det passer stadig ikke."), "wrong")


def test_where_the_daycare_that_wrote_it_is_left_nobody_is_asked_in_vain(site: Site) -> None:
    """Only the house that the child goes to can answer: of another one it is said whom to call."""
    one = reader(site)
    form = one.anne.get(f"{one.newest}/1/rettelse")
    bo = one.bo.get(f"{one.newest}/1/rettelse")
    one.anne.submit(form, text="Hun er fem.")
    with site.work() as now:
        attend(now, one.of.child, OTHER_HOUSE, now.today)
    waiting = part(one.anne.get(one.newest), "wrong")
    assert "nobody can answer here" in waiting
    assert "Call " in waiting
    assert "We write to you" not in waiting
    seen = one.bo.get(one.newest)
    assert "so you cannot ask them here" in part(seen, "wrong")
    assert f"{one.newest}/1/rettelse" not in seen.links()
    assert one.bo.get(f"{one.newest}/1/rettelse", status=303).location.startswith(f"{one.newest}/1")
    page = one.bo.submit(bo, text="Hun er seks.", status=422)
    assert page.texts("//textarea") == ["Hun er seks."]
    assert page.errors == ["Your child no longer goes to the daycare that wrote this. Keep your words, and call us."]


def test_what_is_asked_while_an_answer_is_awaited_is_not_lost(site: Site) -> None:
    one = reader(site)
    form = one.anne.get(f"{one.newest}/1/rettelse")
    one.anne.submit(form, text="Det ene.")
    page = one.anne.submit(form, text="Det andet.", status=422)
    assert page.errors == ["The daycare has not answered what you asked before. Keep this until then."]
    assert page.texts("//textarea") == ["Det andet."]
    one.anne.submit(form, text="Det ene.", status=303)
    assert part(one.anne.get(f"{one.newest}/1"), "wrong").count("You asked for a correction on") == 1
