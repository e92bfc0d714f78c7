"""A disk that lost a bit, in every page of a desk in turn: each verb gives its good answer or says that the database is damaged."""

from __future__ import annotations

import json
import random
import shutil
from datetime import date

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.helping.doctor import DeskFiles, DoctorService, State
from counter_app.services.ports import ListFilter
from counter_app.storage import open_database
from counter_app.storage.guard import FileNumberGuard
from tests.builders import CLERK, DEVICE, HEAD, NOW, command, fake_desk, prepare, profile
from tests.fakes import FakeFormPrinter
from tests.quick import new_database
from tests.services.verbs import calendar_document

KEY = bytes(range(32))
PAGE = 4096
BARE = {"code": "H36.50.05-261102-0002", "received_at": "2026-11-02T08:00:00", "due_history": [
    {"set_at": f"2026-11-02T{hour:02d}:{minute:02d}:00", "due_at": "2026-11-25T08:00:00"} for hour in range(8, 10) for minute in range(45)]}
OPENING = {"DATABASE_CORRUPT", "DATABASE_WRONG_KEY"}
"""Without its first page nobody can tell a damaged file from one of another key; the sentence names both."""


class Bulky(FakeFormPrinter):
    """Documents of several pages each, the same for the same content."""

    def receipt(self, content, paper):
        return super().receipt(content, paper) + random.Random(json.dumps(content)).randbytes(9_000)


def guard_of(file):
    return FileNumberGuard(file.with_name("guard"), DEVICE, profile().agency)


def open_desk(file):
    database = open_database(f"sqlite:///{file}", KEY, backup_dir=None)
    try:
        return fake_desk(NOW, database, guard_of(file), forms=Bulky())
    except BaseException:
        database.close()
        raise


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A small desk with something long in every kind of row: slips, events, a calendar, an older dossier. Its file and its codes."""
    folder = tmp_path_factory.mktemp("filled")
    file = folder / "desk.db"
    database = prepare(new_database(f"sqlite:///{file}", KEY))
    with database.write() as uow:
        uow.calendar.add("long", calendar_document(), NOW)
        uow.commit()
    desk = fake_desk(NOW, database, guard_of(file), forms=Bulky())
    codes = [desk.intake.receive(command(note="Ghi chú dài. " * 75), CLERK).code for _ in range(5)]
    (folder / "older.jsonl").write_text(json.dumps(BARE), encoding="utf-8")
    assert desk.importing.run(folder / "older.jsonl", HEAD).kept == 1
    database.close()
    return file, [*codes, BARE["code"]]


def examined(desk, folder):
    files = DeskFiles(folder, None)
    doctor = DoctorService(desk.database, desk.clock, calendar=desk.calendar, numbering=desk.numbering, profile=profile(), files=files, reads_words=bool)
    return {finding.name: finding for finding in doctor.examine()}["database"]


def verbs(desk, codes, out):
    """Each verb as (name, what it answers)."""
    for code in codes:
        yield f"show {code}", lambda code=code: desk.dossiers.show(code, CLERK)
    for code in codes[:-1]:
        yield f"slip {code}", lambda code=code: desk.slips.first(desk.dossiers.show(code, CLERK).dossier.dossier_id).pdf
    yield "search", lambda: desk.dossiers.search("trần", CLERK)
    yield "list", lambda: desk.dossiers.list(ListFilter.ALL, CLERK)
    yield "book", lambda: (desk.logbooks.export(DOSSIER_BOOK, 2026, out / "book.json", actor=HEAD).lines, (out / "book.json").read_text("utf-8"))
    yield "export", lambda: (desk.exporting.run(date(2026, 1, 1), date(2026, 12, 31), out / "all.jsonl", HEAD).dossiers,
                             (out / "all.jsonl").read_text("utf-8"))
    yield "reprint", lambda: desk.slips.reprint(codes[0], "a4", CLERK).pdf
    yield "intake", lambda: desk.intake.receive(command(), CLERK).code


def answers(file, codes, out):
    """Return what each verb answers, or the code of its refusal; anything else than a refusal of the surroundings falls through."""
    found = {}
    try:
        desk = open_desk(file)
    except SurroundingsError as error:
        return {"open": error.code}
    try:
        for name, verb in verbs(desk, codes, out):
            before = {path.name: path.read_bytes() for path in out.iterdir()}
            try:
                found[name] = verb()
            except SurroundingsError as error:
                found[name] = error.code
                assert {path.name: path.read_bytes() for path in out.iterdir()} == before, "what can't be trusted gets no name"
        found["doctor"] = examined(desk, out).problem.code
    finally:
        desk.database.close()
    return found


def put(folder, template, content):
    """Make a folder of the desk with this file, and the guard as it was."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template.with_name("guard"), folder / "guard")
    (folder / "desk.db").write_bytes(content)
    return folder / "desk.db"


def damaged(sound, page, rng):
    spoiled = bytearray(sound)
    spoiled[(page - 1) * PAGE + rng.randrange(PAGE)] ^= 1 << rng.randrange(8)
    return bytes(spoiled)


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.soak) for part in range(1, 4))])
def test_no_verb_believes_a_damaged_page(filled, tmp_path, part):
    template, codes = filled
    out, folder = tmp_path / "out", tmp_path / "desk"
    out.mkdir()
    sound, rng = template.read_bytes(), random.Random(part)
    good = answers(put(folder, template, sound), codes, out)
    assert examinable(good)
    refused = 0
    for page in range(1 + part, len(sound) // PAGE + 1, 4):
        found = answers(put(folder, template, damaged(sound, page, rng)), codes, out)
        if "open" in found:
            assert found["open"] in OPENING
            continue
        assert found.pop("doctor") == "DATABASE_CORRUPT", page
        wrong = {name: answer for name, answer in found.items() if answer not in (good[name], "DATABASE_CORRUPT")}
        assert not wrong, page
        refused += "DATABASE_CORRUPT" in found.values()
    assert refused > 5


def examinable(good):
    """The test itself can tell: the sound desk answers everything, and well."""
    return good["doctor"] == "DOCTOR_DATABASE_OK" and State.BAD.value not in good.values() and "DATABASE_CORRUPT" not in good.values()
