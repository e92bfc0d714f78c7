"""Releases by HTTP, from a real server over a bad line: what was cut goes on, what is another's is refused, the budget is kept."""

import errno
import hashlib
import json
import os
import sys
from contextlib import closing

import pytest

from counter_app.domain.errors import DeskError, Problem, RuleBrokenError, SurroundingsError
from counter_app.services.updating.ports import Limits
from counter_app.support.packed import packed_name
from counter_app.sync import program_address
from counter_app.sync.program_address import MOST_TRIES, ProgramAddress, require_address
from tests.updating.releases import SECOND, SYSTEM, program, published, signed_release_of
from tests.updating.web import serving

NOISE = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(200))
"""What packing makes no smaller."""


@pytest.fixture
def package(tmp_path):
    return published(tmp_path, files={**SECOND, "lib/noise.so": NOISE})


@pytest.fixture
def served(package):
    with serving(package) as found:
        yield found


@pytest.fixture
def asked(served, tmp_path):
    """Opens the address with limits; the waits are kept, and nobody waits."""
    waits = []

    def ask(limits=None, **more):
        return closing(ProgramAddress(served.address, tmp_path / "incoming", limits or Limits(), sleep=waits.append, share=lambda: 0.5, **more))

    ask.waits = waits
    return ask


@pytest.fixture
def noise(package):
    return next(file for file in signed_release_of(package).files if file.path == "lib/noise.so")


def packed(package, file):
    return (package / "objects" / packed_name(file.sha256)).read_bytes()


def test_a_release_is_fetched_and_laid_out(asked, package, tmp_path):
    programs = program(tmp_path / "program")
    with asked() as source:
        assert json.loads(source.head(SYSTEM))["version"] == "0.2.0"
        programs.lay_out(signed_release_of(package), source)
        assert source.fetched > 0
        assert list((tmp_path / "incoming").iterdir())
        source.done()
    assert not (tmp_path / "incoming").exists()
    assert programs.switch() == "0.2.0"


def test_only_what_is_new_goes_over_the_line(asked, served, package, tmp_path):
    programs = program(tmp_path / "program", files={**SECOND, "lib/noise.so": NOISE, "app/main.py": b"print('one')\n"})
    with asked() as source:
        programs.lay_out(signed_release_of(package), source)
        assert source.fetched < 300
    assert len(served.asked) == 1, "one file was another"


def test_what_was_cut_goes_on_where_it_was(asked, served, package, noise):
    served.cut_after = 1000
    with asked() as source, source.opened(noise) as found:
        assert found.read() == packed(package, noise)
    size = len(packed(package, noise))
    starts = [int(wanted.removeprefix("bytes=").rstrip("-") or 0) for _, wanted in served.asked]
    assert starts == list(range(0, size, 1000))[:len(starts)]
    assert served.sent == size, "no byte twice"


def test_it_goes_on_in_another_process_too(asked, served, package, noise, tmp_path):
    served.cut_after = 1000
    with asked(Limits(most_bytes=2500)) as source, pytest.raises(SurroundingsError, match="UPDATE_BUDGET"), source.opened(noise):
        pass
    served.cut_after = None
    with asked() as source, source.opened(noise) as found:
        assert found.read() == packed(package, noise)
    assert served.asked[-1][1] == "bytes=2000-"


def test_a_file_that_came_whole_is_not_asked_for_again(asked, served, noise):
    for _ in range(2):
        with asked() as source, source.opened(noise):
            pass
    assert len(served.asked) == 1


