"""What a desk does about the province and its scanners as calls, for :mod:`tests.services.verbs`."""

from __future__ import annotations

from counter_app.domain.people import Permission
from counter_app.services.acts.accepting import AcceptOnline
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.acts.requested_forms import PrintRequested
from counter_app.services.line.answers import take_answer
from counter_app.services.line.comparing import ComparingService
from counter_app.services.line.desk import LineService
from counter_app.services.line.province import Ticket
from counter_app.services.line.stick import StickService
from counter_app.services.repositories.uploads import Upload
from counter_app.services.scanning.places import ScannerPlaces
from tests.builders import CLERK, DEVICE, HEAD, NOW, command
from tests.services.line.lines import FOLDER, FakeProvince, FakeStick
from tests.services.line.test_incoming import applied, assigned, entry

PORTAL_CODE = "H36.50.05-261120-10000"
TICKET = Ticket("https://tinh.example", "c", "k", "p")
SCANNER = "escl:192.168.1.21"


def _accept(made, actor):
    if actor.may(Permission.RECEIVE):
        applied(made.desk, assigned())
    return made.desk.life.acceptance.accept(AcceptOnline(PORTAL_CODE), actor)


def _judged(made, actor):
    """Hand a dossier over, let the province judge it otherwise, and return the op; for who may not settle it, that of none."""
    if not actor.may(Permission.SETTLE):
        return ""
    done = made.desk.intake.receive(command(), CLERK)
    made.desk.life.hand_overs.hand_over(HandOverDossiers((done.code,), "Tư pháp", "Trần Văn Mẫu"), CLERK)
    with made.desk.database.write() as uow:
        op_id = uow.events.of_dossier(done.dossier_id)[-1].op_id
        take_answer(uow, {"op_id": op_id, "outcome": "rejected", "code": "schema"})
        uow.commit()
    return op_id


def _look_at(made, actor):
    if actor.may(Permission.RECEIVE):
        applied(made.desk, entry("print.requested", made.dossier_id, form="02"))
    return made.desk.life.settling.look_at(made.code, actor)


def _print_requested(made, actor):
    if actor.may(Permission.RECEIVE):
        applied(made.desk, entry("print.requested", made.dossier_id, form="02", reason="Thiếu giấy"))
    return made.desk.life.requested.print_forms(PrintRequested(made.code), actor)


def _places(made):
    return ScannerPlaces(made.desk.database, made.desk.clock, DEVICE)


def _remove_place(made, actor):
    if actor.may(Permission.MANAGE_DESK):
        _places(made).add(SCANNER, actor)
    return _places(made).remove(SCANNER, actor)


def _service(made):
    return LineService(made.desk.database, made.desk.clock, FakeProvince(), DEVICE)


def _stick(made):
    return StickService(made.desk.database, made.desk.clock, FakeStick(), DEVICE)


def _file_again(made, actor):
    if actor.may(Permission.RECEIVE):
        with made.desk.database.write() as uow:
            uow.uploads.put(Upload("ab", "attention"))
            uow.commit()
    return _service(made).send_file_again("ab", actor)


LINE = {
    "comparing.period": lambda made, actor: ComparingService(
        made.desk.database, made.desk.clock, FakeProvince(), DEVICE).period(NOW.date(), NOW.date(), actor),
    "comparing.compare": lambda made, actor: ComparingService(
        made.desk.database, made.desk.clock, FakeProvince(), DEVICE).compare(actor),
    "line.enrol": lambda made, actor: _service(made).enrol(TICKET, actor),
    "line.pause": lambda made, actor: _service(made).pause(actor, paused=True),
    "line.save": lambda made, actor: _service(made).save(actor, metered=True, daily_mb=5),
    "line.send_file_again": _file_again,
    "life.acceptance.accept": _accept, "life.requested.print_forms": _print_requested,
    "life.settling.take_theirs": lambda made, actor: made.desk.life.settling.take_theirs(_judged(made, actor), actor),
    "life.settling.look": lambda made, actor: made.desk.life.settling.look(_judged(made, HEAD), actor),
    "life.settling.look_at": _look_at,
    "stick.write": lambda made, actor: _stick(made).write(FOLDER, actor),
    "stick.read": lambda made, actor: _stick(made).read(FOLDER, actor),
    "scanner_places.add": lambda made, actor: _places(made).add(SCANNER, actor),
    "scanner_places.remove": _remove_place,
    "scanner_places.rename": lambda made, actor: _places(made).rename("sane:test:0", "Máy ở quầy", actor),
}
