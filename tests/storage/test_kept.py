"""What is written is kept: the database itself refuses to change or delete history, whoever asks."""

from __future__ import annotations

import pytest
import sqlalchemy.exc

from counter_app.domain.dossier import BookPlace
from counter_app.domain.events import ZERO_HASH, Lane
from tests.storage.samples import NOW, TODAY, audit_entry, dossier, event, number, printed

ACTS = [
    "UPDATE event SET facts = '{}'", "DELETE FROM event", "UPDATE audit SET details = '{}'", "DELETE FROM audit",
    "UPDATE used_number SET dossier_id = NULL", "DELETE FROM used_number", "UPDATE printed_form SET content = '{}'", "DELETE FROM printed_form",
    "UPDATE print_prefix SET body = ''", "DELETE FROM print_prefix", "UPDATE book_line SET dossier_id = 'd-2'",
    "UPDATE book_line SET ordinal = 9", "DELETE FROM book_line", "UPDATE book_volume SET first_ordinal = 2", "DELETE FROM book_volume",
    "UPDATE dossier SET dossier_id = 'd-2'", "DELETE FROM dossier",
    "UPDATE print_void SET reason = ''", "DELETE FROM print_void", "UPDATE op_place SET seq = 9", "DELETE FROM op_place",
]


@pytest.fixture
def filled(database):
    with database.write() as uow:
        uow.dossiers.add(dossier(1))
        uow.events.append(event(1))
        uow.events.place("op-0001", Lane("dev-1", "e" * 16, 1, ZERO_HASH, "a" * 64))
        uow.audit.append(audit_entry(1))
        uow.numbers.add(number(1))
        uow.logbooks.add_line(BookPlace("dossiers", 2026, 1, 1), "d-000001", TODAY)
        for n in (1, 2):
            uow.prints.add(printed(n, pdf=b"%PDF" + b"f" * 3000 + bytes([n])))
        uow.prints.void("p-2", NOW, "in nhầm")
        uow.commit()
    return database


@pytest.mark.parametrize("act", ACTS)
def test_history_can_not_be_changed(filled, act):
    with filled.write() as uow, pytest.raises((sqlalchemy.exc.IntegrityError, sqlalchemy.exc.InternalError), match="is kept for ever"):
        uow._connection.exec_driver_sql(act)


def test_what_must_change_may(filled):
    with filled.write() as uow:
        uow.logbooks.strike(BookPlace("dossiers", 2026, 1, 1), "nhập nhầm", TODAY)
        uow.logbooks.note_printed("dossiers", 2026, 1, 1)
        uow.logbooks.close_volume("dossiers", 2026, 1, TODAY)
        uow.dossiers.update(dossier(1, note="mới"))
        uow.commit()
    with filled.read() as uow:
        assert uow.dossiers.get("d-000001").note == "mới"


def test_an_event_has_one_place_in_its_lane(filled):
    with filled.write() as uow, pytest.raises(sqlalchemy.exc.IntegrityError):
        uow.events.append(event(1, op_id="op-other"))
    with filled.write() as uow, pytest.raises(sqlalchemy.exc.IntegrityError):
        uow.events.append(event(2, op_id="op-0001"))


def test_an_unexpected_error_tells_nothing_about_a_person(filled):
    with filled.write() as uow, pytest.raises(sqlalchemy.exc.IntegrityError) as refused:
        uow.dossiers.add_many([dossier(2, dossier_id="d-000001", codes=())])
    assert "Trần" not in str(refused.value)
    assert "001190000456" not in str(refused.value)
