"""Keep a database of the present schema, with one record of every kind, for the programs to come: ``python -m tests.storage.old.keep``."""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.catalogue import CatalogueInfo
from counter_app.domain.people import Role, User
from counter_app.domain.registers import Draft
from counter_app.storage import create_database
from counter_app.storage.schema import HEAD
from tests.storage.samples import KEY, NOW, TODAY, audit_entry, dossier, event, full_dossier, number, printed

FOLDER = Path(__file__).parent
FONTS = bytes(range(256)) * 12


def keep(file):
    """Make the database. What it holds is never changed: :mod:`tests.storage.test_migrations` looks for it."""
    database = create_database(f"sqlite:///{file}", KEY)
    with database.write() as uow:
        uow.settings.put("desk/1", {"commune": "Xã Đắk Mil"})
        uow.users.add(User("u-0001", "clerk", "Trần Thị Ví Dụ", Role.CLERK, "$argon2id$x"))
        uow.catalogue.add(CatalogueInfo("2026.1", "Danh mục", NOW, 0), [])
        uow.calendar.add("2026", {"version": "2026"}, NOW)
        uow.dossiers.add_many([full_dossier(1), dossier(2)])
        uow.logbooks.add_line(full_dossier(1).place, "d-000001", TODAY)
        uow.events.append(event(1))
        uow.outbox.add("op-0001", "d-000001")
        uow.audit.append(audit_entry(1))
        uow.numbers.add(number(1))
        uow.prints.add(printed(1, pdf=FONTS + b"1"))
        uow.prints.add(printed(2, pdf=FONTS + b"2"))
        uow.drafts.save(Draft("f-1", "u-0001", "intake", NOW, False, "Khai sinh", {"note": "đang gõ"}))
        uow.commit()
    database.close()


if __name__ == "__main__":
    keep(FOLDER / f"schema-{HEAD}.db")