def test_two_do_not_fetch_into_one_folder_at_once(asked, served, package, noise, tmp_path):
    with asked() as first, asked() as second:
        with first.opened(noise):
            pass
        with pytest.raises(SurroundingsError, match="UPDATE_RUNNING"), second.opened(noise):
            pass
        first.done()
        assert json.loads(second.head(SYSTEM))["version"] == "0.2.0", "to look what there is hinders nobody"
        with pytest.raises(SurroundingsError, match="UPDATE_RUNNING"), second.opened(noise):
            pass
    with asked() as third, third.opened(noise) as found:
        assert found.read() == packed(package, noise)
    assert len([path for path, _ in served.asked if "objects" in path]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_whoever_fetches_in_another_program_is_waited_for(asked, noise):
    child = os.fork()
    if child == 0:
        with asked() as source, source.opened(noise):
            os._exit(_refused_elsewhere(asked, noise))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _refused_elsewhere(asked, noise):
    child = os.fork()
    if child == 0:
        try:
            with asked() as source, source.opened(noise):
                os._exit(1)
        except SurroundingsError as error:
            os._exit(0 if error.code == "UPDATE_RUNNING" else 2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_server_without_ranges_sends_it_again(asked, served, package, noise, tmp_path):
    (tmp_path / "incoming").mkdir()
    (tmp_path / "incoming" / packed_name(noise.sha256)).write_bytes(b"beginning")
    served.ranges = False
    with asked() as source, source.opened(noise) as found:
        assert found.read() == packed(package, noise)


def test_a_file_that_was_whole_before_its_name_was_given_is_taken(asked, served, package, noise, tmp_path):
    (tmp_path / "incoming").mkdir()
    (tmp_path / "incoming" / packed_name(noise.sha256)).write_bytes(packed(package, noise))
    with asked() as source, source.opened(noise) as found:
        assert found.read() == packed(package, noise)
    assert served.sent == 0


def test_a_line_that_stays_dead_is_left_after_some_tries(asked, served, noise):
    served.cut_after = 0
    with asked() as source, pytest.raises(SurroundingsError, match="UPDATE_NO_CONTACT"), source.opened(noise):
        pass
    assert len(served.asked) == MOST_TRIES
    assert asked.waits == sorted(asked.waits), "with longer and longer waits"


def test_a_window_that_closes_ends_it(asked, served, noise):
    served.cut_after = 1000

    def stopping():
        return len(served.asked) >= 3

    with asked(Limits(stopping=stopping)) as source, pytest.raises(SurroundingsError, match="UPDATE_NO_CONTACT"), source.opened(noise):
        pass
    assert len(served.asked) == 3


def test_more_than_a_file_can_be_is_not_taken(asked, package, noise):
    (package / "objects" / packed_name(noise.sha256)).write_bytes(NOISE * 3)
    with asked() as source, pytest.raises(SurroundingsError, match="UPDATE_DAMAGED"), source.opened(noise):
        pass


def test_another_file_under_the_name_is_found_and_fetched_anew(asked, package, noise, tmp_path):
    good, programs = packed(package, noise), program(tmp_path / "program")
    (package / "objects" / packed_name(noise.sha256)).write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    with asked() as source, pytest.raises(SurroundingsError, match="UPDATE_DAMAGED"):
        programs.lay_out(signed_release_of(package), source)
    (package / "objects" / packed_name(noise.sha256)).write_bytes(good)
    with asked() as source:
        programs.lay_out(signed_release_of(package), source)
    assert programs.prepared().version == "0.2.0"


@pytest.mark.parametrize(("answer", "code"), [
    ((404, b""), "UPDATE_LACKS"), ((500, b""), "UPDATE_ADDRESS_REFUSED"), ((302, b"", {"Location": "http://login.example/"}), "UPDATE_ADDRESS_REFUSED"),
    ((403, b"no"), "UPDATE_ADDRESS_REFUSED"), ((206, b"x", {"Content-Range": "bytes 7-7/9"}), "UPDATE_ADDRESS_REFUSED"),
])
def test_a_file_that_is_refused_is_told(asked, served, noise, answer, code):
    served.answer = answer
    with asked() as source, pytest.raises(SurroundingsError, match=code), source.opened(noise):
        pass


@pytest.mark.parametrize(("answer", "code"), [
    ((404, b""), "UPDATE_NOTHING"), ((503, b""), "UPDATE_ADDRESS_REFUSED"), ((302, b"", {"Location": "/login"}), "UPDATE_ADDRESS_REFUSED"),
    ((200, b" " * 100_000), "UPDATE_NO_CONTACT"),
])
def test_a_head_that_is_none_is_told(asked, served, answer, code):
    served.answer = answer
    with asked() as source, pytest.raises(DeskError, match=code):
        source.head(SYSTEM)


def test_where_nobody_answers_that_is_said(tmp_path):
    with closing(ProgramAddress("http://127.0.0.1:1", tmp_path, Limits())) as source, pytest.raises(SurroundingsError) as silent:
        source.head(SYSTEM)
    assert silent.value.problems == (Problem("UPDATE_NO_CONTACT", None, {"path": "http://127.0.0.1:1"}),)


def test_a_server_that_speaks_no_tls_is_told_as_not_safe(served, tmp_path):
    address = served.address.replace("http:", "https:")
    with closing(ProgramAddress(address, tmp_path, Limits())) as source, pytest.raises(SurroundingsError) as unsafe:
        source.head(SYSTEM)
    assert unsafe.value.problems == (Problem("UPDATE_NOT_SAFE", None, {"path": address}),)


def test_a_full_disk_is_no_fault_of_the_line(asked, noise, monkeypatch):
    def full(target, part, folder):
        return real(Full(), part, folder)

    class Full:
        @staticmethod
        def write(part):
            raise OSError(errno.ENOSPC, "no room")

    real = program_address._append
    monkeypatch.setattr(program_address, "_append", full)
    with asked() as source, pytest.raises(SurroundingsError, match="DISK_FULL"), source.opened(noise):
        pass


@pytest.mark.parametrize("address", ["http://updates.example.vn", "ftp://x", "", "updates.example.vn", "https://a@b.vn", "https://x.vn/?q=1", "https://[x"])
def test_an_address_that_is_not_safe_is_refused(address):
    with pytest.raises(RuleBrokenError, match="UPDATE_ADDRESS"):
        require_address(address)


@pytest.mark.parametrize("address", ["https://updates.example.vn/quay", "https://updates.example.vn:8443/", "http://127.0.0.1:8000", "http://localhost"])
def test_https_and_this_computer_are_safe(address):
    require_address(address)
