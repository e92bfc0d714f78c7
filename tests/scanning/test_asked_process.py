"""A process that is asked line by line: whatever it does, who asks gets a line, nothing, or a limit of patience."""

import sys
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.scanning.asked_process import LONGEST, AskedProcess
from tests.examples import examples

ECHO = "import sys\nfor line in sys.stdin.buffer:\n    sys.stdout.buffer.write(line)\n    sys.stdout.buffer.flush()"


@pytest.fixture
def begin():
    """Start a program; it is ended after the test."""
    begun = []

    def start(program):
        begun.append(AskedProcess((sys.executable, "-S", "-c", program)))
        return begun[-1]

    yield start
    for each in begun:
        each.end()


@pytest.fixture(scope="module")
def echo():
    process = AskedProcess((sys.executable, "-S", "-c", ECHO))
    yield process
    process.end()


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=300).map(lambda data: data.replace(b"\n", b"") + b"\n"), min_size=1, max_size=4))
def test_each_line_gets_its_own_answer(echo, lines):
    assert [echo.ask(line, 20) for line in lines] == lines


def test_what_it_says_before_it_is_asked_is_heard(begin):
    assert begin("print('here', flush=True)\nimport sys\nsys.stdin.readline()").heard(20).strip() == b"here"


@pytest.mark.parametrize("program", ["", "raise SystemExit(3)", "import os\nos.abort()", "import sys\nsys.stdin.readline()"])
def test_one_that_ended_says_nothing_and_is_asked_in_vain(begin, program):
    process = begin(program)
    assert process.ask(b"\n", 20) == b""
    process._process.wait(20)
    assert process.ask(b"\n", 20) == b""


def test_patience_has_an_end_and_a_late_answer_is_still_one(begin):
    process = begin("import sys\nsys.stdin.readline()\nprint('late', flush=True)\nsys.stdin.readline()")
    with pytest.raises(TimeoutError):
        process.heard(0.05)
    assert process.ask(b"\n", 20).strip() == b"late"


def test_an_answer_without_an_end_is_cut(begin):
    process = begin(f"import sys\nsys.stdout.write('x' * {2 * LONGEST})\nsys.stdout.flush()\nsys.stdin.readline()")
    assert process.heard(20) == b"x" * LONGEST


def test_what_it_started_holds_nobody_up_once_it_has_ended_itself(begin):
    """The other one has the same output, so that its end never comes."""
    process = begin("import subprocess, sys\nsys.stdin.close()\n"
                    "subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(20)'], stdin=subprocess.DEVNULL)")
    process._process.wait(20)
    assert process.ask(b"\n", 20) == b""
    with pytest.raises(TimeoutError):
        process.heard(0.05)


def test_ended_it_is_gone_and_its_listener_too(begin):
    before = set(threading.enumerate())
    process = begin("import time\ntime.sleep(600)")
    (listener,) = set(threading.enumerate()) - before
    process.end()
    listener.join(20)
    assert not listener.is_alive()
    assert process._process.returncode is not None
    assert process._process.stdin.closed
    assert process.heard(20) == b""
    process.end()


def test_a_program_that_is_not_there_is_the_systems_error(tmp_path):
    with pytest.raises(OSError, match="no-such"):
        AskedProcess((str(tmp_path / "no-such"),))


def test_what_it_complains_about_is_not_shown(capfd):
    process = AskedProcess((sys.executable, "-S", "-c", "import sys\nsys.stderr.write('secret')"))
    assert process.heard(20) == b""
    process.end()
    assert capfd.readouterr().err == ""
