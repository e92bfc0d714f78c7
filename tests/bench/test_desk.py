"""The kept desk is a real one: made once, searched by the program's own repositories, and taken in at by a process of its own."""

import json
import os
import subprocess
import sys

import pytest

from bench.desk import child_environment, kept_desk
from bench.made import PER_DAY
from bench.moment import NEWEST_CODE
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.domain.text import words


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A day's dossiers; the environment is given back."""
    before = dict(os.environ)
    yield kept_desk(tmp_path_factory.mktemp("kept"), PER_DAY)
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def counter(desk):
    opened = desk.open()
    yield opened
    opened.close()


def test_the_newest_code_and_every_name_are_found(counter):
    with counter.database.read() as uow:
        found = uow.dossiers.search(words(NEWEST_CODE), NEWEST_CODE, limit=5)
        assert [row.code for row in found.rows] == [NEWEST_CODE]
        assert uow.dossiers.search(words("nguyen"), "nguyen", limit=50).rows


def test_the_years_dossiers_stand_in_the_book(counter):
    with counter.database.read() as uow:
        assert uow.logbooks.years(DOSSIER_BOOK) == [2026]
        assert len(uow.logbooks.lines(DOSSIER_BOOK, 2026, 1, first=1, count=PER_DAY + 1)) == PER_DAY


def test_it_is_made_once(desk):
    made = desk.file.stat().st_mtime_ns
    kept_desk.cache_clear()
    assert kept_desk(desk.root.parent, PER_DAY) == desk
    assert desk.file.stat().st_mtime_ns == made


def test_a_copy_takes_dossiers_in_and_tells_when_each_was_done(desk, tmp_path):
    copy = desk.copy(tmp_path / "copy")
    command = [sys.executable, "-m", "bench.intake", str(copy.root), "3"]
    told = subprocess.run(command, env=child_environment(copy.environment), check=True, capture_output=True, text=True).stdout
    moments = json.loads(told.splitlines()[-1])
    assert len(moments) == 3
    assert all(start < committed < slip for start, committed, slip in moments)
    assert moments == sorted(moments)
