"""Dossiers and records for the storage tests, and hypothesis strategies that make many of them. Nobody here is real."""

from __future__ import annotations

import hashlib
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st
from sqlalchemy import select

from counter_app.domain.dossier import (
    RESOLVED,
    Applicant,
    ApplicantKind,
    BookPlace,
    Channel,
    CodeOfDossier,
    DeliveryMethod,
    DocumentLine,
    Dossier,
    FeeLine,
    FeeMethod,
    Sex,
    Status,
    Submitter,
)
from counter_app.domain.events import ZERO_HASH, AuditEntry, Event, Lane
from counter_app.domain.life import Supplement
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Role
from counter_app.domain.registers import PrintedForm, UsedNumber
from counter_app.services.ports import ListMoment
from counter_app.storage import open_database
from counter_app.storage.tables import number as register

KEY = bytes(range(32))
NOW = local(2026, 11, 20, 9, 42)
TODAY = date(2026, 11, 20)
AT = ListMoment(NOW, local(2026, 11, 20, 23, 59, 59), local(2026, 11, 23, 23, 59, 59))
ACTOR = Actor("u-0001", Role.CLERK)


def dossier(n=1, **changes):
    """Return a plain dossier; ``n`` makes its id, code and hour its own."""
    code = f"H36.50.05-261120-{n:04d}"
    whole = Dossier(
        dossier_id=f"d-{n:06d}", code=code, procedure_code="1.001193", procedure_name="Đăng ký khai sinh",
        procedure_version="2026.1/1.001193", field_name="Hộ tịch", status=Status.RECEIVED, channel=Channel.DIRECT,
        applicant=Applicant(ApplicantKind.PERSON, "Trần Thị Ví Dụ", "001190000456", address="Thôn 3, xã Đắk Mil", phone="0912 345 678"),
        received_at=NOW, due_at=local(2026, 11, 25, 9, 42), printed_due_at=local(2026, 11, 25, 9, 42), codes=(CodeOfDossier(code, "official"),),
    )
    return replace(whole, **changes)


def named(n, full_name, **changes):
    return dossier(n, applicant=replace(dossier().applicant, full_name=full_name, **changes))


def full_dossier(n=1):
    """Return a dossier with every member set to something else than its default."""
    return dossier(
        n,
        applicant=Applicant(ApplicantKind.ENTERPRISE, "Hộ kinh doanh Ví Dụ", "001190000456", date(1990, 3, 15), 1990, Sex.FEMALE,
                            "Thôn 3", "0912345678", "vidu@example.vn"),
        submitter=Submitter("Lê Văn Mẫu", "001091000123", "0900000001", "con", "Giấy ủy quyền 1"),
        documents=(DocumentLine("Tờ khai", 1, 2, 3, True, "G15.1"), DocumentLine("Giấy chứng sinh", 1)),
        fees=(FeeLine("f-1", "Lệ phí", 8000, FeeMethod.CASH, "KS", "AA/26E", "0000017", ""),
              FeeLine("f-2", "Bản sao", 0, FeeMethod.EXEMPT, exempt_reason="hộ nghèo")),
        codes=(CodeOfDossier(f"H36.50.05-261120-{n:04d}", "official"), CodeOfDossier(f"G09.20-20261120-{n:07d}", "ministry")),
        place=BookPlace("dossiers", 2026, 1, n), summary="Khai sinh cho con", sets=2, note="Ghi chú", delivery=DeliveryMethod.POSTAL,
        delivery_address="Thôn 4", wants_message=True, out_of_area=True, entered_later="mất điện", handled_by="Công chức hộ tịch", holder="u-0002",
        limit_text="3 ngày làm việc", due_nominal=date(2026, 11, 24), options={"cutoff": "15:00", "roll_end": True, "extension_limit": 1},
        due_history=((NOW, local(2026, 11, 25, 9, 42)), (NOW + timedelta(days=1), None)), finished_at=local(2026, 11, 24, 10),
        returned_at=local(2026, 11, 25, 8), closed_as="returned", supplement_open_since=local(2026, 11, 21, 8), supplement_count=1,
        extension_count=1, received_by="u-0001", desk="2", attention=("name_differs", "late"), known_rev=7, status=Status.RETURNED,
    )


