"""Files on their way to the province: which is next, how far it is, what waits; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from counter_app.domain.archive import DigitalPaper, StoredFile
from counter_app.domain.digitised import FileTarget, PaperState
from counter_app.services.repositories.uploads import Upload
from tests.storage.samples import NOW, dossier


def filed(uow, n, size, dossier_id, **changes):
    stored = StoredFile(f"s-{n}", f"{n:064x}", size, "aa" * 32, changes.get("at", NOW))
    uow.files.add(replace(stored, **{name: changes[name] for name in changes if name == "destroyed_at"}))
    paper = DigitalPaper(
        f"op-{n}", f"f-{n}", dossier_id, "", stored.stored_id, FileTarget.COMPONENT, "TP01", "Tờ khai", PaperState.DIGITISED, stored.sha256,
        "", 1, "a.pdf", NOW, "u-0001")
    uow.papers.add(replace(paper, **{name: changes[name] for name in changes if name == "unlinked_at"}))


def order(uow):
    found = []
    while (due := uow.uploads.due()) is not None:
        found.append(due.stored_id)
        uow.uploads.put(Upload(due.sha256, "verified"))
    return found


def test_the_file_of_the_dossier_that_is_due_first_goes_first_then_the_smaller(database):
    with database.write() as uow:
        uow.dossiers.add_many([dossier(1, due_at=NOW + timedelta(days=9)), dossier(2, due_at=NOW + timedelta(days=1)), dossier(3, due_at=None)])
        filed(uow, 1, 10, "d-000001")
        filed(uow, 2, 900, "d-000002")
        filed(uow, 3, 5, "d-000003")
        filed(uow, 4, 20, "d-000002")
        filed(uow, 5, 1, "d-000002", unlinked_at=NOW)
        filed(uow, 6, 1, "d-000002", destroyed_at=NOW)
        assert uow.uploads.pending() == (4, 935)
        assert order(uow) == ["s-4", "s-2", "s-1", "s-3"]
        assert uow.uploads.pending() == (0, 0)


def test_how_far_a_file_is_comes_back_and_decides_whether_it_waits(database):
    with database.write() as uow:
        uow.dossiers.add_many([dossier(1)])
        filed(uow, 1, 10, "d-000001")
        sha256 = f"{1:064x}"
        assert uow.uploads.get(sha256) is None
        for state, waits in (("sending", True), ("announced", False), ("verified", False), ("attention", False)):
            value = Upload(sha256, state, "/uploads/x", 2)
            uow.uploads.put(value)
            assert uow.uploads.get(sha256) == value
            assert (uow.uploads.due() is not None) == waits
            assert uow.uploads.pending() == ((1, 10) if waits else (0, 0))
            assert [each.sha256 for each in uow.uploads.attention()] == ([sha256] if state == "attention" else [])


def test_the_age_of_what_waits_is_that_of_the_file_filed_first(database):
    with database.write() as uow:
        uow.dossiers.add_many([dossier(1), dossier(2, due_at=None)])
        assert uow.uploads.oldest() is None
        for at in (3, 1, 2):
            filed(uow, at, 10, "d-000001", at=NOW - timedelta(days=at))
        assert uow.uploads.oldest() == NOW - timedelta(days=3)
        uow.uploads.put(Upload(f"{3:064x}", "verified"))
        assert uow.uploads.oldest() == NOW - timedelta(days=2), "what arrived waits no more"
        assert order(uow)
        assert uow.uploads.oldest() is None


def test_one_content_in_two_papers_waits_once(database):
    with database.write() as uow:
        uow.dossiers.add_many([dossier(1), dossier(2)])
        filed(uow, 1, 10, "d-000001")
        uow.papers.add(replace(uow.papers.get("op-1"), op_id="op-9", dossier_id="d-000002"))
        assert uow.uploads.pending() == (1, 10)
        assert order(uow) == ["s-1"]


def test_a_file_that_needs_a_person_is_told_once_with_its_dossier_until_its_paper_is_taken_off(database):
    with database.write() as uow:
        uow.dossiers.add_many([dossier(1), dossier(2)])
        filed(uow, 1, 10, "d-000001")
        filed(uow, 2, 20, "d-000002")
        filed(uow, 3, 30, "d-000002", unlinked_at=NOW)
        filed(uow, 4, 40, "d-000002", destroyed_at=NOW)
        for n in (1, 3, 4):
            uow.uploads.put(Upload(f"{n:064x}", "attention"))
        uow.papers.add(replace(uow.papers.of_dossier("d-000001")[0], op_id="op-9", file_id="f-9", dossier_id="d-000002"))
        assert [each.sha256 for each in uow.uploads.attention()] == [f"{1:064x}"]
        assert (uow.uploads.attention()[0].paper, uow.uploads.attention()[0].size) == ("Tờ khai", 10)
        for op_id in ("op-1", "op-9"):
            uow.papers.update(replace(uow.papers.get(op_id), unlinked_at=NOW))
        assert uow.uploads.attention() == []
