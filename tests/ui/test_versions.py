"""The version that a window is: it proves itself once, prepares the next by itself, and hands over when it closes."""

import pytest

from counter_app.domain.errors import Problem, failed
from counter_app.services.updating.first_start import FirstStart
from counter_app.services.updating.ports import Fallen
from tests.ui.conftest import settle
from tests.updating.releases import a_release
from ui.notices import Notices
from ui.versions import VersionKeeper


class Updates:
    def __init__(self):
        self.happened, self.start, self.prepares, self.finishing = [], FirstStart(), None, None

    def begin(self, trials):
        trials()
        self.happened.append("begin")
        return self.start

    def by_itself(self, stopping):
        self.happened.append(("by itself", stopping()))
        if isinstance(self.prepares, Exception):
            raise self.prepares
        return self.prepares

    def finish(self):
        self.happened.append("finish")
        if self.finishing:
            raise self.finishing


class Desk:
    def __init__(self):
        self.updates = Updates()


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def said(keeper):
    found = []
    keeper._notices.posted.connect(lambda notice: found.append((notice.kind, notice.text)))
    keeper._tasks.refused.connect(lambda error: found.append(("refused", error.code)))
    return found


@pytest.fixture
def keeper(tasks):
    return VersionKeeper(tasks, Notices())


def run(keeper, desk):
    keeper.start(desk)
    rest(keeper)


def rest(keeper):
    """Wait until nothing is under way."""
    while keeper._tasks._open:
        settle(5)


def test_a_version_that_works_says_nothing(keeper, desk, said):
    run(keeper, desk)
    assert desk.updates.happened == ["begin", ("by itself", False)]
    assert said == []


def test_a_fall_is_told(keeper, desk, said):
    desk.updates.start = FirstStart(Fallen("0.2.0", "0.1.0"))
    run(keeper, desk)
    ((kind, text),) = said
    assert kind == "warning"
    assert "0.2.0" in text
    assert "0.1.0" in text


def test_what_is_wrong_is_told(keeper, desk, said):
    desk.updates.start = FirstStart(wrong=Problem("UPDATE_SELF_DAMAGED", None, {"count": 2, "path": "app/x.py"}))
    run(keeper, desk)
    assert [kind for kind, _ in said] == ["danger"]


def test_a_prepared_version_is_told(keeper, desk, said):
    desk.updates.prepares = a_release()
    run(keeper, desk)
    assert said == [("accent", "Version 0.2.0 is prepared. It is used once this window was closed.")]


@pytest.mark.parametrize("code", ["UPDATE_NO_CONTACT", "UPDATE_METERED", "UPDATE_BUDGET", "DISK_FULL"])
def test_an_update_that_was_not_asked_for_disturbs_nobody(keeper, desk, said, code):
    desk.updates.prepares = failed(code)
    run(keeper, desk)
    assert said == []


def test_what_did_not_come_is_looked_for_again(keeper, desk, said):
    desk.updates.prepares = failed("BACKUP_ELSEWHERE")
    run(keeper, desk)
    desk.updates.prepares = a_release()
    keeper._again.timeout.emit()
    rest(keeper)
    assert [kind for kind, _ in said] == ["accent"]
    assert keeper._again.isActive()
    keeper.finish()
    assert not keeper._again.isActive()


def test_when_the_window_closes_the_next_version_takes_over(keeper, desk):
    keeper.finish()
    run(keeper, desk)
    keeper.finish()
    assert desk.updates.happened[-1] == "finish"
    desk.updates.finishing = failed("DISK_FULL", path="x")
    keeper.finish()


def test_without_a_desk_the_set_up_is_proof_enough(keeper, monkeypatch):
    seen = []
    monkeypatch.setattr("counter_app.services.updating.first_start.prove", lambda programs, trials: seen.append(programs.why_not))
    keeper.start_without_desk()
    rest(keeper)
    assert seen == ["UPDATE_FROM_SOURCE"]
