"""The keys of what is written about a child: rotated while the site answers; and without them no site starts."""

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import LargeBinary, func, select

from parentsite.cli import main
from parentsite.foundation.database import Base
from parentsite.foundation.keys import unopened
from parentsite.foundation.sealed import HEAD_BYTES, KEY_BYTES, Keyring
from parentsite.foundation.settings import SettingsError
from parentsite.foundation.work import Work
from parentsite.readiness.models import (
    CorrectionRequest,
    DocumentDraft,
    DocumentVersion,
    DraftText,
    ParentComment,
    VersionText,
)
from parentsite.readiness.service import commenting, correcting
from tests.bench.site import environment_for
from tests.databases import KEYRING, Template
from tests.readiness.desks import at_desk, opening
from tests.readiness.scene import DESCRIPTION, WORDS, Scene, pedagogue, published, scene, written
from tests.readiness.test_service_receiving import say
from tests.sites import Site

OWN = {one.__tablename__ for one in (CorrectionRequest, DocumentDraft, DocumentVersion, DraftText, ParentComment)}
OWN |= {VersionText.__tablename__}
FRESH = bytes([7]) * KEY_BYTES
BOTH = ",".join(b64encode(key).decode() for key in (FRESH, *KEYRING.keys))
READERS = 12


def everything_sealed(now: Work) -> Scene:
    """Something in every sealed column of the journey."""
    of = scene(now)
    (anne, _), mine = of.holders, pedagogue(now, of)
    published(now, of)
    written(now, of, words="Kladdens ord.")
    commenting.comment(now, anne, of.child, DESCRIPTION, "Mine ord.", language="da")
    request = correcting.ask(now, anne, of.child, DESCRIPTION, 1, "Det passer ikke.", language="da")
    correcting.keep(mine, request, "Det har vi set.")
    say(now, of, *of.holders)
    return of


def columns_of_the_journey() -> list[str]:
    tables = (one for one in Base.metadata.sorted_tables if one.name in OWN)
    return sorted(f"{one.name}.{column.name}" for one in tables for column in one.columns if "sealed" in column.info)


def test_no_site_starts_without_the_key_of_any_sealed_column(
    new_site: Callable[..., Site], new_url: Callable[..., str], tmp_path: Path
) -> None:
    url = new_url(Template.TOWN)
    site = new_site(url=url)
    with site.work() as now:
        everything_sealed(now)
    with pytest.raises(SettingsError) as refused:
        new_site(url=url, SEAL_KEYS=b64encode(FRESH).decode())
    for column in columns_of_the_journey():
        assert column in str(refused.value)
    assert "PARENTSITE_SEAL_KEYS" in str(refused.value)
    new_site(url=url, SEAL_KEYS=BOTH)
    env = {**environment_for(tmp_path, url), "PARENTSITE_SEAL_KEYS": b64encode(FRESH).decode()}
    for command in ("serve", "worker"):
        told = CliRunner().invoke(main, [command], env=env)
        assert (told.exit_code, "PARENTSITE_SEAL_KEYS lacks the key" in told.output) == (1, True)


def test_a_database_without_tables_or_out_of_reach_is_not_about_keys(
    new_site: Callable[..., Site], new_url: Callable[..., str]
) -> None:
    new_site(url=new_url(None))
    new_site(url="postgresql://nobody@127.0.0.1:1/nothing")


def test_keys_are_rotated_by_the_command_while_schools_read(
    new_site: Callable[..., Site], new_url: Callable[..., str], tmp_path: Path
) -> None:
    url = new_url(Template.TOWN)
    site = new_site(url=url, SEAL_KEYS=BOTH)
    with new_site(url=url).work() as now:
        every = [everything_sealed(now) for _ in range(READERS)]
    desk = at_desk(site)
    with ThreadPoolExecutor(1) as beside:
        command = [sys.executable, "-m", "parentsite", "keys", "reseal"]
        env = {**os.environ, **environment_for(tmp_path, url), "PARENTSITE_SEAL_KEYS": BOTH}
        done = beside.submit(subprocess.run, command, env=env, capture_output=True, check=True)
        rounds = 0
        while not done.done() or not rounds:
            assert all(WORDS in desk.get(opening(of.child)).text for of in every)
            rounds += 1
    assert b"values sealed anew" in done.result().stdout
    with site.look() as now:
        heads = {
            now.session.scalars(select(func.substr(column, 1, HEAD_BYTES, type_=LargeBinary)).distinct()).one()
            for table in Base.metadata.sorted_tables
            if table.name in OWN
            for column in table.columns
            if "sealed" in column.info
        }
        only = Keyring((FRESH,), KEYRING.index_key)
        assert [only.has_sealed(head) for head in heads] == [True]
        now.session.info["keyring"] = only
        assert unopened(now.session) == []
    alone = new_site(url=url, SEAL_KEYS=b64encode(FRESH).decode())
    assert WORDS in at_desk(alone).get(opening(every[0].child)).text
