"""A desk made of a copy: whole or none, with a new epoch, and never a number twice."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from counter_app.bootstrap import CreateDesk, create_desk, desk_exists, open_counter, restore_desk, restoring
from counter_app.bootstrap.restoring import BUILDING, LOCK, ROOM
from counter_app.domain.errors import DeskError, RuleBrokenError, SurroundingsError
from counter_app.services.keeping.policy import Why
from counter_app.services.keeping.records import never
from counter_app.services.line.province import Relation, keep_relation
from counter_app.services.verifying.service import VerifyService
from counter_app.storage.keeping import store
from counter_app.storage.keeping.container import Container, seal
from counter_app.storage.keeping.room import CopyRoom, DeskPlaces
from counter_app.storage.trail_marks import FILE_NAME
from counter_app.support.paths import window_lock
from tests.builders import command
from tests.conftest import AGENCY, COMMUNE, PASSWORD, PROVINCE
from tests.services.killing import STRIDE
from tests.support.other_program import holding

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")


class Computer:
    """A computer with a desk, as its folders and variables."""

    def __init__(self, home, monkeypatch, name="old"):
        self.home, self._patch = home / name, monkeypatch
        self.desk, self.stick = self.home / "desk", home / "stick"
        self.use()

    def use(self):
        self._patch.setenv("COUNTER_STATE_DIR", str(self.home / "state"))
        self._patch.setenv("COUNTER_KEY_FILE", str(self.home / "desk.key"))


@pytest.fixture
def old(home, clock, monkeypatch):
    made = Computer(home, monkeypatch)
    wish = CreateDesk(AGENCY, COMMUNE, PROVINCE, "2", password=PASSWORD, unattended=True, serials="2000-2999")
    made.sheet = create_desk(wish, made.desk, clock=clock).recovery_text
    return made


@pytest.fixture
def opened(clock):
    """Opens a desk and closes it at the end of the block."""
    return lambda place: closing(open_counter(place, clock=clock))


def receive(counter, count=1):
    actor = counter.login.acting("", "")
    return [counter.intake.receive(command(), actor).code[-4:] for _ in range(count)]


def copy_of(computer, clock, dossiers=3):
    computer.stick.mkdir(exist_ok=True)
    with closing(open_counter(computer.desk, clock=clock)) as counter:
        receive(counter, dossiers)
        return counter.keeping.make_in(str(computer.stick)).path


def everything(place):
    return sorted(str(path.relative_to(place)) for path in place.rglob("*"))


def differences(counter):
    assert isinstance(counter.verifying, VerifyService)
    return counter.verifying.run().differences


def test_on_the_same_computer_numbers_go_on_above_what_the_guard_remembers(old, clock, opened):
    copy = copy_of(old, clock)
    with opened(old.desk) as counter:
        later, epoch = receive(counter, 2), counter.settings.profile().epoch
    back = old.home / "back"
    restored = restore_desk(copy, back, clock=clock)
    assert (restored.facts.dossiers, restored.missing, restored.numbers, restored.enrol_again) == (3, (), None, False)
    with opened(back) as counter:
        assert counter.settings.profile().epoch == restored.epoch != epoch
        assert counter.numbering.peek(clock.now()) == restored.next_code
        assert receive(counter) == ["2005"]
        assert {number.code[-4:] for number in counter.numbering.burned(clock.now().date(), clock.now().date())} == set(later)
        assert [each for each in differences(counter) if each.what not in ("audit", "marks", "outside")] == []


def test_the_desk_and_its_copy_side_by_side_never_issue_a_number_twice(old, clock, opened):
    back = old.home / "back"
    restore_desk(copy_of(old, clock), back, clock=clock)
    issued = []
    for place in (old.desk, back, old.desk, back, back, old.desk):
        with opened(place) as counter:
            issued += receive(counter)
    assert len(set(issued)) == len(issued)
    assert min(issued) == "2003"


def test_on_a_new_computer_the_sheet_opens_it_and_a_person_names_the_newest_slip(old, home, clock, opened, monkeypatch):
    copy = copy_of(old, clock)
    new = Computer(home, monkeypatch, "new")
    with pytest.raises(SurroundingsError, match="RESTORE_KEY_MISSING"):
        restore_desk(copy, new.desk, clock=clock)
    assert not new.desk.exists() or everything(new.desk) == []
    restored = restore_desk(copy, new.desk, old.sheet, clock=clock)
    assert (restored.numbers.code, restored.next_code) == ("NUMBER_UNSAFE", "")
    assert (home / "new" / "desk.key").read_text().strip() == (home / "old" / "desk.key").read_text().strip()
    with opened(new.desk) as counter:
        with pytest.raises(SurroundingsError, match="NUMBER_UNSAFE"):
            receive(counter)
        counter.numbering.confirm_last(clock.now().date(), 2007, counter.login.acting("", ""))
        assert receive(counter, 2) == ["2008", "2009"]
        assert differences(counter) == ()


@pytest.mark.parametrize("spoil", [lambda sheet: sheet[:-6], lambda sheet: "0" + sheet[1:] if sheet[0] != "0" else "1" + sheet[1:]])
def test_a_mistyped_sheet_makes_no_desk(old, home, clock, monkeypatch, spoil):
    copy = copy_of(old, clock)
    new = Computer(home, monkeypatch, "new")
    with pytest.raises(RuleBrokenError) as refused:
        restore_desk(copy, new.desk, spoil(old.sheet), clock=clock)
    assert refused.value.code in ("RECOVERY_LENGTH", "RECOVERY_GROUP_WRONG")
    assert not (home / "new" / "desk.key").exists()


@pytest.mark.parametrize("kept", ["", "{}", "half of"])
def test_a_copy_without_the_part_of_the_sheet_says_so_and_opens_with_this_computers_key(old, clock, kept):
    copy = Container(copy_of(old, clock))
    key = bytes.fromhex((old.home / "desk.key").read_text())
    first = b"".join(bytes.fromhex(each.sha256) for each in copy.blocks())
    copy.path.write_bytes(seal(first, copy.files(), replace(copy.facts, recovery=kept), key))
    with pytest.raises(SurroundingsError) as refused:
        restore_desk(copy.path, old.home / "back", old.sheet, clock=clock)
    assert (refused.value.code, refused.value.problems[0].params["path"]) == ("COPY_WITHOUT_SHEET", str(copy.path))
    assert restore_desk(copy.path, old.home / "back", clock=clock).facts.dossiers == 3


def test_a_key_of_another_desk_opens_nothing(old, home, clock, monkeypatch):
    copy = copy_of(old, clock)
    new = Computer(home, monkeypatch, "new")
    new.home.mkdir()
    (new.home / "desk.key").write_text("ab" * 32)
    with pytest.raises(SurroundingsError, match="COPY_NOT_OURS"):
        restore_desk(copy, new.desk, clock=clock)


def test_nothing_that_is_there_is_ever_overwritten(old, clock):
    copy = copy_of(old, clock)
    before = {path: path.read_bytes() for path in old.desk.rglob("*") if path.is_file()}
    with pytest.raises(RuleBrokenError, match="RESTORE_NOT_EMPTY"):
        restore_desk(copy, old.desk, clock=clock)
    assert {path: path.read_bytes() for path in old.desk.rglob("*") if path.is_file()} == before
    with pytest.raises(RuleBrokenError, match="RESTORE_NOT_EMPTY"):
        restore_desk(copy, old.stick, clock=clock)


def test_a_window_that_waits_for_its_desk_makes_a_folder_no_less_empty(old, home, clock, monkeypatch):
    copy = copy_of(old, clock)
    new = Computer(home, monkeypatch, "new")
    new.desk.mkdir(parents=True)
    window_lock(new.desk).write_bytes(b"held")
    assert restore_desk(copy, new.desk, old.sheet, clock=clock).facts.dossiers == Container(copy).facts.dossiers
    assert window_lock(new.desk).read_bytes() == b"held"


def test_a_damaged_copy_makes_no_desk_and_leaves_nothing(old, clock):
    copy, back = copy_of(old, clock), old.home / "back"
    damaged = store.place_of(copy.parent, Container(copy).blocks()[0].sha256)
    data = bytearray(damaged.read_bytes())
    data[4096 * 7 + 50] ^= 1
    damaged.write_bytes(data)
    with pytest.raises(SurroundingsError, match="COPY_DAMAGED"):
        restore_desk(copy, back, clock=clock)
    assert everything(back) == []


def test_a_disk_that_the_copy_does_not_fit_on_is_refused_at_once(old, clock, monkeypatch):
    copy, back = copy_of(old, clock), old.home / "back"
    facts = Container(copy).facts
    needed = facts.database_bytes + facts.files_bytes + ROOM
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=needed - 1))
    with pytest.raises(SurroundingsError, match="DISK_FULL"):
        restore_desk(copy, back, clock=clock)
    assert everything(back) == []
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=needed))
    assert restore_desk(copy, back, clock=clock).facts == facts


def test_a_copy_that_was_taken_along_without_its_folder_says_so(old, clock):
    copy, alone = copy_of(old, clock), old.home / "alone.qmc"
    shutil.copy(copy, alone)
    with pytest.raises(SurroundingsError, match="COPY_INCOMPLETE"):
        restore_desk(alone, old.home / "back", clock=clock)
    assert everything(old.home / "back") == []


def test_a_copy_of_before_with_its_database_in_one_piece_makes_the_same_desk(old, clock, opened):
    copy, before = Container(copy_of(old, clock)), old.home / "before.qmc"
    database, key = b"".join(copy.database()), bytes.fromhex((old.home / "desk.key").read_text())
    facts = replace(copy.facts, block_bytes=0, database_sha256=sha256(database).hexdigest())
    before.write_bytes(seal(database, copy.files(), facts, key))
    restored = restore_desk(before, old.home / "back", clock=clock)
    with opened(old.home / "back") as counter:
        assert counter.verifying.run().differences == ()
    assert restored.facts.dossiers == copy.facts.dossiers


def test_a_copy_on_the_desks_own_disk_takes_the_scans_that_lie_there(old, clock, opened):
    scan = old.desk / "files" / "ab" / "00000000-0000-0000-0000-0000000000ab"
    scan.parent.mkdir(parents=True)
    scan.write_bytes(b"sealed")
    with opened(old.desk) as counter:
        copy = counter.keeping.make(Why.UPDATE).made[""].path
    restored = restore_desk(copy, old.home / "back", clock=clock)
    assert (restored.files, restored.missing) == (1, ())
    assert (old.home / "back" / scan.relative_to(old.desk)).read_bytes() == b"sealed"
    taken = Path(shutil.copytree(copy.parent, old.home / "elsewhere" / "copies"))
    assert restore_desk(taken / copy.name, old.home / "again", clock=clock).missing == ("files", "scans")
    at_the_root = Path(copy.anchor) / copy.name
    assert restoring._unpack_files(Container(copy), at_the_root, old.home).missing == ("files", "scans"), "as E:\\copy.qmc on a stick"


def test_scans_come_back_to_their_places_and_missing_ones_are_named(old, clock):
    for n in range(3):
        scan = old.desk / "files" / "ab" / f"00000000-0000-0000-0000-00000000000{n}"
        scan.parent.mkdir(parents=True, exist_ok=True)
        scan.write_bytes(bytes([n]) * 50)
    copy = copy_of(old, clock, 1)
    restored = restore_desk(copy, old.home / "back", clock=clock)
    assert (restored.files, restored.missing) == (3, ())
    assert [path.read_bytes() for path in sorted((old.home / "back" / "files").glob("*/*"))] == [bytes([n]) * 50 for n in range(3)]
    store.place_of(copy.parent, sha256(b"\0" * 50).hexdigest()).unlink()
    again = restore_desk(copy, old.home / "again", clock=clock)
    assert (len(again.missing), len(list((old.home / "again" / "files").glob("*/*")))) == (1, 2)


def test_a_line_whose_key_stayed_on_the_old_computer_is_to_be_enrolled_anew(old, home, clock, opened, monkeypatch):
    with opened(old.desk) as counter, counter.database.write() as uow:
        keep_relation(uow, counter.desk.device, Relation("https://tinh.example", counter.desk.device, AGENCY, "Xã", {}, "file"))
        uow.commit()
    copy = copy_of(old, clock)
    (new := Computer(home, monkeypatch, "new")).use()
    assert restore_desk(copy, new.desk, old.sheet, clock=clock).enrol_again


def test_the_trail_of_the_restored_desk_says_so(old, clock, opened):
    restore_desk(copy_of(old, clock), old.home / "back", clock=clock)
    with opened(old.home / "back") as counter, counter.database.read() as uow:
        entries = [(each.action, each.details.get("why")) for each in uow.audit.entries(1)]
    assert ("desk.restored", None) in entries
    assert {why for action, why in entries if action == "numbers.epoch_begun"} == {"restored"}


def test_a_copy_that_was_put_back_by_hand_is_told_of_by_the_doctor_and_a_restored_one_is_not(old, clock, opened):
    """A database that is merely written over begins its new epoch by itself; nobody would know what is missing."""
    with opened(old.desk) as counter:
        receive(counter)
    shutil.copytree(old.desk, old.home / "aside")
    copy = copy_of(old, clock, 1)
    shutil.rmtree(old.desk)
    shutil.copytree(old.home / "aside", old.desk)
    with opened(old.desk) as counter:
        guard = next(each for each in counter.doctor.examine(thorough=False) if each.name == "guard")
        with counter.database.read() as uow:
            assert [each.details["why"] for each in uow.audit.entries(1) if each.action == "numbers.epoch_begun"] == ["behind"]
    assert guard.problem.code == "DOCTOR_GUARD_BEHIND"
    restore_desk(copy, old.home / "back", clock=clock)
    with opened(old.home / "back") as counter:
        guard = next(each for each in counter.doctor.examine(thorough=False) if each.name == "guard")
    assert guard.problem.code == "DOCTOR_GUARD_OK"


def test_what_the_copy_did_not_hold_is_explained_by_the_restore_and_by_no_entry_that_was_written_like_it(old, clock, opened):
    copy = copy_of(old, clock)
    with opened(old.desk) as counter:
        for _ in range(3):
            counter.dossiers.search("Trần", counter.login.acting("", ""))
    restore_desk(copy, old.home / "back", clock=clock)
    with opened(old.home / "back") as counter:
        marks = [each for each in counter.verifying.run().differences if each.what == "marks"]
        assert marks == []
    witnesses = next((old.home / "state").rglob(FILE_NAME))
    lines = witnesses.read_bytes().split(b"\n")
    witnesses.write_bytes(b"\n".join(line for line in lines if not line.startswith(b"restored")))
    with opened(old.home / "back") as counter:
        kinds = {each.problem.code: each.kind.value for each in counter.verifying.run().differences if each.what == "marks"}
    assert kinds["VERIFY_RESTORE_ADDED"] == "inserted"
    assert {"VERIFY_TRAIL_CUT", "VERIFY_TRAIL_OTHER"} & kinds.keys()


def test_what_a_power_cut_left_of_the_last_step_is_cleared_by_the_next_try(old, clock):
    copy, back = copy_of(old, clock), old.home / "back"
    (back / BUILDING).mkdir(parents=True)
    (back / ".desk.json.k3j4").write_text("{")
    assert restore_desk(copy, back, clock=clock).facts.dossiers == 3
    assert not [each for each in everything(back) if each.startswith(".")]


def test_a_second_restore_leaves_the_first_one_alone(old, clock, opened):
    """It would clear away what the first one has built, which then would become a desk without its database."""
    copy, back = copy_of(old, clock), old.home / "back"
    building = back / BUILDING
    building.mkdir(parents=True)
    (building / "desk.db").write_bytes(b"half of it")
    with holding(old.home / "state" / LOCK), pytest.raises(SurroundingsError) as refused:
        restore_desk(copy, back, clock=clock)
    assert refused.value.code == "RESTORE_RUNNING"
    assert everything(back) == [BUILDING, f"{BUILDING}/desk.db"]
    for _ in range(2):
        restore_desk(copy, back, clock=clock)
        with opened(back) as counter:
            assert len(receive(counter)) == 1
        back = old.home / "another"


def test_of_a_servers_desk_its_scans_come_back_and_the_server_restores_the_rest(home, clock):
    desk = home / "desk"
    scan = desk / "files" / "ab" / "00000000-0000-0000-0000-0000000000ab"
    scan.parent.mkdir(parents=True)
    scan.write_bytes(b"sealed")
    room = CopyRoom(DeskPlaces(desk, desk / "backups", None, desk / "none", home / "lock"), "01900000-0000-7000-8000-0123456789ab", b"")
    folder = room.folder_of(str(home))
    files = room.keep_files(folder, never)
    with room.snapshot(never) as snapshot:
        copy = room.put(snapshot, folder, files, "asked", clock.now(), never).path
    restored = restore_desk(copy, home / "back", clock=clock)
    assert (restored.files, restored.missing, restored.epoch) == (1, (), "")
    assert everything(home / "back") == ["files", "files/ab", f"files/ab/{scan.name}"]
    assert not desk_exists(home / "back"), "there is nothing to open"
    create_desk(CreateDesk(AGENCY, COMMUNE, PROVINCE, "2", password=PASSWORD, serials="3000-3999"), home / "back", clock=clock)
    assert (home / "back" / "files" / "ab" / scan.name).read_bytes() == b"sealed", "and nothing in the way of a desk that is joined"


# --- killed ------------------------------------------------------------------------------------------------------------------


class Steps:
    """Kills the process just before its n-th change of a file below a folder."""

    CHANGES = frozenset({"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"})

    def __init__(self, below, step):
        self._below, self._left = str(below), step

    def __call__(self, event, arguments):
        if event not in self.CHANGES and not (event == "open" and self._writes(arguments)):
            return
        if any(isinstance(each, str) and each.startswith(self._below) for each in map(self._named, arguments)):
            self._left -= 1
            if self._left == 0:
                os._exit(9)

    @staticmethod
    def _writes(arguments):
        return bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))

    @staticmethod
    def _named(each):
        return os.fsdecode(each) if isinstance(each, str | bytes | os.PathLike) else each


def killed_at(step, below, act):
    """Act in a child that dies before its n-th change of a file; tell whether it did, False where it came to its end."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            sys.addaudithook(Steps(below, step))
            act()
            code = 0
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 9), "the child failed by itself"
    return status == 9


