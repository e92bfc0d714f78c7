import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.bootstrap import CreateDesk, create_desk, creation, desk_exists, folder, open_counter, recover_desk, recovery_sheet
from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.security import database_key
from counter_app.support.paths import device_dir

WISH = CreateDesk("H36.50.05", "Xã Đắk Mil", "Lâm Đồng", "2", serials="2000-2999", password="mat-khau-thu-1")


def create(place, clock, **members):
    return create_desk(CreateDesk(**{**{name: getattr(WISH, name) for name in WISH.__dataclass_fields__}, **members}), place, clock=clock)


def everything(place):
    return sorted(str(path.relative_to(place)) for path in place.rglob("*"))


def test_a_desk_is_a_marker_an_encrypted_file_and_a_wrapped_key(home, clock):
    made = create(home / "desk", clock)
    assert everything(home / "desk") == ["backups", "desk.db", "desk.json", "recovery.json"]
    assert desk_exists(home / "desk")
    assert b"SQLite format 3" not in (home / "desk" / "desk.db").read_bytes()[:100]
    for name in ("desk.db", "desk.json", "recovery.json"):
        assert stat.S_IMODE((home / "desk" / name).stat().st_mode) == 0o600
    assert (made.login, made.password) == ("clerk", "")
    assert [warning.code for warning in made.warnings] == ["KEY_FILE_WARNING"]


def test_it_opens_and_knows_itself(home, clock):
    made = create(home / "desk", clock)
    counter = open_counter(home / "desk", clock=clock)
    try:
        assert (counter.desk.commune, counter.desk.device, counter.desk.serial_first) == ("Xã Đắk Mil", made.device, 2000)
        assert counter.numbering.peek(clock.now()) == "H36.50.05-261120-2000"
        assert counter.login.login("clerk", "mat-khau-thu-1").actor.user_id == made.user_id
        assert counter.catalogue.in_force(clock.now().date())
    finally:
        counter.close()


def test_a_copy_made_before_the_first_use_gives_no_numbers_elsewhere(home, clock, monkeypatch):
    create(home / "desk", clock)
    shutil.copytree(home / "desk", home / "copy")
    counter = open_counter(home / "desk", clock=clock)
    assert counter.numbering.peek(clock.now()) == "H36.50.05-261120-2000"
    counter.close()
    monkeypatch.setenv("COUNTER_STATE_DIR", str(home / "other computer"))
    counter = open_counter(home / "copy", clock=clock)
    try:
        with pytest.raises(SurroundingsError, match="NUMBER_UNSAFE"):
            counter.numbering.peek(clock.now())
    finally:
        counter.close()


def test_a_password_that_was_made_opens_it(home, clock):
    made = create(home / "desk", clock, password=None)
    counter = open_counter(home / "desk", clock=clock)
    try:
        assert counter.login.login("clerk", made.password).user.must_change_password
    finally:
        counter.close()
    assert made.password not in repr(made)
    assert made.recovery_text not in repr(made)


def test_a_folder_holds_one_desk(desk_dir, clock):
    before = everything(desk_dir)
    with pytest.raises(RuleBrokenError, match="DESK_EXISTS"):
        create(desk_dir, clock)
    assert everything(desk_dir) == before


def test_a_database_without_its_desk_is_not_touched(desk_dir, clock):
    (desk_dir / "desk.json").unlink()
    content = (desk_dir / "desk.db").read_bytes()
    with pytest.raises(RuleBrokenError, match="DATABASE_WITHOUT_DESK"):
        create(desk_dir, clock)
    assert (desk_dir / "desk.db").read_bytes() == content


def test_other_files_in_the_folder_stay(home, clock):
    (home / "desk").mkdir()
    (home / "desk" / "notes.txt").write_text("mine")
    create(home / "desk", clock)
    assert (home / "desk" / "notes.txt").read_text() == "mine"


def test_a_wish_that_is_refused_writes_nothing(home, clock):
    with pytest.raises(RuleBrokenError, match="AGENCY_UNREADABLE"):
        create(home / "desk", clock, agency="36")
    assert everything(home) == []


@pytest.mark.parametrize("place", ["create_database", "furnish", "write_atomically", "_finish"])
def test_what_breaks_off_leaves_nothing_behind_and_can_be_tried_again(home, clock, monkeypatch, place):
    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(creation, place, fail)
        with pytest.raises(SurroundingsError, match="DISK_FULL"):
            create(home / "desk", clock)
    assert everything(home / "desk") == []
    create(home / "desk", clock)
    open_counter(home / "desk", clock=clock).close()


KILLED = """
import os, signal, sys
from pathlib import Path
from counter_app.bootstrap import CreateDesk, create_desk, creation
step = {step!r}
real = getattr(creation, step)
def die(*arguments, **named):
    if {after}:
        real(*arguments, **named)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(creation, step, die)
create_desk(CreateDesk("H36.50.05", "Xã Đắk Mil", "Lâm Đồng", "2", password="mat-khau-thu-1"), Path(sys.argv[1]))
"""


@pytest.mark.parametrize(("step", "after"), [("furnish", False), ("furnish", True), ("write_atomically", True), ("_finish", False), ("_finish", True)])
def test_a_killed_set_up_is_no_desk_or_a_whole_one(home, clock, step, after):
    code = KILLED.format(step=step, after=after)
    command = [sys.executable, "-c", code, str(home / "desk")]
    ended = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, timeout=60, check=False)
    assert ended.returncode == -9, ended.stderr.decode()
    if not desk_exists(home / "desk"):
        create(home / "desk", clock)
    open_counter(home / "desk", clock=clock).close()
    leftover = [name for name in everything(home / "desk") if name.startswith(creation.BUILDING)]
    assert leftover == ([] if step != "_finish" or not after else [creation.BUILDING])


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_closed_folder_is_a_sentence(home, clock):
    (home / "closed").mkdir(mode=0o500)
    with pytest.raises(SurroundingsError, match="FOLDER_NOT_ALLOWED"):
        create(home / "closed" / "desk", clock)


