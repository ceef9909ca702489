"""The parents' pages: writing first and words after, coming back, what can be done inside, and the ways out."""

import pytest

from parentsite.counselling.rules.keeping import AFTER_CLOSING, AFTER_VISIT
from parentsite.counselling.service.conversation import MOST_UNANSWERED
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.web.zones import Zone
from tests.counselling.pages import (
    BACK,
    DELETE,
    FRONT,
    INSIDE,
    LEAVE,
    NEW_WORDS,
    SAVE,
    TEXT,
    TIME,
    WORDS,
    said,
    writer,
)
from tests.sites import Site

MORE = "Han sover ikke, og jeg er så træt."


def test_the_first_page_makes_nothing_and_tells_what_one_must_know(site: Site) -> None:
    page = site.client().get(FRONT)
    assert "Set-Cookie" not in page.headers
    for told in ("within 2 working days", "Dansk", "112", "encrypted while it lies with us.", "barnets lov § 133"):
        assert told in page.text
    assert "only the counsellors" not in page.text
    before_the_box = page.all("//textarea/preceding::a[starts-with(@href, 'tel:')]/@href")
    assert {"tel:112", "tel:1813"} <= set(before_the_box)


def test_written_read_and_answered_by_the_words_alone(site: Site) -> None:
    one = writer(site)
    assert said(one.read()) == [TEXT]
    assert one.browser.get(WORDS, status=303).location == INSIDE
    for typed in (one.words.upper(), one.digits, "-".join(word[:4] for word in one.words.split())):
        other = site.client()
        back = other.submit(other.get(BACK), action=BACK, phrase=typed)
        assert said(other.follow(back)) == [TEXT]
    other.submit(other.get(INSIDE), action=INSIDE, text=MORE)
    assert said(one.read()) == [TEXT, MORE]


def test_the_words_are_shown_again_until_they_are_written_down(site: Site) -> None:
    browser = site.client()
    browser.submit(browser.get(FRONT), action=FRONT, text=TEXT)
    first, again = browser.get(WORDS), browser.get(WORDS)
    assert first.texts("//ol[@class='secret']/li") == again.texts("//ol[@class='secret']/li")
    assert WORDS in browser.get(INSIDE).links()
    assert browser.get(FRONT, status=303).location == INSIDE


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Write your message."),
        ("x" * 10_001, "Write 10000 characters at most."),
        ("Han er født 010120-1234", "personal number"),
        ("Skriv til mor@example.org", "Do you want to send it?"),
    ],
)
def test_what_cannot_be_sent_stays_in_the_box_and_makes_nothing(site: Site, text: str, why: str) -> None:
    browser = site.client()
    page = browser.submit(browser.get(FRONT), action=FRONT, text=text, status=422)
    assert why in page.errors[0]
    assert page.texts("//textarea") == [text]
    assert browser.cookie(Zone.SAMTALE) is None


def test_who_tells_who_they_are_is_asked_once(site: Site) -> None:
    browser = site.client()
    asked = browser.submit(browser.get(FRONT), action=FRONT, text="Ring 20304050", status=422)
    browser.submit(asked, action=FRONT, press="asked")
    assert said(browser.get(INSIDE)) == ["Ring 20304050"]


def test_words_typed_wrong_are_explained_and_words_of_nobody_are_not(site: Site) -> None:
    one = writer(site)
    words, browser = one.words.split(), site.client()

    def told(typed: str) -> str:
        return browser.submit(browser.get(BACK), action=BACK, phrase=typed, status=422).errors[0]

    assert "Word number 3, “zzzz”" in told(" ".join([*words[:2], "zzzz", *words[3:]]))
    assert told(" ".join(words[:5])) == "You typed 5 words. There are seven."
    assert told("1234") == "You typed 4 digits. There are 24."
    assert "changed places" in told(" ".join([words[1], words[0], *words[2:]])) or words[0] == words[1]
    one.browser.submit(one.browser.get(DELETE), action=DELETE, status=200)
    assert "No conversation opens" in told(one.words)


def test_new_words_open_it_and_the_old_ones_no_more(site: Site) -> None:
    one, stale = writer(site), site.client()
    stale.submit(stale.get(BACK), action=BACK, phrase=one.words)
    page = one.browser.follow(one.browser.submit(one.browser.get(NEW_WORDS), action=NEW_WORDS))
    new = " ".join(page.texts("//ol[@class='secret']/li"))
    assert stale.get(INSIDE, status=303).location == BACK
    stale.submit(stale.get(BACK), action=BACK, phrase=one.words, status=422)
    assert said(stale.follow(stale.submit(stale.get(BACK), action=BACK, phrase=new))) == [TEXT]


