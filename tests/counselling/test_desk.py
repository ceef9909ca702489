"""The counsellors' desk as they meet it: the list, a conversation opened and answered, the heap closed, the times."""

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from parentsite.app import office_of
from parentsite.counselling.rules.vocabulary import Act
from parentsite.counselling.service import audit
from tests.counselling.desks import ANSWER, BOX, TIMES, Counsellor, counsellor, designations, holding, tags, thread
from tests.counselling.pages import INSIDE, TEXT, TIME, said, writer
from tests.sites import Site

SECOND = "Tak. Må jeg komme forbi?"


@pytest.fixture
def jette(site: Site) -> Counsellor:
    """A counsellor of a site whose key lies in a file."""
    return counsellor(site)


def waiting(jette: Counsellor) -> str:
    """The conversation that stands first."""
    return designations(jette.browser.get(BOX))[0]


class TestTheList:
    def test_it_tells_who_waits_by_two_words_and_no_text(self, site: Site, jette: Counsellor) -> None:
        for _ in range(2):
            writer(site)
        page = jette.browser.get(BOX)
        first, second = designations(page)
        assert TEXT not in page.response.text
        assert tags(page) == ["Venter på svar"] * 2
        jette.answers(first)
        page = jette.browser.get(BOX)
        assert designations(page) == [second, first]
        assert tags(page) == ["Venter på svar", "Besvaret"]

    def test_the_front_door_counts_for_counsellors_alone(self, site: Site, jette: Counsellor) -> None:
        assert "venter på svar" not in jette.browser.get("/desk/").text
        writer(site)
        page = jette.browser.get("/desk/")
        assert "En anonym samtale venter på svar." in page.text
        assert TEXT not in page.response.text
        assert "anonym" not in site.clerk().get("/desk/").text

    def test_the_mode_is_said(self, site: Site, jette: Counsellor) -> None:
        assert "Nøglen ligger i en fil" in jette.browser.get(BOX).text
        (anne, _), _ = holding(site)
        assert "Kun rådgiverne har nøglen" in anne.browser.get(BOX).text

    def test_junk_is_closed_in_a_heap_but_not_what_has_come_meanwhile(self, site: Site, jette: Counsellor) -> None:
        somebody, _, _ = (writer(site) for _ in range(3))
        page = jette.browser.get(BOX)
        all_of_them = page.all("//input[@name='close']/@value")
        assert len(all_of_them) == 3
        somebody.browser.submit(somebody.read(), action=INSIDE, text=SECOND)
        told = jette.browser.follow(jette.browser.submit(page, action=BOX, close=all_of_them))
        assert "Nogle er stadig åbne" in told.text
        assert len(designations(told)) == 1
        assert len(designations(jette.browser.get(f"{BOX}?state=closed"))) == 2

    def test_nothing_ticked_is_said_at_the_list(self, site: Site, jette: Counsellor) -> None:
        writer(site)
        refused = jette.browser.submit(jette.browser.get(BOX), action=BOX, status=422)
        assert refused.errors == ["Vælg de samtaler, du vil lukke."]
        assert len(designations(refused)) == 1

    def test_a_long_list_has_pages(self, site: Site, jette: Counsellor) -> None:
        for _ in range(3):
            writer(site)
        assert len(designations(jette.browser.get(f"{BOX}?page=1"))) == 3
        assert designations(jette.browser.get(f"{BOX}?page=2")) == []
        for odd in ("0", "-1", "x", "9" * 40):
            assert len(designations(jette.browser.get(f"{BOX}?page={odd}&state={odd}"))) == 3


