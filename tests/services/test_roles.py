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
from counter_app.storage.guard import FileNumberGuard
from tests.builders import DEVICE, profile
from tests.fakes import FakeDatabase
from tests.quick import new_database
from tests.services.verbs import ACTORS, VERBS, prepared, world

CLERK, HEAD, ADMINISTRATOR, INSPECTOR = Role.CLERK, Role.HEAD, Role.ADMINISTRATOR, Role.INSPECTOR
DESK_WORK, LEADING, RUNNING, EVERYBODY = (
    {CLERK, HEAD, ADMINISTRATOR}, {HEAD, ADMINISTRATOR}, {ADMINISTRATOR}, {CLERK, HEAD, ADMINISTRATOR, INSPECTOR})
ANSWERING = {HEAD, ADMINISTRATOR, INSPECTOR}

MAY = {
    "intake.receive": DESK_WORK, "dossiers.add_note": DESK_WORK, "slips.reprint": DESK_WORK, "slips.look_at": DESK_WORK,
    "logbooks.page": EVERYBODY, "certification.today": EVERYBODY, "certification.waiting": EVERYBODY, "logbooks.strike": DESK_WORK,
    "logbooks.export": DESK_WORK, "logbooks.print_next": DESK_WORK, "exporting.run": DESK_WORK,
    "person_answers.write": LEADING,
    "dossiers.show": EVERYBODY, "dossiers.reveal_id": EVERYBODY, "dossiers.search": EVERYBODY,
    "dossiers.list": EVERYBODY, "dossiers.matching_codes": EVERYBODY, "dossiers.earlier_of": EVERYBODY,
    "logbooks.new_volume": LEADING, "logbooks.close_year": LEADING, "importing.run": LEADING,
    "catalogue.import_file": RUNNING, "catalogue.activate": RUNNING, "catalogue.override": RUNNING, "calendar.import_file": RUNNING,
    "comparing.compare": EVERYBODY, "comparing.period": EVERYBODY, "line.enrol": RUNNING, "line.save": RUNNING, "line.pause": DESK_WORK, "line.send_file_again": DESK_WORK,
    "stick.write": DESK_WORK, "stick.read": DESK_WORK,
    "settings.save": RUNNING, "settings.save_deadlines": RUNNING, "numbering.confirm_last": RUNNING,
    "numbering.allow_recovery": RUNNING, "users.add": RUNNING, "users.reset": RUNNING, "users.disable": RUNNING,
    "dossiers.most_urgent": EVERYBODY, "dossiers.fees_of": EVERYBODY, "dossiers.of_code": EVERYBODY, "dossiers.codes_of": EVERYBODY,
    "slips.of_dossier": EVERYBODY, "slips.newest": DESK_WORK, "slips.void": DESK_WORK,
    "life.perform": DESK_WORK, "life.acting.transaction": DESK_WORK,
    "life.supplements.request": DESK_WORK, "life.supplements.receive": DESK_WORK, "life.refusals.refuse": DESK_WORK,
    "life.refusals.refuse_at_counter": DESK_WORK, "life.hand_overs.hand_over": DESK_WORK, "life.steps.complete": DESK_WORK,
    "life.extensions.look": EVERYBODY, "life.extensions.extend": DESK_WORK, "life.endings.halt": DESK_WORK,
    "life.endings.withdraw": DESK_WORK, "life.results.ready": DESK_WORK, "life.results.send_by_post": DESK_WORK,
    "life.results.delivered": DESK_WORK, "life.returning.check": EVERYBODY, "life.returning.return_": DESK_WORK,
    "life.on_the_spot.finish": DESK_WORK, "life.corrections.correct": DESK_WORK, "life.fees.collect": DESK_WORK,
    "life.fees.reverse": DESK_WORK, "life.notes.note": DESK_WORK, "life.ratings.rate": DESK_WORK, "life.bundles.link": DESK_WORK,
    "life.bundles.add_code": DESK_WORK, "life.undo.last": EVERYBODY, "life.undo.undo": DESK_WORK,
    "citizens.messages.waiting": DESK_WORK, "citizens.messages.of_dossier": EVERYBODY, "citizens.messages.remind": DESK_WORK,
    "citizens.messages.call_list": DESK_WORK, "citizens.messages.called": DESK_WORK, "citizens.messages.cancel": DESK_WORK,
    "citizens.messages.hand_over": DESK_WORK, "citizens.messages.save_wishes": RUNNING,
    "citizens.complaints.take": DESK_WORK, "citizens.complaints.answer": DESK_WORK, "citizens.complaints.judge": DESK_WORK,
    "citizens.complaints.listed": EVERYBODY, "citizens.complaints.of_dossier": EVERYBODY, "citizens.rating_sheets.sheet": DESK_WORK,
    "citizens.typing.open_ones": DESK_WORK, "citizens.typing.hand_over": DESK_WORK, "citizens.typing.done": DESK_WORK,
    "citizens.typing.drop": DESK_WORK, "citizens.typing.export": DESK_WORK, "citizens.typing.take_codes": LEADING,
    "citizens.posters.sheet": EVERYBODY, "citizens.posters.everything": EVERYBODY, "citizens.posters.write": DESK_WORK,
    "citizens.day_pages.figures": EVERYBODY, "citizens.day_pages.make": DESK_WORK,
    "certification.certify": DESK_WORK, "certified.sign": DESK_WORK, "certified.strike": DESK_WORK,
    "certified.undo": DESK_WORK, "testimonies.save": RUNNING,
    "certified.print_stamps": DESK_WORK, "certified.print_signing_list": DESK_WORK,
    "reports.make": EVERYBODY, "reports.months": EVERYBODY, "reports.rows": EVERYBODY, "reports.frozen": EVERYBODY,
    "reports.differences": EVERYBODY, "reports.write": DESK_WORK, "reports.freeze": DESK_WORK, "reports.save_settings": RUNNING,
    "offices.save_units": RUNNING, "offices.save_signers": RUNNING, "offices.save_process": RUNNING,
    "cash.standing": EVERYBODY, "cash.count": DESK_WORK, "cash.match": DESK_WORK, "users.enable": RUNNING, "users.change": RUNNING,
    "paper.batches.begin": DESK_WORK, "paper.batches.drop": DESK_WORK, "paper.batches.rescue": DESK_WORK,
    "paper.filing.file": DESK_WORK, "paper.filing.confirm": DESK_WORK,
    "paper.stacks.run": DESK_WORK, "paper.stacks.waiting": DESK_WORK, "paper.stacks.take_up": DESK_WORK,
    "paper.library.of_dossier": EVERYBODY, "paper.library.look": DESK_WORK,
    "paper.library.reusable": EVERYBODY, "paper.library.reuse": DESK_WORK, "paper.library.take_out": DESK_WORK,
    "paper.library.correct": DESK_WORK,
    "paper.library.shelve": DESK_WORK, "paper.library.keep": LEADING, "paper.library.hand_over": LEADING, "paper.library.due": EVERYBODY,
    "paper.library.handed_over": EVERYBODY, "paper.library.destroy": LEADING,
    "paper.reading.read_next": DESK_WORK, "paper.reading.copy_with_text": DESK_WORK, "paper.reading.try_again": DESK_WORK,
    "paper.reading.standing": EVERYBODY, "paper.lists.look": EVERYBODY, "paper.lists.write": DESK_WORK, "paper.lists.separator": DESK_WORK,
    "paper.library.filed": EVERYBODY,
    "life.acceptance.accept": DESK_WORK, "life.requested.print_forms": DESK_WORK, "life.settling.take_theirs": LEADING, "life.settling.look": EVERYBODY,
    "life.settling.look_at": DESK_WORK,
    "signing.choose_library": RUNNING, "signing.certificates": DESK_WORK, "signing.waiting": EVERYBODY, "signing.sign": DESK_WORK,
    "signatures.of_file": EVERYBODY, "signatures.of_paper": EVERYBODY, "signatures.trust": RUNNING, "signatures.distrust": RUNNING,
    "keeping.save": RUNNING, "scanner_places.add": RUNNING, "scanner_places.remove": RUNNING, "scanner_places.rename": RUNNING,
    "updates.check": RUNNING, "updates.install": RUNNING, "updates.save": RUNNING, "updates.back": RUNNING,
    "trail.look": ANSWERING, "trail.sample": ANSWERING,
}
"""Written out here and not derived: a change of the rules must be made twice, on purpose."""