def event(n=1, lane=True, **changes):
    made = Event(f"op-{n:04d}", "d-000001", "dossier.received", NOW, ACTOR, {"b": 1, "a": ["đ", None]}, {"MaHoSo": "x"}, 0,
                 Lane("device", "epoch", n, ZERO_HASH, f"{n:064x}") if lane else None)
    return replace(made, **changes)


def audit_entry(n=1):
    return AuditEntry(n, NOW, "u-0001", "view", "d-000001", {"reason": "đối chiếu"}, ZERO_HASH, f"{n:064x}")


def serials_on_record(uow, device, day, series="normal"):
    """Return every serial of a series of a day in the register, used or burned; to be called in the transaction of a real database."""
    wanted = register.c.device == device, register.c.day == day.isoformat(), register.c.series == series
    return set(uow.numbers._connection.execute(select(register.c.serial).where(*wanted)).scalars())


def number(serial=1, dossier_id="d-000001", **changes):
    made = UsedNumber(f"H36.50.05-261120-{serial:04d}", "device", TODAY, "normal", serial, dossier_id, "" if dossier_id else "crash", NOW)
    return replace(made, **changes)


def printed(n=1, pdf=b"%PDF", **changes):
    made = PrintedForm(f"p-{n}", "d-000001", "01", n, "a5", NOW, "01/2026", hashlib.sha256(pdf).hexdigest(), pdf, {"code": "x", "lines": ["đ"]})
    return replace(made, **changes)


def opened(url, **options):
    """Open a desk made by the fixture ``new_url``."""
    return open_database(url, KEY if url.startswith("sqlite") else None, backup_dir=None, **options)


def fill(database, *dossiers):
    """Store dossiers in one transaction."""
    with database.write() as uow:
        uow.dossiers.add_many(dossiers)
        uow.commit()


@contextmanager
def written_to(database, most=3000):
    """Let somebody take in two dossiers at a time behind the block; with the first one their number is always odd."""
    stop = threading.Event()

    def keep_writing():
        n = 2
        while not stop.is_set() and n < most:
            fill(database, dossier(n), dossier(n + 1))
            n += 2

    fill(database, dossier(1))
    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        yield
    finally:
        stop.set()
        writer.join()


moments = st.integers(0, 40 * 24 * 60).map(lambda minutes: local(2026, 11, 1) + timedelta(minutes=minutes))
words = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạòóỏõọ"), min_size=1, max_size=4)
names = st.lists(words, min_size=1, max_size=4).map(lambda parts: " ".join(parts).title())
odd_texts = st.text(st.sampled_from("aáAđĐ1 .-_%'’*\"\\()|Ωж漢²ﬁ"), max_size=8)


@st.composite
def dossiers(draw, n):
    """Make a dossier as it might stand on 20 November 2026, in any state."""
    status = draw(st.sampled_from(Status))
    finished = draw(moments) if status in RESOLVED else None
    asked = Supplement("s-1", draw(moments), "u-0001", ("Tờ khai",), "thiếu", deadline=draw(st.none() | moments), received_at=draw(st.none() | moments))
    return dossier(
        n, status=status, received_at=draw(moments), due_at=draw(st.none() | moments), finished_at=finished,
        returned_at=finished if status is Status.RETURNED else None,
        supplement_open_since=draw(moments) if status is Status.AWAITING_SUPPLEMENT else None,
        holder=draw(st.sampled_from(["", "u-0002"])), attention=draw(st.sampled_from([(), ("late",)])),
        applicant=Applicant(ApplicantKind.PERSON, draw(names), draw(st.sampled_from(["", "001190000456", "001190000789"])),
                            phone=draw(st.sampled_from(["", "0912 345 678", "0987.654.321"])), address=draw(odd_texts)),
        summary=draw(odd_texts), supplements=draw(st.sampled_from([(), (asked,)])),
    )


def lists_of_dossiers(most=12):
    return st.integers(0, most).flatmap(lambda size: st.tuples(*(dossiers(n) for n in range(1, size + 1))))
