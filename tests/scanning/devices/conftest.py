"""SANE with a folder of its own, where only the drivers that a test names exist."""

import shutil
import time
from pathlib import Path

import pytest

TEST_DRIVER = """number_of_devices 1
mode Color
depth 8
resolution_min 1.0
resolution_max 1200.0
resolution_quant 1.0
resolution 50.0
test-picture "{picture}"
read-delay {delay}
read-delay-duration {delay_us}
read-status-code "{status}"
geometry_min 0.0
geometry_max 300.0
geometry_quant 1.0
tl_x 0.0
tl_y 0.0
br_x 80.0
br_y 100.0
"""


@pytest.fixture
def sane_folder(tmp_path, monkeypatch):
    """The folder of SANE's settings, with the test device alone."""
    if shutil.which("scanimage") is None:
        pytest.skip("scanimage is not installed (sane-utils)")
    folder = tmp_path / "sane.d"
    folder.mkdir()
    (folder / "dll.conf").write_text("test\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(folder))
    return folder


@pytest.fixture
def test_device(sane_folder):
    """Sets up SANE's test device: a status that every reading ends with, a picture, and slowness."""

    def make(status="Default", picture="Color pattern", delay_us=0):
        (sane_folder / "test.conf").write_text(
            TEST_DRIVER.format(status=status, picture=picture, delay=str(bool(delay_us)).lower(), delay_us=delay_us or 1000))

    make()
    return make


@pytest.fixture
def pages(tmp_path):
    """The folder that pages go to; its name must not disturb anybody."""
    folder = tmp_path / "xã Đắk Mil %d quét"
    folder.mkdir()
    return folder


@pytest.fixture
def program(tmp_path):
    """Makes a program that behaves as a driver nobody can have in a test: it dies, hangs, or tells tales."""

    def make(body) -> str:
        path = Path(tmp_path) / f"driver-{time.monotonic_ns()}"
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        return str(path)

    return make