class TestAConversation:
    def test_the_parent_reads_the_answer_and_that_it_was_read(self, site: Site, jette: Counsellor) -> None:
        somebody = writer(site)
        name = waiting(jette)
        opened = jette.opens(name)
        assert opened.texts("//blockquote") == [TEXT]
        assert "barnets lov § 133" in opened.text
        jette.answers(name)
        page = somebody.read()
        assert said(page) == [TEXT, ANSWER]
        assert "A counsellor read it on 12 February 2026" in page.text.replace("\N{NO-BREAK SPACE}", " ")
        assert "Forælderen læste det den 12. februar 2026" in jette.opens(name).text.replace("\N{NO-BREAK SPACE}", " ")

    def test_opening_is_written_down_by_the_day_with_who_and_the_two_words(self, site: Site, jette: Counsellor) -> None:
        writer(site)
        name = waiting(jette)
        for _ in range(2):
            jette.opens(name)
        office = office_of(site.settings, site.clock)
        with office.database.read() as session:
            (entry,) = [one for one in audit.entries(session) if one.act is Act.OPENED]
        office.database.dispose()
        assert (entry.day.isoformat(), entry.who, entry.about) == ("2026-02-12", str(jette.id), name)

    def test_sent_twice_the_answer_stands_once(self, site: Site, jette: Counsellor) -> None:
        somebody = writer(site)
        at = thread(waiting(jette))
        page = jette.browser.get(at)
        for _ in range(3):
            jette.browser.submit(page, action=at, text=ANSWER)
        assert said(somebody.read()) == [TEXT, ANSWER]

    def test_of_two_who_answer_at_once_one_reads_first_and_keeps_the_text(self, site: Site) -> None:
        somebody = writer(site)
        both = [counsellor(site, name) for name in ("Jette Bro", "Rikke Dam")]
        name = waiting(both[0])
        pages, together = [one.opens(name) for one in both], Barrier(2)
        texts = ["Svar fra Jette.", "Svar fra Rikke."]

        def press(number: int) -> int:
            together.wait()
            page = both[number].browser.post(thread(name), _filled(pages[number], texts[number]), status={303, 422})
            if page.status == 422:
                assert page.texts("//textarea[@name='text']") == [texts[number]]
                assert "Der er kommet noget nyt" in page.errors[0]
                assert len(page.texts("//blockquote")) == 2
            return page.status

        with ThreadPoolExecutor(2) as people:
            assert sorted(people.map(press, range(2))) == [303, 422]
        assert len(said(somebody.read())) == 2

    def test_what_came_meanwhile_is_read_first_and_then_the_same_press_sends(
        self, site: Site, jette: Counsellor
    ) -> None:
        somebody = writer(site)
        at = thread(waiting(jette))
        page = jette.browser.get(at)
        somebody.browser.submit(somebody.read(), action=INSIDE, text=SECOND)
        refused = jette.browser.submit(page, action=at, text=ANSWER, status=422)
        assert refused.texts("//blockquote") == [TEXT, SECOND]
        jette.browser.submit(refused, action=at)
        assert said(somebody.read()) == [TEXT, SECOND, ANSWER]

    @pytest.mark.parametrize(
        ("text", "told"),
        [("", "Skriv din besked."), ("Sagen om 010120-1234", "CPR"), ("x" * 10_001, "højst 10000 tegn")],
    )
    def test_what_may_not_be_sent_is_said_and_kept(self, site: Site, jette: Counsellor, text: str, told: str) -> None:
        somebody = writer(site)
        refused = jette.answers(waiting(jette), text, status=422)
        assert told in refused.errors[0]
        assert refused.texts("//textarea[@name='text']") == [text]
        assert said(somebody.read()) == [TEXT]

    def test_it_is_closed_but_not_over_a_new_message(self, site: Site, jette: Counsellor) -> None:
        somebody = writer(site)
        name = waiting(jette)
        page = jette.opens(name)
        somebody.browser.submit(somebody.read(), action=INSIDE, text=SECOND)
        close = f"{thread(name)}/luk"
        told = jette.browser.follow(jette.browser.submit(page, action=close))
        assert "Der er kommet noget nyt. Læs det først." in told.text
        jette.browser.submit(told, action=close)
        assert designations(jette.browser.get(BOX)) == []
        assert "closed the conversation" in somebody.read().text
        somebody.browser.submit(somebody.read(), action=INSIDE, text="Jeg mener det.")
        assert designations(jette.browser.get(BOX)) == [name]

    def test_an_answer_opens_what_was_closed(self, site: Site, jette: Counsellor) -> None:
        writer(site)
        name = waiting(jette)
        jette.browser.submit(jette.opens(name), action=f"{thread(name)}/luk")
        jette.answers(name)
        assert designations(jette.browser.get(BOX)) == [name]

    def test_what_the_parent_deleted_is_gone(self, site: Site, jette: Counsellor) -> None:
        somebody = writer(site)
        name = waiting(jette)
        page = jette.opens(name)
        delete = "/samtale/en/slet"
        somebody.browser.submit(somebody.browser.get(delete), action=delete, status=200)
        gone = jette.browser.post(thread(name), _filled(page, ANSWER), status=404)
        assert "Forælderen kan have slettet den" in gone.text
        jette.browser.get(thread("findes-ikke"), status=404)

    def test_no_field_asks_who_the_parent_is_and_no_hour_is_told(self, site: Site, jette: Counsellor) -> None:
        writer(site)
        page = jette.opens(waiting(jette))
        assert {one.get("name") for one in page.all("//main//*[self::input or self::textarea or self::select]")} == {
            "csrf_token",
            "read",
            "text",
        }
        assert not [time for time in page.all("//main//time/@datetime") if "T" in time]
        assert "12:00" not in page.text
        assert "12.00" not in page.text