OF_ONESELF = {"login.verify", "login.change_password", "login.session_of", "login.agree"}
"""What a person may always do with the own account."""
SHOWS_WHAT_WAS_TYPED = {"intake.preview"}
"""Shows the caller what the caller gave, and writes nothing."""
LISTS = {"dossiers.list", "dossiers.matching_codes", "dossiers.most_urgent", "cash.standing", "slips.of_dossier"}
"""Rows as the home page and a mistyped code show them, with masked numbers; the dossier that is opened from them is on the trail."""
NAMES_NOBODY = {
    "signing.certificates", "signatures.of_file", "updates.check",
    "dossiers.fees_of", "dossiers.codes_of", "life.acting.transaction", "life.extensions.look", "life.undo.last",
    "citizens.messages.remind", "citizens.rating_sheets.sheet", "citizens.posters.sheet", "citizens.posters.everything",
    "citizens.posters.write", "citizens.day_pages.figures", "paper.lists.separator", "paper.stacks.waiting", "reports.make",
    "reports.months", "reports.frozen"}
"""Shows codes, figures, days, the catalogue; a transaction is as good as the verb in it, a reminder is noted where there is one."""
LEAVES_NO_ENTRY = LISTS | NAMES_NOBODY
PAIRS = [(verb, role) for verb in VERBS for role in Role]


