"""Prints come back byte by byte, and what a template's documents share is stored once."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
import sqlalchemy.exc
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from counter_app.domain.registers import PrintJob
from counter_app.storage import tables as t
from counter_app.storage.repositories.prints import MAX_PREFIXES, MIN_PREFIX, common_beginning
from tests.storage.samples import NOW, printed

FONTS = random.Random(1).randbytes(12_000)


def slip(n, fonts=FONTS, **changes):
    return printed(n, pdf=fonts + random.Random(n).randbytes(4_000), **changes)


def stored_bytes(uow):
    tails = uow._connection.execute(select(func.coalesce(func.sum(func.length(t.printed.c.tail)), 0))).scalar()
    beginnings = uow._connection.execute(select(func.coalesce(func.sum(func.length(t.print_prefix.c.body)), 0))).scalar()
    return int(tails), int(beginnings)


def test_prints_come_back(database):
    with database.write() as uow:
        uow.prints.add(printed(1))
        uow.prints.add(printed(2, pdf=b"", paper="a4"))
        uow.prints.add(printed(3, form="02", issue=1))
        uow.commit()
    with database.read() as uow:
        assert uow.prints.first("d-000001", "01") == uow.prints.get("p-1") == printed(1)
        assert uow.prints.get("p-2") == printed(2, pdf=b"", paper="a4")
        assert uow.prints.first("d-000001", "03") is uow.prints.get("p-9") is None
        assert (uow.prints.issues("d-000001", "01"), uow.prints.issues("d-000001", "02"), uow.prints.issues("d-9", "01")) == (2, 1, 0)


def test_an_issue_is_printed_once(database):
    with database.write() as uow:
        uow.prints.add(printed(1))
        with pytest.raises(sqlalchemy.exc.IntegrityError):
            uow.prints.add(printed(1, print_id="p-other"))


def test_the_common_beginning_is_stored_once(database):
    with database.write() as uow:
        for n in range(1, 21):
            uow.prints.add(slip(n))
        assert all(uow.prints.get(f"p-{n}") == slip(n) for n in range(1, 21))
        tails, beginnings = stored_bytes(uow)
    assert beginnings == len(FONTS)
    assert tails == 20 * 4_000 + len(FONTS), "only the very first one is whole"


def test_a_beginning_that_two_share_by_chance_does_not_stay_the_only_one(database):
    alike = slip(1).pdf + b"tail of the second"
    with database.write() as uow:
        uow.prints.add(slip(1))
        uow.prints.add(slip(2, fonts=alike))
        for n in range(3, 9):
            uow.prints.add(slip(n))
        assert uow.prints.get("p-2") == slip(2, fonts=alike)
        assert all(uow.prints.get(f"p-{n}") == slip(n) for n in range(3, 9))
        tails, _ = stored_bytes(uow)
    assert tails < 7 * 4_100 + 16_000 + 4_100


def test_templates_keep_apart_and_short_documents_stay_whole(database):
    with database.write() as uow:
        for n in (1, 2):
            uow.prints.add(slip(n))
        uow.prints.add(slip(3, template_version="02/2027"))
        uow.prints.add(printed(4, pdf=FONTS[: MIN_PREFIX - 1]))
        assert [uow.prints.get(f"p-{n}").pdf for n in (3, 4)] == [slip(3).pdf, FONTS[: MIN_PREFIX - 1]]
        assert stored_bytes(uow) == (16_000 + 4_000 + 16_000 + MIN_PREFIX - 1, len(FONTS))


def test_two_templates_may_begin_alike(database):
    with database.write() as uow:
        for n in (1, 2, 3, 4):
            uow.prints.add(slip(n, template_version=f"{(n + 1) // 2:02d}/2027"))
        assert all(uow.prints.get(f"p-{n}").pdf == slip(n).pdf for n in (1, 2, 3, 4))
        assert stored_bytes(uow) == (2 * len(slip(1).pdf) + 2 * 4_000, len(FONTS)), "the second of each is kept by the one beginning"


def test_beginnings_do_not_grow_for_ever(database):
    with database.write() as uow:
        for n in range(1, MAX_PREFIXES + 6):
            uow.prints.add(slip(n, fonts=FONTS[: 12_000 - n * 100] + bytes([n]) * 200))
        assert uow._connection.execute(select(func.count()).select_from(t.print_prefix)).scalar() <= MAX_PREFIXES
        assert uow.prints.get(f"p-{MAX_PREFIXES + 5}").pdf.startswith(FONTS[:9_000])


@given(beginning=st.binary(max_size=60), one=st.binary(max_size=20), other=st.binary(max_size=20))
def test_the_common_beginning_is_the_longest(beginning, one, other):
    common = common_beginning(beginning + one, beginning + other)
    assert (beginning + one).startswith(common)
    assert (beginning + other).startswith(common)
    assert len(common) >= len(beginning)
    rest_one, rest_other = (beginning + one)[len(common):], (beginning + other)[len(common):]
    assert not rest_one or not rest_other or rest_one[0] != rest_other[0]


def test_the_print_queue(database):
    jobs = [PrintJob(f"j-{n}", "p-1", "Canon", 2, state, NOW, n, "hết giấy", "d-1") for n, state in
            enumerate(("waiting", "printing", "failed", "printed", "cancelled"))]
    with database.write() as uow:
        for job in reversed(jobs):
            uow.prints.add_job(job)
        uow.commit()
    with database.read() as uow:
        assert uow.prints.open_jobs() == jobs[:3]
    with database.write() as uow:
        uow.prints.update_job(replace(jobs[0], state="printed"))
        uow.prints.update_job(replace(jobs[2], state="waiting", tries=9, message=""))
        uow.commit()
    with database.read() as uow:
        assert uow.prints.open_jobs() == [jobs[1], replace(jobs[2], state="waiting", tries=9, message="")]


def test_a_struck_print_keeps_its_document_and_its_reason(database):
    with database.write() as uow:
        uow.prints.add(slip(1))
        uow.prints.add(slip(2))
        uow.prints.void("p-2", NOW, "in nhầm")
        uow.commit()
    with database.read() as uow:
        assert uow.prints.get("p-2") == replace(slip(2), void_reason="in nhầm", voided_at=NOW)
        assert uow.prints.first("d-000001", "01") == slip(1)


def test_a_print_is_struck_once(database):
    with database.write() as uow:
        uow.prints.add(printed(1))
        uow.prints.void("p-1", NOW, "in nhầm")
        with pytest.raises(sqlalchemy.exc.IntegrityError):
            uow.prints.void("p-1", NOW, "lần nữa")


def test_the_prints_of_a_dossier_come_in_order_without_their_documents(database):
    with database.write() as uow:
        uow.prints.add(slip(1))
        uow.prints.add(printed(2, pdf=b"", form="02", issue=1))
        uow.prints.add(slip(3, dossier_id="d-000002"))
        uow.prints.void("p-1", NOW, "in nhầm")
        uow.commit()
    with database.read() as uow:
        assert uow.prints.of_dossier("d-000001") == [
            replace(slip(1), pdf=b"", void_reason="in nhầm", voided_at=NOW), printed(2, pdf=b"", form="02", issue=1)]
        assert uow.prints.of_dossier("nobody") == []