def test_a_file_in_the_folders_place_is_a_sentence(home, clock):
    (home / "desk").write_text("x")
    with pytest.raises(SurroundingsError, match="FOLDER_IS_FILE"):
        create(home / "desk", clock)


@pytest.mark.parametrize("url", ["sqlite:///x.db", "mysql://x/y", "nonsense"])
def test_only_postgresql_is_shared(home, clock, url):
    with pytest.raises(RuleBrokenError, match="DATABASE_URL_UNREADABLE@database"):
        create(home / "desk", clock, database=url)


class TestOpening:
    """What may be wrong with a folder."""

    def test_no_desk(self, home):
        with pytest.raises(RuleBrokenError, match="NO_DESK"):
            open_counter(home / "nothing")

    @pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 1}', '{"format": "x"}', '{"format": 1, "device": "d", "more": 1}', "\udcff"])
    def test_a_damaged_marker(self, desk_dir, content):
        (desk_dir / "desk.json").write_bytes(content.encode(errors="surrogateescape"))
        with pytest.raises(SurroundingsError, match="DESK_FILE_DAMAGED"):
            open_counter(desk_dir)

    def test_a_newer_program(self, desk_dir):
        (desk_dir / "desk.json").write_text('{"format": 2}')
        with pytest.raises(SurroundingsError, match="DESK_FILE_NEWER"):
            open_counter(desk_dir)

    def test_a_missing_key(self, desk_dir, home):
        (home / "desk.key").unlink()
        with pytest.raises(SurroundingsError, match="KEY_MISSING"):
            open_counter(desk_dir)

    def test_a_wrong_key(self, desk_dir, home):
        (home / "desk.key").write_text("ab" * 32)
        with pytest.raises(SurroundingsError, match="DATABASE_WRONG_KEY"):
            open_counter(desk_dir)

    def test_another_device_of_the_database(self, desk_dir):
        marker = folder.read_marker(desk_dir)
        folder.write_marker(desk_dir, folder.DeskMarker("01a20000-0000-7000-8000-000000000009", key_place=marker.key_place))
        with pytest.raises(RuleBrokenError, match="DESK_UNKNOWN"):
            open_counter(desk_dir)

    def test_a_copied_folder_shares_the_guard_of_this_computer(self, desk, home):
        shutil.copytree(desk.data_dir, home / "copy")
        copy = open_counter(home / "copy", clock=desk.clock)
        try:
            with desk.counter.numbering.take(desk.clock.now()) as issued:
                taken = issued.code
            with copy.numbering.take(desk.clock.now()) as issued:
                assert issued.code != taken
        finally:
            copy.close()
        assert (device_dir(desk.counter.desk.device) / "numbers.guard").exists()

    def test_two_windows_at_once(self, desk):
        other = open_counter(desk.data_dir, clock=desk.clock)
        try:
            desk.counter.drafts.save("u-0001", "intake", {"from": "first"}, "")
            assert other.drafts.current("u-0001", "intake").content == {"from": "first"}
        finally:
            other.close()


class TestRecovery:
    """The sheet in the drawer, when the computer is gone."""

    @pytest.fixture
    def made(self, home, clock):
        return create(home / "desk", clock)

    def test_the_sheet_brings_the_key_back(self, home, clock, made):
        before = (home / "desk.key").read_bytes()
        (home / "desk.key").unlink()
        assert recover_desk(home / "desk", made.recovery_text.lower(), clock=clock) is None
        assert (home / "desk.key").read_bytes() == before
        open_counter(home / "desk", clock=clock).close()

    def test_it_works_on_another_computer(self, home, clock, made, monkeypatch):
        monkeypatch.setenv("COUNTER_STATE_DIR", str(home / "other-state"))
        monkeypatch.delenv("COUNTER_KEY_FILE")
        recover_desk(home / "desk", made.recovery_text, clock=clock)
        assert folder.read_marker(home / "desk").key_place == database_key.IN_FILE
        open_counter(home / "desk", clock=clock).close()

    def test_it_gives_a_lone_administrator_a_new_password(self, home, clock, made):
        password = recover_desk(home / "desk", made.recovery_text, "clerk", clock=clock)
        counter = open_counter(home / "desk", clock=clock)
        try:
            assert counter.login.login("clerk", password.password).user.must_change_password
            with counter.database.read() as uow:
                entries = [(entry.user_id, entry.action) for entry in uow.audit.entries()]
        finally:
            counter.close()
        assert (creation.SHEET_USER, "user.password_reset") in entries

    def test_a_wrong_sheet_changes_nothing(self, home, clock, made):
        other = create(home / "other", clock)
        before = (home / "desk.key").read_bytes()
        with pytest.raises(RuleBrokenError, match="RECOVERY_OTHER_SHEET"):
            recover_desk(home / "desk", other.recovery_text, "clerk", clock=clock)
        assert (home / "desk.key").read_bytes() == before

    def test_a_missing_wrapped_key_is_a_sentence(self, home, clock, made):
        (home / "desk" / "recovery.json").unlink()
        with pytest.raises(SurroundingsError, match="RECOVERY_FILE_DAMAGED"):
            recover_desk(home / "desk", made.recovery_text, clock=clock)

    def test_the_sheet_is_printed(self, home, clock, made):
        assert recovery_sheet(home / "desk", made.recovery_text, clock=clock).startswith(b"%PDF")
