"""Who may do what: every verb against every role, in the services themselves, whatever a window or a command line shows."""

from __future__ import annotations

import dataclasses
import inspect
import typing

import pytest

from counter_app.bootstrap import Counter
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.people import Role
from counter_app.services.changes import Changes
from counter_app.storage import create_database
from counter_app.storage.guard import FileNumberGuard
from tests.builders import DEVICE, prepare, profile
from tests.fakes import FakeDatabase
from tests.services.verbs import ACTORS, VERBS, world

CLERK, HEAD, ADMINISTRATOR, INSPECTOR = Role.CLERK, Role.HEAD, Role.ADMINISTRATOR, Role.INSPECTOR
DESK_WORK, LEADING, RUNNING, EVERYBODY = (
    {CLERK, HEAD, ADMINISTRATOR}, {HEAD, ADMINISTRATOR}, {ADMINISTRATOR}, {CLERK, HEAD, ADMINISTRATOR, INSPECTOR})

MAY = {
    "intake.receive": DESK_WORK, "dossiers.add_note": DESK_WORK, "slips.reprint": DESK_WORK, "slips.look_at": DESK_WORK,
    "logbooks.strike": DESK_WORK, "logbooks.export": DESK_WORK, "logbooks.print_next": DESK_WORK, "exporting.run": DESK_WORK,
    "dossiers.show": EVERYBODY, "dossiers.reveal_id": EVERYBODY, "dossiers.search": EVERYBODY,
    "dossiers.list": EVERYBODY, "dossiers.matching_codes": EVERYBODY, "dossiers.earlier_of": EVERYBODY,
    "logbooks.new_volume": LEADING, "logbooks.close_year": LEADING, "importing.run": LEADING,
    "catalogue.import_file": RUNNING, "catalogue.activate": RUNNING, "catalogue.override": RUNNING, "calendar.import_file": RUNNING,
    "settings.save": RUNNING, "settings.save_deadlines": RUNNING, "numbering.confirm_last": RUNNING,
    "numbering.allow_recovery": RUNNING, "users.add": RUNNING, "users.reset": RUNNING, "users.disable": RUNNING,
    "cash.standing": EVERYBODY, "cash.count": DESK_WORK, "cash.match": DESK_WORK, "users.enable": RUNNING, "users.change": RUNNING,
}
"""Written out here and not derived: a change of the rules must be made twice, on purpose."""

OF_ONESELF = {"login.verify", "login.change_password", "login.session_of"}
"""What a person may always do with the own account."""
SHOWS_WHAT_WAS_TYPED = {"intake.preview"}
"""Shows the caller what the caller gave, and writes nothing."""
LISTS = {"dossiers.list", "dossiers.matching_codes", "cash.standing"}
"""Rows as the home page and a mistyped code show them, with masked numbers; the dossier that is opened from them is on the trail."""
PAIRS = [(verb, role) for verb in VERBS for role in Role]


def verbs_that_ask_who():
    """Find every method of the bundle of services that takes an actor."""
    hints = typing.get_type_hints(Counter)
    for member in dataclasses.fields(Counter):
        for name, method in inspect.getmembers(hints[member.name], inspect.isfunction):
            if not name.startswith("_") and "actor" in inspect.signature(method).parameters:
                yield f"{member.name}.{name}"


def test_no_verb_is_missing_from_the_table():
    """A verb that is added must be given its roles here; one that is taken away must go."""
    assert set(verbs_that_ask_who()) == set(VERBS) | OF_ONESELF | SHOWS_WHAT_WAS_TYPED
    assert set(MAY) == set(VERBS)


RECOVERABLE = profile(recovery_ranges=((9000, 9099),))


def prepare_fake():
    return prepare(FakeDatabase(), RECOVERABLE)


@pytest.mark.parametrize(("verb", "role"), [(verb, role) for verb, role in PAIRS if role in MAY[verb]])
def test_who_may_does(tmp_path, verb, role):
    made = world(tmp_path, database=prepare_fake())
    VERBS[verb](made, ACTORS[role])
    audit = made.desk.state.audit
    assert verb in LISTS or audit[-1].user_id == ACTORS[role].user_id, "and it is on the audit trail who did"