def test_saved_it_is_a_text_whose_name_tells_nothing(site: Site) -> None:
    file = writer(site).browser.get(SAVE)
    assert file.response.get_data(as_text=True).startswith("You, ")
    assert TEXT in file.response.get_data(as_text=True)
    assert file.headers["Content-Disposition"] == 'attachment; filename="tekst.txt"'


def test_deleted_it_is_gone_for_the_browser_and_for_the_words(site: Site) -> None:
    one = writer(site)
    gone = one.browser.submit(one.browser.get(DELETE), action=DELETE, status=200)
    assert gone.headers["Clear-Site-Data"] == '"cache"'
    assert one.browser.cookie(Zone.SAMTALE) is None
    one.browser.get(INSIDE, status=303)


def test_a_time_is_taken_changed_and_given_back(site: Site) -> None:
    one, other = writer(site), writer(site)
    page = one.browser.get(TIME)
    first, second = page.all("//input[@name='slot']/@value")[:2]
    assert one.browser.submit(page, press=None, action=TIME, status=422).errors == ["Choose a time."]
    one.browser.submit(page, action=TIME, slot=first)
    late = other.browser.submit(other.times(), action=TIME, forged={"slot": first}, status=422)
    assert late.errors == ["Somebody else has taken this time. Choose another."]
    one.browser.post(TIME, {"slot": second, "csrf_token": one.token})
    assert first in other.times().all("//input[@name='slot']/@value")
    one.browser.submit(one.browser.get(TIME), press="cancel")
    assert second in other.times().all("//input[@name='slot']/@value")


@pytest.mark.parametrize("path", [FRONT, BACK, INSIDE, f"{FRONT}findes-ikke"])
def test_the_way_out_is_first_and_ends_the_session(site: Site, path: str) -> None:
    one = writer(site)
    cookie = one.browser.cookie(Zone.SAMTALE)
    page = one.browser.get(path, status=(200, 303, 404))
    if page.status == 303:
        page = one.browser.follow(page)
    assert page.all("(//a|//button|//input[not(@type='hidden')]|//textarea|//summary)[1]/parent::form/@action") == [
        LEAVE
    ]
    left = one.browser.submit(page, action=LEAVE, status=200)
    assert left.headers["Refresh"] == "0; url=https://www.dmi.dk/"
    assert left.headers["Clear-Site-Data"] == '"cache"'
    assert one.browser.cookie(Zone.SAMTALE) is None
    thief = site.client()
    thief.set_cookie(Zone.SAMTALE, str(cookie))
    assert thief.get(INSIDE, status=303).location == BACK


def test_too_late_the_text_stays_and_goes_with_the_words(site: Site, clock: FixedClock) -> None:
    one = writer(site)
    page = one.read()
    clock.move(minutes=26)
    late = one.browser.submit(page, action=INSIDE, text=MORE, status=401)
    assert late.texts("//textarea") == [MORE]
    one.browser.submit(late, action=BACK, phrase=one.words)
    assert said(one.read()) == [TEXT, MORE]


def test_an_answer_is_promised_only_while_somebody_waits_and_marks_tell_days(site: Site) -> None:
    page = writer(site).read()
    assert "Not read yet." in page.text
    assert "2 working days" in page.text
    assert "deleted by itself on" in page.text
    assert f"{AFTER_VISIT.days} days again, but {AFTER_CLOSING.days} after" in page.text


def test_coming_in_anew_ends_what_the_browser_was_in_before(site: Site) -> None:
    one, other = writer(site), writer(site)
    before = str(one.browser.cookie(Zone.SAMTALE))
    one.browser.submit(one.browser.get(BACK), action=BACK, phrase=other.digits)
    thief = site.client()
    thief.set_cookie(Zone.SAMTALE, before)
    assert thief.get(INSIDE, status=303).location == BACK


def test_whoever_writes_on_and_on_is_asked_to_wait_with_the_text_kept(site: Site) -> None:
    one = writer(site)
    page = one.read()
    for _ in range(MOST_UNANSWERED - 1):
        one.browser.submit(page, action=INSIDE, text=MORE)
    late = one.browser.submit(page, action=INSIDE, text=MORE, status=422)
    assert late.texts("//textarea") == [MORE]
    site.clock.move(minutes=26)
    again = one.browser.submit(page, action=INSIDE, text=MORE, status=401)
    back = one.browser.submit(again, action=BACK, phrase=one.words, status=422)
    assert back.texts("//textarea") == [MORE]
    assert len(said(one.read())) == MOST_UNANSWERED
