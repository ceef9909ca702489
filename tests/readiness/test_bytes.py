"""What is typed and shown on the pages leaves no word in the database's own bytes, nor in what the site logs."""

import logging
from collections.abc import Callable

import pytest
from sqlalchemy import select

from parentsite.readiness.models import CorrectionRequest
from parentsite.readiness.service import correcting
from tests.databases import Template
from tests.kept_bytes import bytes_of
from tests.readiness.desks import LIST, at_desk, opening
from tests.readiness.scene import ASSESSMENT, pedagogue, published, scene, written
from tests.readiness.test_service_receiving import say
from tests.sites import Site, sign_in

COMMENT, REQUEST, LATE, ANSWER = "Kommentarordet", "Rettelsesordet", "Efterladtordet", "Svarordet"
VERSION, ASSESSED, DRAFT = "Udgaveordet", "Vurderingsordet", "Kladdeordet"
SECRETS = (COMMENT, REQUEST, LATE, ANSWER, VERSION, ASSESSED, DRAFT)


@pytest.mark.parametrize("is_deleted", [False, True], ids=["kept", "deleted again"])
def test_no_word_that_went_through_the_pages_stands_in_the_bytes(
    new_site: Callable[..., Site], new_url: Callable[..., str], caplog: pytest.LogCaptureFixture, is_deleted: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    site = new_site(url=new_url(Template.TOWN))
    with site.work() as now:
        of = scene(now, holders=1)
        published(now, of, words=VERSION)
        published(now, of, ASSESSMENT, ASSESSED)
        written(now, of, words=DRAFT)
        say(now, of, *of.holders)
    (anne,) = of.holders
    parent, home = site.parent(anne), f"/mit/da/skolestart/{of.child}/beskrivelse"
    parent.submit(parent.get(f"{home}/kommentar"), text=COMMENT)
    parent.submit(parent.get(f"{home}/1/rettelse"), text=REQUEST)
    with site.work() as now:
        mine = pedagogue(now, of)
        correcting.keep(mine, now.session.scalars(select(CorrectionRequest.id)).one(), ANSWER)
    desk = at_desk(site)
    desk.get(LIST)
    shown = desk.get(opening(of.child)).text
    assert VERSION in shown
    assert COMMENT in shown
    assert ANSWER in parent.get(home).text
    if is_deleted:
        parent.submit(parent.get(f"{home}/kommentar/slet"))
    late = parent.get(f"{home}/kommentar")
    site.clock.move(minutes=31)
    parent.submit(late, text=LATE)
    sign_in(site, parent, anne)
    assert LATE in parent.get(f"{home}/kommentar").text
    kept = b"\0".join(bytes_of(site))
    assert b"readiness.description_opened" in kept
    assert [word for word in SECRETS if word.encode() in kept] == []
    assert [word for word in SECRETS if word in caplog.text] == []
