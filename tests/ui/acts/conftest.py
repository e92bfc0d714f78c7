"""Dossiers in every state over a real desk, and the dialogs of their acts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.dossier import DocumentLine, FeeLine, FeeMethod
from counter_app.domain.life import ResultPaper
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.supplements import RequestSupplement
from counter_app.services.intake.terms import ReceiveDossier
from tests.ui.conftest import settle
from tests.ui.pages.helpers import MARITAL, applicant, idle
from ui.dialogs.acts.description import load_facts
from ui.dialogs.acts.table import open_act


class Acts:
    """Opens dialogs of acts over a window and looks at what became of the dossier."""

    def __init__(self, seat, host):
        self.seat, self.host = seat, host
        self.counter, self.actor = seat.desk.counter, seat.desk.actor

    def received(self, **changes):
        self.seat.desk.clock.moment += timedelta(minutes=1)
        fee = FeeLine("", "Lệ phí", 15000, FeeMethod.CASH, receipt_series="AA/26E", receipt_number="0000412")
        command = replace(ReceiveDossier(MARITAL, applicant(), documents=(DocumentLine("Tờ khai", 1),), fees=(fee,)), **changes)
        return self.counter.intake.receive(command, self.actor).code

    def working(self, **changes):
        code = self.received(**changes)
        self.counter.life.hand_overs.hand_over(
            HandOverDossiers((code,), "Công chức chuyên môn", "Vũ Văn Thực Hành", queue=False), self.actor)
        return code

    def awaiting(self):
        code = self.received()
        self.counter.life.supplements.request(RequestSupplement(code, ("Bản án ly hôn", "Tờ khai"), "thiếu", queue=False), self.actor)
        return code

    def ready(self, **changes):
        code = self.working(**changes)
        self.counter.life.results.ready(ResultReady(code, (ResultPaper("", "Giấy xác nhận", number="214"),)), self.actor)
        return code

    def facts(self, code):
        return load_facts(self.counter, code, self.actor)

    def open(self, action_id, code):
        dialog = open_act(self.seat.context, action_id, self.facts(code), self.host)
        settle(0)
        return dialog

    def do(self, dialog):
        """Carry the dialog's act out and wait for the answer."""
        dialog.carry_out()
        idle(self.seat.context)
        settle(0)

    def dossier(self, code):
        return self.counter.dossiers.show(code, self.actor).dossier

    def events(self, code):
        return [event.type for event in self.counter.dossiers.show(code, self.actor).events]


@pytest.fixture
def acts(seat, host):
    return Acts(seat, host)
