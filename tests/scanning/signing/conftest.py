"""A token of SoftHSM, which stands in for the clerk's."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scanning.signing import samples

LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so")
PIN = "271828"


class SoftHsm:
    """Tokens in a folder of their own."""

    def __init__(self, folder):
        self.folder = folder
        self.library = next(Path(each) for each in LIBRARIES if Path(each).exists())
        (folder / "tokens").mkdir()
        self.conf = folder / "softhsm2.conf"
        self.conf.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n", "utf-8")

    def token(self, *certificates, key="clerk", label="token"):
        """Make a token that holds certificates, the first with its key."""
        self._run("softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", PIN)
        numbers = samples.key(key).private_numbers() if key else None
        parts = numbers and key != "curve" and (
            numbers.public_numbers.n, numbers.public_numbers.e, numbers.d, numbers.p, numbers.q, numbers.dmp1, numbers.dmq1, numbers.iqmp)
        told = {
            "library": str(self.library), "label": label, "pin": PIN, "key": [str(part) for part in parts] if parts else [],
            "curve_key": str(numbers.private_value) if key == "curve" else "",
            "certificates": [{"subject": each.subject.public_bytes().hex(), "der": samples.der(each).hex()} for each in certificates]}
        self._run(sys.executable, str(Path(__file__).with_name("softhsm.py")), told=json.dumps(told))
        return self

    def unplug(self):
        """Take all tokens away."""
        shutil.rmtree(self.folder / "tokens")
        (self.folder / "tokens").mkdir()

    def _run(self, *command, told=""):
        subprocess.run(command, check=True, input=told, text=True, capture_output=True, timeout=60)


@pytest.fixture
def softhsm(tmp_path, monkeypatch):
    if not shutil.which("softhsm2-util"):
        pytest.skip("SoftHSM is not installed (softhsm2)")
    (tmp_path / "hsm").mkdir()
    made = SoftHsm(tmp_path / "hsm")
    monkeypatch.setenv("SOFTHSM2_CONF", str(made.conf))
    return made
