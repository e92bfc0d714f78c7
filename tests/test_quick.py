"""What the tests take a short way to is what the long way leads to."""

import os
import subprocess
import sys
import tempfile
from types import SimpleNamespace

import pytest
from sqlalchemy import literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from counter_app import printing
from counter_app.printing.document import Press
from counter_app.printing.form_printer import PdfFormPrinter
from counter_app.storage import create_database
from counter_app.storage.engine import open_engine
from counter_app.storage.plain import UnreadableError, members, write_json
from counter_app.storage.repositories import catalogue
from tests import quick
from tests.builders import prepare, procedure

KEY = bytes(range(32))


def shape(url):
    """Return every table, index and trigger of a desk, and the version of its schema."""
    engine = open_engine(url, KEY, wait_seconds=1)
    with engine.connect() as connection:
        made = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").all()
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    engine.dispose()
    return made, version


def test_a_copied_desk_is_what_a_new_one_is(tmp_path):
    made, copied = (f"sqlite:///{tmp_path / name}" for name in ("made.db", "copied.db"))
    create_database(made, KEY).close()
    quick.new_database(copied, KEY).close()
    assert shape(copied) == shape(made)
    assert len(shape(copied)[0]) > 50


def test_each_copy_is_a_desk_of_its_own_under_its_own_key(tmp_path):
    first, second, other = (quick.new_database(f"sqlite:///{tmp_path / name}", key)
                            for name, key in (("1.db", KEY), ("2.db", KEY), ("3.db", bytes(32))))
    prepare(first)
    with first.read() as one, second.read() as two, other.read() as three:
        assert [len(each.users.all()) for each in (one, two, three)] == [3, 0, 0]
    for each in (first, second, other):
        each.close()


def test_a_procedure_is_read_once_and_each_text_gives_its_own():
    texts = [write_json(members(procedure(name=name))) for name in ("Một", "Hai", "Một")]
    one, two, again = map(catalogue.read_procedure, texts)
    assert (one.name, two.name) == ("Một", "Hai")
    assert again is one


def test_what_is_no_procedure_is_refused_each_time():
    for _ in range(2):
        with pytest.raises(UnreadableError):
            catalogue.read_procedure('{"name": "Một"}')


def test_documents_of_printers_that_share_their_typefaces_are_those_of_a_printer_of_its_own():
    sheet = {
        "unit_name": "Trung tâm", "commune": "Xã Đắk Mil", "province": "Lâm Đồng", "agency": "H36.50.05", "desk": "2",
        "device": "01a205b3-d000-7d57-bbaa-667cf005fbcc", "made_at": "2026-11-20T09:42:00+07:00", "recovery": "AAAAA-BBBBB",
    }
    first, second = (printing.make_form_printer().recovery_sheet(sheet) for _ in range(2))
    assert first == second == PdfFormPrinter(Press()).recovery_sheet(sheet)


def test_each_desk_is_asked_in_its_own_database_by_statements_that_are_put_into_sql_once(tmp_path, monkeypatch):
    first, second = (quick.new_database(f"sqlite:///{tmp_path / name}", KEY) for name in ("1.db", "2.db"))
    prepare(first)
    with first.read() as uow:
        assert len(uow.users.all()) == 3
    monkeypatch.delattr(SQLCompiler, "visit_select")
    with first.read() as one, second.read() as two:
        assert [len(each.users.all()) for each in (one, two)] == [3, 0]
    for each in (first, second):
        each.close()


def test_statements_of_one_kind_of_database_are_not_those_of_another():
    asked = select(literal("a") + literal("b")).limit(1)
    assert len({str(asked.compile(dialect=dialect)) for dialect in (sqlite.dialect(), postgresql.dialect())}) == 2
    assert sqlite.dialect() == sqlite.dialect()
    assert sqlite.dialect() != postgresql.dialect()


def place(gib, flags=0):
    return SimpleNamespace(f_bavail=gib << 18, f_frsize=4096, f_flag=flags)


@pytest.mark.parametrize(("found", "answer"), [(place(3), True), (place(2), False), (place(30, os.ST_NOEXEC), False)])
def test_memory_takes_the_place_of_the_disk_where_it_is_as_good(found, answer, monkeypatch, tmp_path):
    monkeypatch.setattr(os, "statvfs", lambda _place: found)
    assert quick.roomy(tmp_path) is answer


def test_a_place_that_is_not_there_has_no_room(tmp_path):
    assert not quick.roomy(tmp_path / "none")


@pytest.fixture
def unsaid(monkeypatch):
    """Nobody has said where temporary folders shall be; what the tests found out is put back."""
    monkeypatch.setenv("TMPDIR", "to be put back")
    monkeypatch.delenv("TMPDIR")
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(os, "statvfs", lambda _place: place(3))


def test_temporary_folders_are_made_in_memory(unsaid, tmp_path):
    quick.keep_off_the_disk(tmp_path)
    assert tempfile.gettempdir() == os.environ["TMPDIR"] == str(tmp_path)


def test_who_said_where_is_obeyed(unsaid, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "said"))
    quick.keep_off_the_disk(tmp_path)
    assert tempfile.tempdir is None


def test_programs_that_a_test_starts_keep_their_bytecode(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    quick.keep_bytecode()
    assert not sys.dont_write_bytecode
    assert subprocess.check_output([sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"], text=True).strip() == "False"
