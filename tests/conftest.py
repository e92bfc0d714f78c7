"""What all tests share: nothing of this computer is touched, noise is a failure, and a desk is ready in a moment."""

import gc
import logging
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from counter_app.domain.moments import local
from counter_app.security.passwords import Argon2Passwords
from counter_app.services.helping import checks as doctor_checks
from counter_app.services.helping.doctor import State, finding
from tests import quick
from tests.examples import SOAK, SUITE
from tests.fakes import FakeClock

AGENCY, COMMUNE, PROVINCE = "H36.50.05", "Xã Đắk Mil", "Lâm Đồng"
PASSWORD = "mat-khau-thu-1"
CHEAP = {"memory_kib": 64, "passes": 1}
"""What hashing a password costs in tests; the cost of a real desk is tested where it is set."""

settings.register_profile("soak", deadline=None, max_examples=SOAK, derandomize=False)  # `make soak`; where CI is set, Hypothesis thinks otherwise
settings.register_profile("desk", deadline=None, max_examples=SUITE, derandomize=True)  # the same for everybody: `make soak` looks further
settings.load_profile("desk")

gc.disable()  # until all tests are collected

for _name in [name for name in os.environ if name.startswith("COUNTER_")]:
    del os.environ[_name]
quick.keep_off_the_disk()
quick.keep_bytecode()
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ["COUNTER_STATE_DIR"] = tempfile.mkdtemp(prefix="counter-state-")


def pytest_collection_finish():
    """Thousands of tests stay until the end: nobody shall look through them for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_unconfigure():
    shutil.rmtree(os.environ["COUNTER_STATE_DIR"], ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def _done_once():
    with pytest.MonkeyPatch.context() as patch:
        quick.remember(patch)
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_scanners_for_the_doctor():
    """Looking for the real scanners of this PC and its network takes seconds, and nobody knows what would be found."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doctor_checks, "scanner_finding", lambda look: finding("scanner", State.OK, "NONE"))
        yield


@pytest.fixture
def expected_errors():
    """Asked for by a test that means to provoke error logs."""


@pytest.fixture(autouse=True)
def _no_noise(request, caplog):
    """An error in the log fails the test it happens in."""
    yield
    if "expected_errors" not in request.fixturenames:
        errors = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
        assert not errors, f"unexpected errors in the log: {errors}"


@pytest.fixture
def clock():
    """Friday, 20/11/2026, 09:42; stands still until it is moved."""
    return FakeClock(local(2026, 11, 20, 9, 42))


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A computer of its own: state folder and key file under ``tmp_path``."""
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("COUNTER_KEY_FILE", str(tmp_path / "desk.key"))
    monkeypatch.setattr(Argon2Passwords.__init__, "__kwdefaults__", CHEAP)
    return tmp_path


@dataclass(frozen=True)
class Desk:
    """A real desk with one person, who is its administrator: encrypted file, guard, shipped catalogue and calendar."""

    data_dir: Path
    counter: object
    clock: FakeClock
    actor: object
    login: str = "clerk"
    password: str = PASSWORD


@pytest.fixture(scope="session")
def desk_template(tmp_path_factory):
    """A desk made once and copied for each test."""
    from counter_app.bootstrap import CreateDesk, create_desk

    place = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTER_STATE_DIR", str(place / "state"))
        patch.setenv("COUNTER_KEY_FILE", str(place / "desk.key"))
        patch.setattr(Argon2Passwords.__init__, "__kwdefaults__", CHEAP)
        create_desk(CreateDesk(AGENCY, COMMUNE, PROVINCE, "2", password=PASSWORD, unattended=True), place / "desk", clock=FakeClock())
    return place


@pytest.fixture
def desk_dir(desk_template, home):
    """The folder of a fresh desk that is not open."""
    shutil.copytree(desk_template, home, dirs_exist_ok=True)
    return home / "desk"


@pytest.fixture
def desk(desk_dir, clock):
    """A fresh desk, open, its clock standing still."""
    from counter_app.bootstrap import open_counter

    counter = open_counter(desk_dir, clock=clock)
    yield Desk(desk_dir, counter, clock, counter.login.acting("", ""))
    counter.close()
