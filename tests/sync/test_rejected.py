"""What the province rejected is put right: a receipt by another receipt, any other act by a person who looked at it (contract 6)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from counter_app.domain.canonical import envelope
from counter_app.services.acts.corrections import Correct
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.line.settling import rejected_with_receipt
from tests.builders import CLERK, HEAD, SAME_DAY, command
from tests.sync.lines import both_hold_the_same, journal

WITHDRAWN = "1.014034"
"""A procedure that the desk has, and this province does not."""


def forget(province, code):
    province.stop()
    with closing(sqlite3.connect(province.folder / "province.db")) as database:
        database.execute("DELETE FROM procedures WHERE code = ?", (code,))
        database.commit()
    province.start()


def rejected_receipt(line, province):
    """Return a dossier that the province took nothing of."""
    forget(province, WITHDRAWN)
    one = line.dossier(line.desk.intake.receive(command(procedure_code=WITHDRAWN), CLERK).dossier_id)
    line.note(one.code)
    return one


def held_there(province, dossier):
    return next((each for each in province.state()["dossiers"] if each["dossier_id"] == dossier.dossier_id), None)


def corrected(line, dossier, values):
    return line.desk.life.corrections.correct(Correct(dossier.code, values, "nhầm thủ tục"), CLERK)


def test_a_receipt_that_was_rejected_is_corrected_and_told_anew_with_all_that_was_rejected_with_it(enrolled, province):
    one = rejected_receipt(enrolled, province)
    told = enrolled.run()
    assert [(each.kind, each.dossier_code) for each in told.troubles] == [("rejected", one.code)], "once, whatever went with it"
    with enrolled.database.read() as uow:
        assert len(rejected_with_receipt(uow, one.dossier_id)) > 1
    assert held_there(province, one) is None
    corrected(enrolled, one, {"procedure_code": SAME_DAY.code})
    told = enrolled.run()
    assert (told.troubles, told.pending) == ((), 0)
    assert enrolled.dossier(one.dossier_id).attention == ()
    assert held_there(province, one)["status"] == "2"
    receipts = [op for op in journal(province).values() if op["type"] == "dossier.received" and op["dossier_id"] == one.dossier_id]
    first, second = sorted(receipts, key=lambda op: op["seq"])
    assert second["resolves"] == first["op_id"]
    assert (second["facts"]["code"], second["facts"]["register"]) == (first["facts"]["code"], first["facts"]["register"]), "one paper, one line"
    assert second["ho_so"]["MaTTHC"] == SAME_DAY.code
    both_hold_the_same(enrolled, province)
    enrolled.verify()


def test_what_the_province_took_is_never_told_anew(enrolled, province):
    enrolled.run()
    corrected(enrolled, enrolled.first, {"applicant.phone": "0900000099"})
    enrolled.run()
    with enrolled.database.read() as uow:
        events = uow.events.of_dossier(enrolled.first.dossier_id)
        assert rejected_with_receipt(uow, enrolled.first.dossier_id) == []
    assert [event.type for event in events].count("dossier.received") == 1
    assert not any(event.resolves for event in events)


def test_any_other_act_that_was_rejected_is_looked_at_and_closed_by_who_answers_for_the_desk(enrolled, province):
    enrolled.run()
    enrolled.desk.life.hand_overs.hand_over(HandOverDossiers((enrolled.first.code,), "Tư pháp", "Trần Văn Mẫu"), CLERK)
    op = next(envelope(event) for event in _events(enrolled) if event.type == "dossier.handed_over")
    with enrolled.database.write() as uow:
        uow.outbox.settle(op["op_id"], "attention", None, {"op_id": op["op_id"], "outcome": "rejected", "code": "schema"})
        uow.commit()
    (trouble,) = enrolled.client.standing().troubles
    assert (trouble.kind, trouble.problem.code, trouble.op_id) == ("conflict", "REJECTED_OTHER", op["op_id"])
    enrolled.desk.life.settling.take_theirs(trouble.op_id, HEAD)
    assert enrolled.run().troubles == ()


def _events(line):
    with line.database.read() as uow:
        return uow.events.of_dossier(line.first.dossier_id)
