"""A part of a transaction stands or falls by itself: on both databases, for whatever was written in it, and never longer than the whole."""

from __future__ import annotations

import pytest
import sqlalchemy.exc

from counter_app.domain.dossier import BookPlace
from tests.fakes import FakeDatabase
from tests.storage.samples import TODAY, dossier, event


class BrokenError(Exception):
    """What goes wrong in a part."""


def breaks(uow):
    """Write all sorts of things in a part that comes to nothing."""
    with uow.part():
        uow.settings.put("before", 2)
        uow.settings.put("broken", 1)
        uow.events.append(event(1))
        uow.dossiers.add(dossier(1))
        raise BrokenError


def put_in_parts(database):
    """Write before, in a part that breaks, in one that does not, and after; commit."""
    with database.write() as uow:
        uow.settings.put("before", 1)
        with pytest.raises(BrokenError):
            breaks(uow)
        with uow.part():
            uow.settings.put("whole", 1)
        uow.settings.put("after", 1)
        uow.commit()


def test_a_part_that_breaks_undoes_itself_and_no_more(database):
    put_in_parts(database)
    with database.read() as uow:
        assert uow.settings.all() == {"before": 1, "whole": 1, "after": 1}
        assert (list(uow.events.everything()), uow.dossiers.get("d-000001")) == ([], None)


def test_the_fake_does_as_the_databases_do():
    fake = FakeDatabase()
    put_in_parts(fake)
    assert fake.state.settings == {"before": "1", "whole": "1", "after": "1"}
    assert (fake.state.events, fake.state.dossiers) == ([], {})


def test_the_database_s_own_refusal_in_a_part_leaves_the_transaction_sound(database):
    """PostgreSQL takes nothing more in a transaction that it once refused something in, but for what goes back behind that."""
    with database.write() as uow:
        uow.dossiers.add(dossier(1))
        uow.logbooks.add_line(BookPlace("dossiers", 2026, 1, 1), "d-000001", TODAY)
        with pytest.raises(sqlalchemy.exc.IntegrityError), uow.part():
            uow.dossiers.add(dossier(1))
        uow.settings.put("after", 1)
        uow.commit()
    with database.read() as uow:
        assert (uow.settings.get("after"), uow.dossiers.get("d-000001").dossier_id) == (1, "d-000001")


def test_parts_fall_with_the_transaction(database):
    with database.write() as uow, uow.part():
        uow.settings.put("whole", 1)
    with database.read() as uow:
        assert uow.settings.all() == {}


def test_a_part_within_a_part_falls_alone(database):
    with database.write() as uow:
        with uow.part():
            uow.settings.put("outer", 1)
            with pytest.raises(BrokenError):
                breaks(uow)
        uow.commit()
    with database.read() as uow:
        assert uow.settings.all() == {"outer": 1}


def test_there_are_no_parts_of_what_was_not_begun(database):
    with pytest.raises(RuntimeError):
        database.write().part()
