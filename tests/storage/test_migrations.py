"""The schema: migrations and tables agree, old databases come up to date with a backup beside, and a failed migration changes nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from counter_app.domain.dossier import Status
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.life import Supplement
from counter_app.domain.moments import local
from counter_app.services.ports import ListFilter
from counter_app.storage import create_database, migrations, open_database, schema
from counter_app.storage.backup import check_copy
from counter_app.storage.indexes import metadata
from tests.storage.old.keep import FONTS
from tests.storage.samples import AT, KEY, NOW, TODAY, audit_entry, dossier, event, full_dossier, number, opened, printed

OLD = Path(__file__).parent / "old"
KEPT = sorted(OLD.glob("schema-*.db"))
ROOT = Path(__file__).resolve().parents[2]
NOW_KNOWN = schema.HEAD
SEARCH = ("dossier_fts", "page_words_fts")


def ours(_object, name, kind, _reflected, _compared):
    """Leave out what only one database has: the search index and its shadows."""
    return not (kind == "table" and name.startswith(SEARCH)) and name not in ("ix_dossier_search", "ix_page_words_search")


def test_tables_and_migrations_agree(database):
    with database.read() as uow:
        context = MigrationContext.configure(uow._connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_indexes_and_constraints_are_the_same_to_the_letter(sqlite_database):
    """Alembic does not look at the conditions of partial indexes, which decide whether a list is found in time."""
    by_tables = create_engine("sqlite://")
    metadata.create_all(by_tables)

    def definitions(connection):
        found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', 'index')")
        return {name: sorted(re.split(r"[\s,]+", sql)) for name, sql in found if not name.startswith((*SEARCH, "alembic"))}

    with by_tables.connect() as model, sqlite_database.read() as uow:
        assert definitions(uow._connection) == definitions(model)
    by_tables.dispose()


def test_the_newest_migration_is_the_one_the_program_knows():
    scripts = ScriptDirectory.from_config(migrations.configuration())
    assert scripts.get_heads() == [schema.HEAD]
    assert {path.stem.split("-")[1] for path in KEPT} >= {each.revision for each in scripts.walk_revisions()}, "a schema was not kept"


@pytest.fixture
def next_schema(monkeypatch):
    """Make the program one migration newer than it is."""
    plain = migrations.configuration

    def with_next(connection=None):
        config = plain(connection)
        config.set_main_option("version_locations", f"{Path(migrations.__file__).parent / 'versions'}:{OLD / 'next'}")
        return config

    monkeypatch.setattr(migrations, "configuration", with_next)
    monkeypatch.setattr(schema, "HEAD", "9999")


def shelves(database):
    with database.read() as uow:
        return uow._connection.exec_driver_sql("SELECT shelf FROM draft").scalars().all()


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_a_kept_old_database_opens_and_holds_everything(kept, tmp_path):
    shutil.copy(kept, tmp_path / "desk.db")
    desk = open_database(f"sqlite:///{tmp_path / 'desk.db'}", KEY, backup_dir=tmp_path / "backups")
    with desk.write() as uow:
        assert uow.settings.all() == {"desk/1": {"commune": "Xã Đắk Mil"}}
        assert uow.users.by_login("clerk").full_name == "Trần Thị Ví Dụ"
        assert [info.version for info in uow.catalogue.infos()] == ["2026.1"]
        assert uow.calendar.newest() == {"version": "2026"}
        assert [uow.dossiers.get(f"d-00000{n}") for n in (1, 2)] == [full_dossier(1), dossier(2)]
        assert uow.dossiers.search(("kinh", "doanh"), "kinh doanh", limit=5).rows[0].dossier_id == "d-000001"
        assert [line.place for line in uow.logbooks.all_lines("dossiers", 2026, None, None, None)] == [full_dossier(1).place]
        assert uow.events.of_dossier("d-000001") == [event(1)]
        assert uow.outbox.counts()["saved"] == 1
        assert uow.audit.entries() == [audit_entry(1)]
        assert uow.numbers.highest("device", TODAY, "normal") == number(1).serial
        assert [uow.prints.get(f"p-{n}") for n in (1, 2)] == [printed(n, pdf=FONTS + str(n).encode()) for n in (1, 2)]
        assert [draft.content for draft in uow.drafts.of_owner("u-0001", "intake")] == [{"note": "đang gõ"}]
        uow.dossiers.add(dossier(3))
        uow.commit()
    desk.close()


def test_a_migration_leaves_a_backup_of_before(tmp_path, next_schema):
    shutil.copy(KEPT[-1], tmp_path / "desk.db")
    desk = open_database(f"sqlite:///{tmp_path / 'desk.db'}", KEY, backup_dir=tmp_path / "backups")
    assert shelves(desk) == ["intake"]
    with desk.read() as uow:
        assert uow.dossiers.get("d-000001") == full_dossier(1)
    desk.close()
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name.startswith(f"desk-before-schema-9999-from-{NOW_KNOWN}-")
    check_copy(copy, KEY)
    again = open_database(f"sqlite:///{tmp_path / 'desk.db'}", KEY, backup_dir=tmp_path / "backups")
    again.close()
    assert len(list((tmp_path / "backups").iterdir())) == 1, "nothing to migrate, nothing to keep"


@pytest.mark.postgres
def test_a_server_is_migrated_too(own_postgres_url, next_schema):
    desk = opened(own_postgres_url)
    assert shelves(desk) == []
    desk.close()


def test_a_migration_that_fails_changes_nothing(own_url, next_schema, monkeypatch):
    from alembic import op

    monkeypatch.setattr(op, "execute", lambda _statement: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        opened(own_url)
    monkeypatch.undo()
    desk = opened(own_url)
    with desk.read() as uow:
        columns = uow._connection.exec_driver_sql("SELECT * FROM draft").keys()
        assert "shelf" not in columns
        assert schema.version(uow._connection) == NOW_KNOWN
    desk.close()


def test_no_backup_no_migration(tmp_path, next_schema):
    shutil.copy(KEPT[-1], tmp_path / "desk.db")
    (tmp_path / "backups").write_text("a file where the folder should be")
    with pytest.raises(SurroundingsError):
        open_database(f"sqlite:///{tmp_path / 'desk.db'}", KEY, backup_dir=tmp_path / "backups")
    assert (tmp_path / "desk.db").read_bytes() == KEPT[-1].read_bytes()


def test_a_database_of_a_newer_program_is_left_alone(own_url):
    desk = opened(own_url)
    with desk.write() as uow:
        uow._connection.exec_driver_sql("UPDATE alembic_version SET version_num = '7777'")
        uow.commit()
    desk.close()
    with pytest.raises(SurroundingsError) as refused:
        opened(own_url)
    assert refused.value.code == "DATABASE_TOO_NEW"
    assert refused.value.problems[0].params["found"] == "7777"


def test_two_desks_of_one_server_share_its_tables(postgres_url):
    first = opened(postgres_url)
    with first.write() as uow:
        uow.dossiers.add(dossier(1))
        uow.commit()
    second = create_database(postgres_url, None)
    with second.read() as uow:
        assert uow.dossiers.get("d-000001") == dossier(1)
    first.close()
    second.close()


def test_opening_an_up_to_date_desk_loads_nothing_it_does_not_need(sqlite_url):
    program = f"""