@pytest.mark.parametrize(("verb", "role"), [(verb, role) for verb, role in PAIRS if role not in MAY[verb]])
def test_who_may_not_changes_nothing_at_all(tmp_path, verb, role):
    made = world(tmp_path, database=prepare_fake())
    before, taken, files = made.desk.state, dict(made.desk.guard.taken), set(tmp_path.iterdir())
    with pytest.raises(RuleBrokenError) as refused:
        VERBS[verb](made, ACTORS[role])
    assert [(problem.code, problem.params) for problem in refused.value.problems] == [("NOT_ALLOWED", {})]
    assert made.desk.state is before, "no transaction was committed"
    assert made.desk.guard.taken == taken, "no number was used up"
    assert {path for path in tmp_path.iterdir() if path.suffix == ".pdf" or path.name in ("book.json", "out.jsonl")} <= files


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """One encrypted desk for all refusals: none of them may change it."""
    folder = tmp_path_factory.mktemp("roles")
    database = prepare(create_database(f"sqlite:///{folder / 'desk.db'}", bytes(32)), RECOVERABLE)
    made = world(folder, database, FileNumberGuard(folder / "guard", DEVICE, "H36.50.05"))
    yield made
    database.close()


def everything(made):
    """Return what the database holds, as far as anybody could have changed it."""
    with made.desk.database.read() as uow:
        return (
            uow.audit.head(), uow.settings.all(), uow.users.all(), uow.catalogue.infos(), uow.catalogue.overrides(), uow.calendar.newest(),
            uow.events.lane_head(DEVICE, made.desk.settings.profile().epoch), uow.outbox.counts(), uow.logbooks.volumes("dossiers", 2026),
            list(uow.logbooks.all_lines("dossiers", 2026, None, None, None)), uow.prints.issues(made.dossier_id, "01"),
        )


def test_the_encrypted_desk_refuses_the_same(real):
    before, number = everything(real), real.desk.numbering.peek(real.desk.clock.now())
    for verb, role in PAIRS:
        if role not in MAY[verb]:
            with pytest.raises(RuleBrokenError, match=r"^NOT_ALLOWED$"):
                VERBS[verb](real, ACTORS[role])
    assert everything(real) == before
    assert real.desk.numbering.peek(real.desk.clock.now()) == number


def test_the_encrypted_desk_lets_an_administrator_do_everything(tmp_path):
    """All verbs one after the other on one real desk; what closes the book comes last."""
    database = prepare(create_database(f"sqlite:///{tmp_path / 'desk.db'}", bytes(32)), RECOVERABLE)
    made = world(tmp_path, database, FileNumberGuard(tmp_path / "guard", DEVICE, "H36.50.05"))
    last = ("calendar.import_file", "logbooks.new_volume", "logbooks.close_year")
    for verb in [*(verb for verb in VERBS if verb not in last), *last]:
        VERBS[verb](made, ACTORS[Role.ADMINISTRATOR])
    with database.read() as uow:
        done = [entry.action for entry in uow.audit.entries(1, 1000) if entry.user_id == ACTORS[Role.ADMINISTRATOR].user_id]
    assert len(done) >= len(VERBS) - len(LISTS)
    database.close()


def test_the_changes_of_a_verb_name_only_what_a_window_can_refresh(tmp_path):
    made = world(tmp_path, database=prepare_fake())
    answers = {verb: VERBS[verb](made, ACTORS[Role.ADMINISTRATOR]) for verb in VERBS if verb != "logbooks.close_year"}
    named = {verb: answer if isinstance(answer, Changes) else getattr(answer, "changes", None) for verb, answer in answers.items()}
    told = {verb: changes.names for verb, changes in named.items() if changes is not None}
    assert told["intake.receive"] >= {"dossiers", "outbox", "books", "numbers", "prints", "payments"}
    assert told["cash.count"] == {"payments", "prints"}
    assert told["dossiers.add_note"] == {"dossiers", "outbox"}
    assert told["logbooks.strike"] == told["logbooks.print_next"] == {"books"}
    assert told["importing.run"] == {"dossiers"}
    assert told["calendar.import_file"] == {"calendar"}
    assert told["logbooks.export"] == set(), "who only reads refreshes nothing"
