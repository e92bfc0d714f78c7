"""The process of the token: libraries that are none, that crash, hang or talk take nothing along but themselves."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.scanning.signing.process import Patience, TokenProcess
from counter_app.services.scanning.signing_ports import SigningCertificate
from tests.scanning.signing import samples

TOKENS = TokenProcess()
CERTIFICATE = SigningCertificate("token", "01", "cafe", samples.AGENCY, samples.ISSUER, "02", samples.NOW, samples.NOW)


def fault_of(act):
    with pytest.raises(SurroundingsError) as error:
        act()
    return error.value.code


def test_a_library_that_is_none(tmp_path):
    assert fault_of(lambda: TOKENS.certificates(tmp_path / "no.so")) == "TOKEN_LIBRARY_MISSING"
    text, other = tmp_path / "text.so", Path(shutil.which("true"))
    text.write_text("no library", "utf-8")
    assert fault_of(lambda: TOKENS.certificates(text)) == "TOKEN_LIBRARY_WRONG"
    assert fault_of(lambda: TOKENS.certificates(other)) == "TOKEN_LIBRARY_WRONG"


@pytest.mark.parametrize("head", [
    b"\x7fELF\x01" + bytes(60), b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0" + (0x14C).to_bytes(2, "little") + bytes(100)])
def test_a_library_for_32_bits_is_named_as_such(tmp_path, head):
    library = tmp_path / "old.dll"
    library.write_bytes(head)
    assert fault_of(lambda: TOKENS.certificates(library)) == "TOKEN_LIBRARY_WIDTH"


CRASHES = "import os, sys; sys.stdout.buffer.write(b'{}\\n'); sys.stdout.flush(); sys.stdin.readline(); os.abort()"
HANGS = "import sys, time; sys.stdout.buffer.write(b'{}\\n'); sys.stdout.flush(); time.sleep(600)"


@pytest.mark.parametrize(("program", "code"), [(CRASHES, "TOKEN_CRASHED"), (HANGS, "TOKEN_SILENT"), ("", "TOKEN_CRASHED")])
def test_a_library_that_crashes_or_hangs_takes_only_its_process_along(tmp_path, program, code):
    tokens = TokenProcess((sys.executable, "-c", program), Patience(token_s=1.5))
    assert fault_of(lambda: tokens.certificates(tmp_path / "any.so")) == code


def test_a_program_that_can_not_be_started(tmp_path):
    tokens = TokenProcess((str(tmp_path / "none"),))
    assert fault_of(lambda: tokens.certificates(tmp_path / "any.so")) == "TOKEN_CRASHED"


def program(said):
    """A process that is there, and answers whatever it is asked with some bytes."""
    return (sys.executable, "-c", f"import sys\nout = sys.stdout.buffer\nout.write(b'{{}}\\n')\nout.flush()\n"
            f"for _ in sys.stdin:\n    out.write({said!r})\n    out.flush()")


@pytest.mark.parametrize("said", [
    b"garbage\n", b"\xff\xfe\n", b"\n", b"[1]\n", b"null\n", b"{}\n", b'{"code": "X"}\n', b'{"code": "X", "rule": 1, "params": 5}\n',
    b'{"certificates": 5}\n', b'{"certificates": [{}]}\n', b"[" * 2**21,
], ids=range(11))
def test_an_answer_that_is_none_is_a_crash(tmp_path, said):
    """A library that writes where only this program writes is believed nothing."""
    assert fault_of(lambda: TokenProcess(program(said)).certificates(tmp_path / "any.so")) == "TOKEN_CRASHED"


def test_a_file_that_is_only_said_to_be_signed_is_not(tmp_path):
    with TokenProcess(program(b"{}\n")).session(tmp_path / "any.so", CERTIFICATE, "1234") as session:
        assert fault_of(lambda: session.sign(tmp_path / "a.pdf", samples.MARK, tmp_path / "out.pdf")) == "TOKEN_CRASHED"


LEAVES = ("import subprocess, sys\nsys.stdout.buffer.write(b'{}\\n'); sys.stdout.flush()\n"
          "subprocess.Popen([sys.executable, '-c', 'import sys; sys.stdin.read()'])\nsys.stdin.readline()")


def test_what_a_library_started_and_left_behind_holds_nobody_up(tmp_path):
    """It has the same output, so that its end never comes; it goes when nobody talks to it any more."""
    tokens = TokenProcess((sys.executable, "-c", LEAVES), Patience(token_s=1.5))
    assert fault_of(lambda: tokens.certificates(tmp_path / "any.so")) == "TOKEN_SILENT"


def test_no_process_hears_the_words_of_another():
    """Many short calls at once: the number of a line that was closed is soon that of another line."""
    command = (sys.executable, "-S", "-c", "import sys\nout = sys.stdout.buffer\nout.write(b'{}\\n')\nout.flush()\nsys.stdin.readline()\n"
               "out.write(b'{\"code\": \"TOKEN_MISSING\", \"rule\": false, \"params\": {}}\\n')\nout.flush()")
    tokens = TokenProcess(command)
    with ThreadPoolExecutor(8) as clerks:
        said = list(clerks.map(lambda _: fault_of(lambda: tokens.certificates(Path("any.so"))), range(300)))
    assert set(said) == {"TOKEN_MISSING"}


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="no Linux")
def test_a_crash_leaves_no_picture_of_the_memory_that_held_the_pin():
    """Even where the system writes one of every process that crashes."""
    allowed = "import resource, runpy\nmost = resource.getrlimit(resource.RLIMIT_CORE)[1]\nresource.setrlimit(resource.RLIMIT_CORE, (most, most))\n"
    run = f"{allowed}runpy.run_module('counter_app.scanning.signing.child', run_name='__main__')"
    with subprocess.Popen([sys.executable, "-c", run], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout.readline() == b"{}\n"
        limits = Path(f"/proc/{child.pid}/limits").read_text("ascii")
        child.stdin.close()
    assert next(line for line in limits.splitlines() if "core file" in line).split()[-3:-1] == ["0", "0"]


PRINTS = "#include <stdio.h>\n__attribute__((constructor)) static void hello(void) { puts(\"{}\"); fflush(stdout); }\n"


@pytest.mark.skipif(not shutil.which("cc"), reason="no C compiler on this machine")
def test_what_a_library_prints_is_no_answer(tmp_path):
    source, library = tmp_path / "talks.c", tmp_path / "talks.so"
    source.write_text(PRINTS, "utf-8")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", str(library), str(source)], check=True)
    assert fault_of(lambda: TOKENS.certificates(library)) == "TOKEN_LIBRARY_WRONG"