import sys
from counter_app.storage import open_database
database = open_database({sqlite_url!r}, bytes(range(32)), backup_dir=None)
with database.read() as uow:
    uow.settings.all()
database.close()
print(sorted({{"alembic", "sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "psycopg"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_dossiers_that_wait_for_papers_bring_their_day_along(tmp_path):
    """Schema 0003 knew the day only inside the dossier's JSON."""
    until, url = local(2026, 11, 12, 17), f"sqlite:///{tmp_path / 'desk.db'}"
    open_request = Supplement("s-2", NOW, "u-0001", ("Tờ khai",), "thiếu", deadline=until)
    done = replace(open_request, supplement_id="s-1", received_at=NOW, complete=True)
    waiting = {"status": Status.AWAITING_SUPPLEMENT, "supplement_open_since": NOW}
    stored = [dossier(1, supplements=(done, open_request), **waiting), dossier(2, supplements=(replace(open_request, deadline=None),), **waiting),
              dossier(3, **waiting), dossier(4, supplements=(done,))]
    desk = create_database(url, KEY)
    with desk.write() as uow:
        uow.dossiers.add_many(stored)
        for statement in ("DROP INDEX ix_dossier_papers_until", "DROP INDEX ix_dossier_online", "ALTER TABLE dossier DROP COLUMN papers_until",
                          "DROP INDEX ix_outbox_open", "ALTER TABLE outbox DROP COLUMN rev", "ALTER TABLE outbox DROP COLUMN result",
                          *(f"DROP TABLE {name}" for name in (
                              "stored_file", "digital_paper", "digital_state", "scan_batch", "upload", "page_words", "page_words_fts",
                              "file_reading", "op_place", "line_pass")),
                          "UPDATE alembic_version SET version_num = '0003'"):
            uow._connection.exec_driver_sql(statement)
        uow.commit()
    desk.close()
    desk = open_database(url, KEY, backup_dir=None)
    with desk.read() as uow:
        assert [row.dossier_id for row in uow.dossiers.rows(ListFilter.SUPPLEMENT_LATE, AT, limit=9)] == ["d-000001"]
        assert {row.dossier_id: row.papers_until for row in uow.dossiers.rows(ListFilter.ALL, AT, limit=9)} == {
            "d-000001": until, "d-000002": None, "d-000003": None, "d-000004": None}
    desk.close()