def test_a_restore_that_is_killed_anywhere_leaves_no_desk_or_a_whole_one(old, clock, opened):
    for n in range(2):
        scan = old.desk / "files" / "ab" / f"00000000-0000-0000-0000-00000000000{n}"
        scan.parent.mkdir(parents=True, exist_ok=True)
        scan.write_bytes(b"sealed %d" % n)
    copy, back, step, issued = copy_of(old, clock), old.home / "back", 1, []
    while killed_at(step, old.home, lambda: restore_desk(copy, back, clock=clock)):
        if not desk_exists(back):
            restore_desk(copy, back, clock=clock)
        with opened(back) as counter:
            issued += receive(counter)
            assert len(list((back / "files").glob("*/*"))) == 2
        assert not (back / BUILDING / "desk.db").exists()
        shutil.rmtree(back)
        step += STRIDE
    assert step > 20
    assert len(set(issued)) == len(issued), "no number twice, however often the same copy was restored"


def test_a_copy_that_is_killed_anywhere_is_none_and_spoils_none(old, clock, opened):
    scan = old.desk / "files" / "ab" / "00000000-0000-0000-0000-00000000000a"
    scan.parent.mkdir(parents=True)
    scan.write_bytes(b"sealed")
    first = copy_of(old, clock, 1)

    def act():
        with opened(old.desk) as counter:
            counter.keeping.make_in(str(old.stick))

    step = 1
    while killed_at(step, old.home.parent, act):
        scan.write_bytes(b"sealed %d" % step)
        clock.forward(minutes=1)
        with opened(old.desk) as counter:
            made = counter.keeping.make_in(str(old.stick))
            assert made.facts.files == 1
        for path in made.path.parent.glob("*.qmc"):
            shutil.rmtree(old.home / "back", ignore_errors=True)
            if path in (first, made.path):
                assert restore_desk(path, old.home / "back", clock=clock).missing == ()
        step += STRIDE
    assert step > 9


def test_every_refusal_is_a_sentence(old, clock, tmp_path):
    with pytest.raises(DeskError) as refused:
        restore_desk(tmp_path / "nothing.qmc", tmp_path / "x", clock=clock)
    assert refused.value.code == "FILE_NOT_FOUND"
