"""Back on a network: told once, when the system says so."""

from __future__ import annotations

import pytest
from PySide6.QtNetwork import QNetworkInformation

from ui.line_runner import LineRunner
from ui.network_watch import NetworkWatch

REACH = QNetworkInformation.Reachability
OFF, LOCAL, SITE, ON, UNKNOWN = REACH.Disconnected, REACH.Local, REACH.Site, REACH.Online, REACH.Unknown


@pytest.mark.parametrize(("reports", "times"), [
    ([], 0), ([ON], 0), ([ON, ON], 0), ([OFF], 0), ([OFF, ON], 1), ([ON, OFF, ON], 1), ([OFF, LOCAL, SITE, ON, ON], 1), ([OFF, ON, OFF, ON], 2),
    ([UNKNOWN, ON], 1),
])
def test_only_a_way_back_is_told(qapp, reports, times):
    watch, told = NetworkWatch(), []
    watch.back.connect(lambda: told.append(1))
    for reach in reports:
        watch.note(reach)
    assert len(told) == times


def test_a_system_that_reports_nothing_is_no_fault(qapp, monkeypatch):
    monkeypatch.setattr(QNetworkInformation, "loadDefaultBackend", lambda: False)
    NetworkWatch().start()


def test_watching_twice_is_watching_once(qapp):
    watch, told = NetworkWatch(), []
    watch.back.connect(lambda: told.append(1))
    watch.start()
    watch.start()
    if QNetworkInformation.instance() is not None:
        watch.note(OFF)
        watch.note(ON)
        assert len(told) == 1


def test_the_line_is_tried_at_once(qapp, monkeypatch):
    runner, wished = LineRunner(), []

    class Keeper:
        def send_now(self):
            wished.append(1)

    runner._keeper = Keeper()
    runner.network.note(OFF)
    runner.network.note(ON)
    assert wished == [1]
    runner._keeper = None
    runner.network.note(OFF)
    runner.network.note(ON)
    assert wished == [1], "a desk that is closed has no line"
