"""Only few pages of a set lie in the clear while its file is made, and none afterwards."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DeskError
from counter_app.domain.scan_batch import sheets_of
from counter_app.domain.scan_batch_acts import CleanPages, Turn
from counter_app.domain.scan_profile import CleanUp
from counter_app.services.scanning.originals import Originals
from tests.builders import fake_desk
from tests.fakes_scanning import scans

WORDS = ("a", "b", "c", "d")


@pytest.fixture
def place(tmp_path):
    return scans(fake_desk(), tmp_path)


@pytest.fixture
def batch_id(place):
    return place.begin(*WORDS)


@pytest.fixture
def originals(place, batch_id):
    return of(place, batch_id)


def of(place, batch_id):
    return Originals(place.batches, batch_id, tuple(sheets_of(place.batches.view(batch_id).batch.layout)), CleanUp())


def clear(place, batch_id):
    return sorted(path.read_text("utf-8") for path in place.batches.work_folder(batch_id).glob("*.png"))


def test_a_page_is_in_the_clear_from_when_it_is_asked_for_until_the_file_has_it(place, batch_id, originals):
    assert (len(originals), clear(place, batch_id)) == (4, [])
    coming = iter(originals)
    first, second = next(coming), next(coming)
    assert [first.page.ordinal, second.page.ordinal] == [1, 2]
    assert clear(place, batch_id) == ["a", "b"]
    originals.put_away(1)
    assert clear(place, batch_id) == ["b"]
    assert [one.page.path.read_text("utf-8") for one in coming] == ["c", "d"]
    originals.close()
    assert clear(place, batch_id) == []


def test_each_page_is_worked_on_as_it_was_wished(place, batch_id):
    ids = [page.page_id for page in place.batches.view(batch_id).batch.pages]
    place.batches.act(batch_id, Turn((ids[1],), 3))
    place.batches.act(batch_id, CleanPages((ids[2],), on=False))
    originals = of(place, batch_id)
    assert [(one.quarter_turns, one.clean_up.deskew) for one in originals] == [(0, True), (3, True), (0, False), (0, True)]
    assert [one.page.ordinal for one in originals[1:3]] == [2, 3]
    originals.close()


def test_a_page_that_is_gone_is_said_so_and_the_others_are_put_away(place, batch_id, originals):
    lost = place.batches.view(batch_id).batch.pages[2].page_id
    (file,) = list((place.folder / "scans" / batch_id / "pages").rglob(lost))
    file.unlink()
    with pytest.raises(DeskError, match="SEALED_FILE_MISSING"):
        list(originals)
    originals.close()
    assert clear(place, batch_id) == []
