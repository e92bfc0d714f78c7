"""Every verb of the services as a call: a desk that is ready for all of them, in memory or over a real encrypted file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from counter_app.domain.catalogue import ProcedureOverride
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.dossier import BookPlace, FeeLine, FeeMethod
from counter_app.domain.moments import local
from counter_app.domain.people import Actor, Permission, Role
from counter_app.domain.registers import DOSSIER_BOOK
from counter_app.services.money.cash_counts import CountCash
from counter_app.services.people.users import NewUser, UserService
from counter_app.services.ports import ListFilter
from counter_app.support.resources import shipped_json
from tests.builders import command, fake_desk, prepare
from tests.fakes import FakeDatabase
from tests.services.certifying import ALL
from tests.services.desk_people import PlainHasher
from tests.services.desk_people import person as account
from tests.services.verbs_of_citizens import CERTIFICATION, CITIZENS, OFFICES, REPORTS
from tests.services.verbs_of_keeping import KEEPING
from tests.services.verbs_of_line import LINE
from tests.services.verbs_of_lives import LIFE
from tests.services.verbs_of_scans import SCANS
from tests.services.verbs_of_signing import SIGNING
from tests.services.verbs_of_updates import UPDATES

CLERK, HEAD, ADMINISTRATOR, INSPECTOR = (
    Actor("u-0001", Role.CLERK), Actor("u-0002", Role.HEAD), Actor("u-0004", Role.ADMINISTRATOR), Actor("u-0003", Role.INSPECTOR))
ACTORS = {actor.role: actor for actor in (CLERK, HEAD, ADMINISTRATOR, INSPECTOR)}
LAST_DAY = local(2026, 12, 31, 9, 42)
EIGHT = 8
"""One full page of the book, so that there is something to print."""


def catalogue_document(version="2027.01-test"):
    """A catalogue of one procedure, as a province would send it."""
    shipped = shipped_json("catalogue/procedures.json")
    return {**shipped, "meta": {**shipped["meta"], "version": version, "count": 1}, "procedures": shipped["procedures"][:1]}


def calendar_document(version="2027.1-test"):
    """The shipped calendar under another name, with one more day off that moves the due time of what is received on 31/12/2026."""
    shipped = shipped_json("calendar/calendar.json")
    more = {**shipped["days"][0], "date": "2027-01-04", "weekday": "Mon", "name": "Nghỉ thêm"}
    return {**shipped, "meta": {**shipped["meta"], "version": version}, "days": [*shipped["days"], more]}


@dataclass
class World:
    """A desk with four people, eight dossiers in its book, and every file that a verb wants."""

    desk: object
    users: UserService
    folder: object
    received: list

    @property
    def code(self):
        return self.received[0].code

    @property
    def dossier_id(self):
        return self.received[0].dossier_id

    def file(self, name, value=None):
        """Return a path to write to, or one that holds a JSON value."""
        path = self.folder / name
        if value is not None:
            path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
        return path


def prepared(database, desk_profile=None):
    """Return a database that is prepared for every verb, certifications too."""
    return prepare(database, desk_profile, ALL)


def world(folder, database=None, guard=None, dossiers=EIGHT, told=None, now=LAST_DAY):
    """Return a desk on the last day of the year, ready for every verb; ``database`` and ``guard`` for real ones, both prepared."""
    desk = fake_desk(now, database or prepared(FakeDatabase()), guard)
    with desk.database.write() as uow:
        uow.users.add(account(ADMINISTRATOR.user_id, "quantri", Role.ADMINISTRATOR))
        uow.commit()
    users = UserService(desk.database, desk.clock, PlainHasher())
    return World(desk, users, folder, [desk.intake.receive(told or command(), CLERK) for _ in range(dossiers)])


def _profile(made):
    return replace(made.desk.settings.profile(), phone="0261 000 0001")


def _override(made):
    limit = Limit(2, LimitUnit.WORKING_DAY)
    return ProcedureOverride("1.004873", "12/QĐ-UBND", date(2026, 12, 1), limit)


def _import(made, actor):
    return made.desk.importing.run(made.file("older.jsonl", {"code": "H36.50.05-251102-0001", "received_at": "2025-11-02T08:00:00"}), actor)


def _activate(made, actor):
    return made.desk.catalogue.activate("2026.11-test", date(2026, 12, 1), actor)


def _export_dossiers(made, actor):
    return made.desk.exporting.run(date(2026, 1, 1), date(2026, 12, 31), made.file("out.jsonl"), actor)


def _reprint(made, actor):
    return made.desk.slips.reprint(made.code, "a4", actor)


def _void(made, actor):
    print_id = made.desk.slips.reprint(made.code, "a4", CLERK).print_id if actor.may(Permission.RECEIVE) else ""
    return made.desk.slips.void(print_id, "In nhầm", actor)


def _print_pages(made, actor):
    return made.desk.logbooks.print_next(DOSSIER_BOOK, 2026, made.file("pages.pdf"), actor=actor)


def _strike(made, actor):
    return made.desk.logbooks.strike(BookPlace(DOSSIER_BOOK, 2026, 1, 2), "Nhập trùng", actor)


def _change_user(made, actor):
    return made.users.change("u-0001", actor, full_name="Đỗ Thị Thí Điểm", role=Role.CLERK, title="Công chức")


def _pay(made, method=FeeMethod.CASH):
    """Take a fee of a fresh dossier, and return its payment."""
    done = made.desk.intake.receive(command(fees=(FeeLine("", "Lệ phí", 15_000, method),)), CLERK)
    with made.desk.database.read() as uow:
        return uow.payments.of_dossier(done.dossier_id)[0]


def _count(made, actor):
    if actor.may(Permission.RECEIVE):
        _pay(made)
    return made.desk.cash.count(CountCash(CLERK.user_id, {FeeMethod.CASH: 15_000}, "Thủ quỹ", "lần trước"), actor)


def _match(made, actor):
    payment_id = _pay(made, FeeMethod.TRANSFER).payment_id if actor.may(Permission.RECEIVE) else ""
    return made.desk.cash.match(payment_id, "FT26325", actor)


VERBS: dict[str, Callable] = {
    "intake.receive": lambda made, actor: made.desk.intake.receive(command(), actor),
    "dossiers.show": lambda made, actor: made.desk.dossiers.show(made.code, actor),
    "dossiers.reveal_id": lambda made, actor: made.desk.dossiers.reveal_id(made.dossier_id, actor),
    "dossiers.search": lambda made, actor: made.desk.dossiers.search("tran vi du", actor),
    "dossiers.list": lambda made, actor: made.desk.dossiers.list(ListFilter.ALL, actor),
    "dossiers.matching_codes": lambda made, actor: made.desk.dossiers.matching_codes("0001", actor),
    "dossiers.most_urgent": lambda made, actor: made.desk.dossiers.most_urgent(actor, 5),
    "dossiers.fees_of": lambda made, actor: made.desk.dossiers.fees_of(made.dossier_id, actor),
    "dossiers.of_code": lambda made, actor: made.desk.dossiers.of_code(made.code, actor),
    "dossiers.codes_of": lambda made, actor: made.desk.dossiers.codes_of((made.dossier_id,), actor),
    "dossiers.earlier_of": lambda made, actor: made.desk.dossiers.earlier_of("067190000123", actor),
    "dossiers.add_note": lambda made, actor: made.desk.dossiers.add_note(made.dossier_id, "Gọi lại buổi chiều", actor),
    "slips.reprint": _reprint,
    "slips.look_at": lambda made, actor: made.desk.slips.look_at(made.received[0].print_id, actor),
    "slips.of_dossier": lambda made, actor: made.desk.slips.of_dossier(made.dossier_id, actor),
    "slips.newest": lambda made, actor: made.desk.slips.newest(made.code, "01", actor),
    "slips.void": _void,
    "logbooks.page": lambda made, actor: made.desk.logbooks.page(DOSSIER_BOOK, 2026, 1, 1, actor),
    "logbooks.export": lambda made, actor: made.desk.logbooks.export(DOSSIER_BOOK, 2026, made.file("book.json"), actor=actor),
    "logbooks.print_next": _print_pages,
    "logbooks.strike": _strike,
    "logbooks.new_volume": lambda made, actor: made.desk.logbooks.new_volume(DOSSIER_BOOK, 2026, actor),
    "logbooks.close_year": lambda made, actor: made.desk.logbooks.close_year(DOSSIER_BOOK, 2026, actor),
    "importing.run": _import,
    "exporting.run": _export_dossiers,
    "person_answers.write": lambda made, actor: made.desk.person_answers.write("067190000123", made.folder / "person.json", actor),
    "catalogue.import_file": lambda made, actor: made.desk.catalogue.import_file(made.file("c.json", catalogue_document()), actor),
    "catalogue.activate": _activate,
    "catalogue.override": lambda made, actor: made.desk.catalogue.override(_override(made), actor),
    "calendar.import_file": lambda made, actor: made.desk.calendar.import_file(made.file("k.json", calendar_document()), actor),
    "settings.save": lambda made, actor: made.desk.settings.save(_profile(made), actor),
    "settings.save_deadlines": lambda made, actor: made.desk.settings.save_deadlines(made.desk.settings.deadlines(), actor),
    "numbering.confirm_last": lambda made, actor: made.desk.numbering.confirm_last(date(2026, 12, 31), 20, actor),
    "numbering.allow_recovery": lambda made, actor: made.desk.numbering.allow_recovery(1, date(2026, 12, 31), actor),
    "cash.standing": lambda made, actor: made.desk.cash.standing(actor),
    "cash.count": _count,
    "cash.match": _match,
    **LIFE, **CERTIFICATION, **CITIZENS, **REPORTS, **OFFICES, **SCANS, **SIGNING, **LINE, **KEEPING, **UPDATES,
    "users.add": lambda made, actor: made.users.add(NewUser("moi", "Hồ Thị Mẫu", Role.CLERK), actor),
    "users.reset": lambda made, actor: made.users.reset("u-0001", actor),
    "users.disable": lambda made, actor: made.users.disable("u-0001", actor),
    "users.enable": lambda made, actor: made.users.enable("u-0001", actor),
    "users.change": _change_user,
}
"""Each verb that asks who acts, as it is called when everything about it but the role is right."""