def verbs_that_ask_who(bundle=Counter, path=""):
    """Find every method of a bundle of services, and of the bundles in it, that takes an actor."""
    for name, method in inspect.getmembers(bundle, inspect.isfunction):
        if not name.startswith("_") and "actor" in inspect.signature(method).parameters:
            yield path + name
    if dataclasses.is_dataclass(bundle):
        hints = typing.get_type_hints(bundle)
        for member in dataclasses.fields(bundle):
            yield from verbs_that_ask_who(hints[member.name], f"{path}{member.name}.")


def test_no_verb_is_missing_from_the_table():
    """A verb that is added must be given its roles here; one that is taken away must go."""
    assert set(verbs_that_ask_who()) == set(VERBS) | OF_ONESELF | SHOWS_WHAT_WAS_TYPED
    assert set(MAY) == set(VERBS)
    assert set(VERBS) > LEAVES_NO_ENTRY
    assert {"life.perform", "life.undo.undo", "citizens.typing.hand_over"} < set(verbs_that_ask_who()), "nested bundles are looked into"


WRITTEN = ("book.json", "list.pdf", "out.jsonl", "messages.csv", "typing.json", "report.json", "sent.json", "person.json")
"""The files that verbs write; the others in the folder are what tests give them to read."""
RECOVERABLE = profile(recovery_ranges=((9000, 9099),))


def prepare_fake():
    return prepared(FakeDatabase(), RECOVERABLE)


@pytest.mark.parametrize(("verb", "role"), [(verb, role) for verb, role in PAIRS if role in MAY[verb]])
def test_who_may_does(tmp_path, verb, role):
    made = world(tmp_path, database=prepare_fake())
    VERBS[verb](made, ACTORS[role])
    audit = made.desk.state.audit
    assert verb in LEAVES_NO_ENTRY or audit[-1].user_id == ACTORS[role].user_id, "and it is on the audit trail who did"


@pytest.mark.parametrize(("verb", "role"), [(verb, role) for verb, role in PAIRS if role not in MAY[verb]])
def test_who_may_not_changes_nothing_at_all(tmp_path, verb, role):
    made = world(tmp_path, database=prepare_fake())
    before, taken, files = made.desk.state, dict(made.desk.guard.taken), set(tmp_path.iterdir())
    with pytest.raises(RuleBrokenError) as refused:
        VERBS[verb](made, ACTORS[role])
    assert [(problem.code, problem.params) for problem in refused.value.problems] == [("NOT_ALLOWED", {})]
    assert made.desk.state is before, "no transaction was committed"
    assert made.desk.guard.taken == taken, "no number was used up"
    assert {path for path in tmp_path.iterdir() if path.suffix == ".pdf" or path.name in WRITTEN} <= files


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """One encrypted desk for all refusals: none of them may change it."""
    folder = tmp_path_factory.mktemp("roles")
    database = prepared(new_database(f"sqlite:///{folder / 'desk.db'}", bytes(32)), RECOVERABLE)
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
    database = prepared(new_database(f"sqlite:///{tmp_path / 'desk.db'}", bytes(32)), RECOVERABLE)
    made = world(tmp_path, database, FileNumberGuard(tmp_path / "guard", DEVICE, "H36.50.05"))
    last = ("calendar.import_file", "logbooks.new_volume", "logbooks.close_year")
    for verb in [*(verb for verb in VERBS if verb not in last), *last]:
        VERBS[verb](made, ACTORS[Role.ADMINISTRATOR])
    with database.read() as uow:
        done = [entry.action for entry in uow.audit.entries(1, 1000) if entry.user_id == ACTORS[Role.ADMINISTRATOR].user_id]
    assert len(done) >= len(VERBS) - len(LEAVES_NO_ENTRY)
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