def test_the_sites_own_database_and_log_learn_nothing(
    site: Site, jette: Counsellor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    writer(site)
    name = waiting(jette)
    jette.answers(name)
    jette.browser.submit(jette.opens(name), action=f"{thread(name)}/luk")
    site.clock.move(minutes=31)
    jette.browser.post(thread(name), {"text": ANSWER}, status=303)
    path = Path(str(site.database.url.database))
    known = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    assert str(jette.id).replace("-", "").encode() in known.lower()
    for told in (name, TEXT, ANSWER):
        assert told.encode() not in known
        assert told not in caplog.text


class TestTimes:
    def test_a_time_is_withdrawn_and_offered_again(self, site: Site, jette: Counsellor) -> None:
        somebody = writer(site)
        free = len(somebody.times().all("//input[@name='slot']"))
        page = jette.browser.get(TIMES)
        assert len(page.all("//button[@name='withdraw']")) == free
        first = page.all("//button[@name='withdraw']/@value")[0]
        for _ in range(2):
            told = jette.browser.submit(page, action=TIMES, press="withdraw", value=first)
            assert "trukket tilbage" in jette.browser.follow(told).text
        assert first not in somebody.times().all("//input[@name='slot']/@value")
        jette.browser.submit(jette.browser.get(TIMES), action=TIMES, press="offer", value=first)
        assert first in somebody.times().all("//input[@name='slot']/@value")

    def test_a_taken_time_stays_and_nobody_sees_whose_it_is(self, site: Site, jette: Counsellor) -> None:
        somebody = writer(site)
        page = jette.browser.get(TIMES)
        first = page.all("//button[@name='withdraw']/@value")[0]
        somebody.browser.submit(somebody.times(), action=TIME, slot=first)
        told = jette.browser.follow(jette.browser.submit(page, action=TIMES, press="withdraw", value=first))
        assert "Nogen har taget tiden" in told.text
        assert tags(told)[0] == "Optaget"
        name = waiting(jette)
        assert name not in told.response.text
        when = told.texts("//th[@scope='row']")[0]
        assert when not in jette.opens(name).text
        somebody.browser.submit(somebody.times(), action=TIME, press="cancel")
        assert tags(jette.browser.get(TIMES))[0] == "Ledig"

    @pytest.mark.parametrize("value", ["", "x", "2026-02-13.0", "1999-01-01.840", "2026-02-17.841", "."])
    def test_no_time_that_the_town_does_not_have_is_withdrawn(self, site: Site, jette: Counsellor, value: str) -> None:
        page = jette.browser.get(TIMES)
        token = page.all("//main//input[@name='csrf_token']/@value")[0]
        jette.browser.post(TIMES, {"csrf_token": token, "withdraw": value}, status=400)
        assert not jette.browser.get(TIMES).all("//button[@name='offer']")


def _filled(page: object, text: str) -> dict[str, str]:
    """What a browser sends from a page that was opened before."""
    form = "//form[@id='answer']//input"
    token, read = (page.all(f"{form}[@name='{name}']/@value")[0] for name in ("csrf_token", "read"))  # type: ignore[attr-defined]
    return {"csrf_token": str(token), "read": str(read), "text": text}
