"""The verbs of updating over a real folder, real packages and a real server: who may, what is taken, what it costs, what is told."""

import hashlib
import json
import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import DeskError, Problem, RuleBrokenError, SurroundingsError, failed
from counter_app.domain.people import Actor, Role
from counter_app.services.line.terms import LineSettings, keep_settings
from counter_app.services.updating.desk import AUTOMATIC
from counter_app.services.updating.ports import Fallen
from counter_app.services.updating.release import ReleaseKind
from counter_app.services.updating.terms import UpdateTerms, keep_terms, terms_of, with_use
from counter_app.updating import laying
from tests.builders import CLERK, DEVICE, HEAD, fake_desk
from tests.fakes import FakeClock
from tests.updating.releases import SECOND, STRANGER, head_of, program, published, published_data, resigned, running, starts
from tests.updating.services import update_service
from tests.updating.web import serving

ADMINISTRATOR = Actor("u-0004", Role.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def _little_room(monkeypatch):
    monkeypatch.setattr(laying, "ROOM", 1024)


@pytest.fixture
def desk():
    return fake_desk()


@pytest.fixture
def root(tmp_path):
    return tmp_path / "program"


@pytest.fixture
def incoming(tmp_path):
    return tmp_path / "incoming"


@pytest.fixture
def updates(desk, root, incoming):
    return update_service(desk, program(root), incoming=incoming)


@pytest.fixture
def package(tmp_path):
    return published(tmp_path)


@pytest.fixture
def served(updates, package):
    """The release at an address that the desk knows."""
    with serving(package) as found:
        updates.save(ADMINISTRATOR, address=found.address, automatic=True)
        yield found


def refusal(call, *given, **named):
    with pytest.raises(DeskError) as error:
        call(*given, **named)
    return error.value.code


def set_line(desk, **settings):
    with desk.database.write() as uow:
        keep_settings(uow, DEVICE, LineSettings(**settings))
        uow.commit()


def terms(desk):
    with desk.database.read() as uow:
        return terms_of(uow, DEVICE)


# --- from a stick -------------------------------------------------------------------------------------------------------


def test_from_a_stick_to_the_next_start(updates, package, root, desk):
    assert updates.check(ADMINISTRATOR, package).version == "0.2.0"
    assert updates.install(ADMINISTRATOR, package).version == "0.2.0"
    assert (starts(root), updates.standing().prepared.version) == ("0.1.0", "0.2.0")
    assert updates.finish() == "0.2.0"
    assert starts(root) == "0.2.0"
    entry = desk.state.audit[-1]
    assert (entry.action, entry.user_id, entry.details) == (
        "update.prepared", ADMINISTRATOR.user_id, {"kind": "program", "version": "0.2.0", "sequence": 200})


def test_before_a_version_is_laid_out_the_desk_is_copied_and_without_a_copy_it_waits(desk, root, package, tmp_path):
    copies = []
    updates = update_service(desk, program(root), copies=copies)
    updates.install(ADMINISTRATOR, published_data(tmp_path / "data", {"forms/01.json": b"{}"}))
    assert copies == [], "forms change nothing that is kept"
    updates._copy_desk = _fault
    assert refusal(updates.install, ADMINISTRATOR, package) == "DATABASE_CORRUPT"
    assert updates.standing().prepared is None
    update_service(desk, running(root, "0.1.0"), copies=copies).install(ADMINISTRATOR, package)
    assert copies == ["copied"]


def test_what_is_on_a_stick_is_not_what_the_address_offers(updates, package, desk):
    updates.check(ADMINISTRATOR, package)
    assert (updates.standing().offered, terms(desk).seen) == (None, None)


@pytest.mark.parametrize("actor", [CLERK, HEAD, Actor("u-0003", Role.INSPECTOR)])
def test_only_who_runs_the_desk_may(updates, package, actor):
    for call, more in ((updates.check, (package,)), (updates.install, (package,)), (updates.back, ())):
        assert refusal(call, actor, *more) == "NOT_ALLOWED"
    assert refusal(updates.save, actor, address="", automatic=True) == "NOT_ALLOWED"


@pytest.mark.parametrize(("changes", "code"), [
    ({"sequence": 100}, "UPDATE_OLDER"), ({"sequence": 50}, "UPDATE_OLDER"), ({"system": "windows-x64"}, "UPDATE_OTHER_SYSTEM"),
    ({"version": "0.1.0"}, "UPDATE_SAME_NAME"), ({"schema": "0010"}, "UPDATE_SCHEMA"), ({"format": 2}, "UPDATE_TOO_NEW"),
])
def test_what_does_not_fit_is_refused_and_leaves_nothing(updates, package, root, changes, code):
    head = head_of(package)
    head.write_text(json.dumps(resigned(json.loads(head.read_bytes()), **changes)))
    assert refusal(updates.install, ADMINISTRATOR, package) == code
    assert [each.name for each in (root / "versions").iterdir() if each.is_dir()] == ["0.1.0"]


def test_a_stranger_s_release_is_refused(updates, tmp_path, root):
    assert refusal(updates.install, ADMINISTRATOR, published(tmp_path, seed=STRANGER)) == "UPDATE_NOT_SIGNED"
    assert updates.standing().prepared is None


def test_a_program_without_keys_takes_nothing_and_says_whose_fault_it_is_not(desk, root, package, tmp_path):
    nobodys = update_service(desk, program(root), keys=())
    for each in (package, published_data(tmp_path, {"forms/01.json": b"{}"})):
        assert refusal(nobodys.install, ADMINISTRATOR, each) == refusal(nobodys.check, ADMINISTRATOR, each) == "UPDATE_NO_PUBLISHER"
    assert nobodys.standing().obstacles() == ("UPDATE_NO_PUBLISHER",)
    assert (nobodys.standing().prepared, nobodys.standing().data) == (None, None)


def test_one_with_a_key_and_a_folder_of_its_own_has_no_obstacle(updates):
    assert updates.standing().has_publisher
    assert updates.standing().obstacles() == ()


def test_by_itself_a_program_without_keys_does_not_even_ask(updates, served, desk, root):
    nobodys = update_service(desk, program(root.with_name("other")), keys=())
    assert (nobodys.by_itself(), served.asked) == (None, [])
    assert updates.by_itself().version == "0.2.0"


def test_where_nothing_can_be_kept_of_what_comes_over_the_line_that_is_told(updates, served, incoming):
    incoming.write_text("a file where the folder should be")
    assert refusal(updates.install, ADMINISTRATOR) == "FOLDER_IS_FILE"


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_an_altered_byte_in_the_head_or_the_list_is_refused(desk, tmp_path_factory, data):
    place = tmp_path_factory.mktemp("place")
    updates, package = update_service(desk, program(place / "program")), published(place)
    listing = json.loads(head_of(package).read_bytes())["files"]["sha256"]
    target = data.draw(st.sampled_from([head_of(package), package / "objects" / f"{listing}.xz"]))
    content = bytearray(target.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    target.write_bytes(bytes(content))
    try:
        updates.install(ADMINISTRATOR, package)
    except SurroundingsError as error:
        assert error.code in {"UPDATE_NOT_SIGNED", "UPDATE_NO_HEAD", "UPDATE_DAMAGED"}  # noqa: PT017  not every byte has a meaning
        assert updates.standing().prepared is None
    else:
        assert (place / "program" / "versions" / "0.2.0" / "app" / "main.py").read_bytes() == SECOND["app/main.py"]


@pytest.mark.parametrize("day", ["1999-01-01T00:00:00+07:00", "2099-12-31T23:59:59+07:00"])
def test_a_wrong_clock_blocks_nothing(root, package, day):
    from datetime import datetime

    desk = fake_desk(FakeClock(datetime.fromisoformat(day)))
    assert update_service(desk, program(root)).install(ADMINISTRATOR, package).version == "0.2.0"


def test_a_program_that_can_not_replace_itself_says_why(updates, package, monkeypatch):
    monkeypatch.setattr("counter_app.updating.folder.can_write", lambda folder: False)
    assert updates.standing().why_not == "UPDATE_BY_SYSTEM"
    assert updates.standing().obstacles() == ("UPDATE_BY_SYSTEM",)
    assert refusal(updates.install, ADMINISTRATOR, package) == "UPDATE_BY_SYSTEM"
    assert refusal(updates.back, ADMINISTRATOR) == "UPDATE_BY_SYSTEM"
    assert updates.by_itself() is None


# --- forms and books ------------------------------------------------------------------------------------------------------


def test_newer_forms_come_without_a_new_program(updates, tmp_path, root):
    package = published_data(tmp_path, {"forms/01.json": b'{"versions": []}', "books/registers.json": b"[]"})
    assert updates.install(ADMINISTRATOR, package).kind is ReleaseKind.DATA
    assert updates.standing().data.version == "2026.12"
    assert (updates.standing().prepared, starts(root)) == (None, "0.1.0")
    assert refusal(updates.install, ADMINISTRATOR, package) == "UPDATE_OLDER"
    assert updates.install(ADMINISTRATOR, published_data(tmp_path / "next", {"forms/01.json": b"{}"}, sequence=151, version="2027")).version == "2027"


def test_forms_older_than_the_program_s_own_are_refused(updates, tmp_path):
    assert refusal(updates.install, ADMINISTRATOR, published_data(tmp_path, {"forms/01.json": b"{}"}, sequence=99)) == "UPDATE_OLDER"


@pytest.mark.parametrize("name", ["messages/vi/desk.json", "updates/keys.json", "forms/evil.py", "fonts/x.ttf", "main.json", "formsx/a.json"])
def test_nothing_but_data_comes_as_data(updates, tmp_path, root, name):
    assert refusal(updates.install, ADMINISTRATOR, published_data(tmp_path, {name: b"{}"})) == "UPDATE_DAMAGED"
    assert not (root / "newer").exists()


# --- from the address -----------------------------------------------------------------------------------------------------


def test_from_the_address(updates, served, desk, incoming, root):
    assert updates.standing().offered is None
    assert updates.check(ADMINISTRATOR).version == "0.2.0"
    asked = len(served.asked)
    assert updates.standing().offered.version == "0.2.0", "what was seen is known without asking again"
    assert len(served.asked) == asked == 2, "the program's head and that of the forms"
    updates.install(ADMINISTRATOR)
    assert updates.finish() == "0.2.0"
    assert terms(desk).used > 0
    assert not incoming.exists()
    assert update_service(desk, running(root, "0.2.0")).standing().offered is None, "nothing is offered that is here"


def test_only_lists_and_files_that_are_not_here_go_over_the_line(desk, root, incoming, tmp_path):
    runtime = {f"site/{name}/{number}.py": name.encode() for name in ("one", "two") for number in range(9)}
    updates = update_service(desk, program(root, files={**runtime, "app/ui/page.py": b"1"}), incoming=incoming)
    with serving(published(tmp_path, files={**runtime, "app/ui/page.py": b"2"})) as served:
        updates.save(ADMINISTRATOR, address=served.address, automatic=False)
        updates.install(ADMINISTRATOR)
        assert sum("/objects/" in path for path, _ in served.asked) == 3, "the list, the list of app/ui, the page"
    assert updates.finish() == "0.2.0"


def test_without_an_address_that_is_said(updates):
    assert refusal(updates.check, ADMINISTRATOR) == refusal(updates.install, ADMINISTRATOR) == "UPDATE_NO_ADDRESS"


def test_a_login_page_is_no_release(updates, served):
    served.answer = (200, b"<html>Wi-Fi login</html>")
    assert refusal(updates.check, ADMINISTRATOR) == "UPDATE_NO_HEAD"


def test_an_address_is_set_with_its_name_on_the_trail(updates, desk):
    updates.save(ADMINISTRATOR, address=" https://updates.example.vn/q ", automatic=False)
    assert (terms(desk).address, terms(desk).automatic) == ("https://updates.example.vn/q", False)
    assert desk.state.audit[-1].action == "update.set"
    assert refusal(updates.save, ADMINISTRATOR, address="http://updates.example.vn", automatic=True) == "UPDATE_ADDRESS"
    updates.save(ADMINISTRATOR, address="", automatic=True)
    assert terms(desk).address == ""


def test_what_one_address_offered_another_does_not(updates, served, desk):
    updates.check(ADMINISTRATOR)
    updates.save(ADMINISTRATOR, address=served.address, automatic=False)
    assert terms(desk).seen is not None
    updates.save(ADMINISTRATOR, address="https://other.example.vn", automatic=False)
    assert terms(desk).seen is None


# --- what it costs --------------------------------------------------------------------------------------------------------


def test_on_a_metered_line_a_person_is_asked_first(updates, served, desk):
    set_line(desk, metered=True)
    assert updates.check(ADMINISTRATOR).version == "0.2.0", "the head is small"
    assert refusal(updates.install, ADMINISTRATOR) == refusal(updates.by_itself) == "UPDATE_METERED"
    assert updates.install(ADMINISTRATOR, on_metered=True).version == "0.2.0"


def test_a_stick_costs_nothing(updates, package, desk):
    set_line(desk, metered=True)
    assert updates.install(ADMINISTRATOR, package).version == "0.2.0"


def test_the_day_s_budget_is_kept_and_the_rest_comes_tomorrow(updates, served, desk, tmp_path, monkeypatch):
    noise = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(150))
    served.folder = published(tmp_path / "larger", files={**SECOND, "lib/noise.so": noise})
    served.cut_after = 200
    monkeypatch.setattr("counter_app.services.updating.terms.MEGABYTE", 2500)
    set_line(desk, daily_mb=1)
    assert refusal(updates.install, ADMINISTRATOR) == "UPDATE_BUDGET"
    assert refusal(updates.install, ADMINISTRATOR) == "UPDATE_BUDGET", "the budget is the day's, not the try's"
    days = 0
    while updates.standing().prepared is None:
        desk.clock.forward(hours=24)
        days += 1
        try:
            updates.install(ADMINISTRATOR)
        except SurroundingsError as error:
            assert (error.code, days < 9) == ("UPDATE_BUDGET", True)  # noqa: PT017  how many days it takes is not what is asked
    assert days > 1


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 10**6)), max_size=12))
def test_what_was_used_is_counted_by_day(uses):
    clock, counted = FakeClock(), UpdateTerms()
    day, total = 0, 0
    for days, size in uses:
        clock.forward(hours=24 * days)
        total = size if days or not counted.day else total + size
        counted = with_use(counted, size, clock.now())
        day += days
    assert counted.used == total


# --- by itself ------------------------------------------------------------------------------------------------------------


def test_by_itself_it_prepares_what_is_new_once(updates, served, desk):
    assert updates.by_itself().version == "0.2.0"
    assert desk.state.audit[-1].user_id == AUTOMATIC
    assert updates.by_itself() is None
    assert updates.finish() == "0.2.0"


@pytest.mark.parametrize("setting", ["no address", "not automatic"])
def test_by_itself_it_does_nothing_that_was_not_set(updates, package, setting):
    if setting == "not automatic":
        updates.save(ADMINISTRATOR, address="https://updates.invalid", automatic=False)
    assert updates.by_itself() is None


def test_by_itself_it_leaves_a_line_alone_that_somebody_paused(updates, served, desk):
    set_line(desk, paused=True)
    assert (updates.by_itself(), served.asked) == (None, [])
    assert updates.install(ADMINISTRATOR).version == "0.2.0", "a person may"


def test_by_itself_it_does_not_take_again_what_fell(updates, served, desk, root):
    updates.by_itself()
    updates.finish()
    (root / "versions" / "0.2.0" / "tried-twice").touch()
    first = update_service(desk, running(root, "0.1.0"))
    assert first.begin(_nothing).fallen == Fallen("0.2.0", "0.1.0")
    assert first.by_itself() is None
    assert first.install(ADMINISTRATOR).version == "0.2.0", "a person may"


def test_by_itself_it_takes_newer_forms_although_a_version_waits(updates, served, tmp_path):
    updates.by_itself()
    served.folder = published_data(tmp_path, {"forms/01.json": b"{}"})
    assert updates.by_itself().kind is ReleaseKind.DATA
    assert updates.by_itself() is None


def test_one_address_serves_programs_and_forms_and_the_program_comes_first(updates, served, tmp_path):
    shutil.copytree(published_data(tmp_path / "data", {"forms/01.json": b"{}"}), served.folder, dirs_exist_ok=True)
    assert updates.check(ADMINISTRATOR).kind is ReleaseKind.PROGRAM
    assert [updates.by_itself().kind for _ in range(2)] == [ReleaseKind.PROGRAM, ReleaseKind.DATA]
    assert updates.by_itself() is None
    assert updates.check(ADMINISTRATOR).version == "0.2.0", "with nothing new the program is told"


def test_a_desk_whose_program_the_system_looks_after_gets_newer_forms_all_the_same(updates, served, tmp_path, monkeypatch):
    shutil.copytree(published_data(tmp_path / "data", {"forms/01.json": b"{}"}), served.folder, dirs_exist_ok=True)
    monkeypatch.setattr("counter_app.updating.folder.can_write", lambda folder: False)
    assert updates.by_itself().kind is ReleaseKind.DATA
    assert updates.by_itself() is None
    assert refusal(updates.install, ADMINISTRATOR) == "UPDATE_BY_SYSTEM"


# --- back -----------------------------------------------------------------------------------------------------------------


def test_back_to_the_version_before(updates, package, desk, root):
    assert refusal(updates.back, ADMINISTRATOR) == "UPDATE_NO_WAY_BACK"
    updates.install(ADMINISTRATOR, package)
    updates.finish()
    second = update_service(desk, running(root, "0.2.0"))
    assert second.back(ADMINISTRATOR).version == "0.1.0"
    assert (starts(root), desk.state.audit[-1].action) == ("0.1.0", "update.back")


def test_data_that_was_migrated_is_a_reason_not_to_go_back_unless_it_has_to_be(updates, desk, root, tmp_path):
    updates.install(ADMINISTRATOR, published(tmp_path, schema="0013"))
    updates.finish()
    second = update_service(desk, running(root, "0.2.0", "0013"), schema="0013")
    assert refusal(second.back, ADMINISTRATOR) == "UPDATE_BACK_SCHEMA"
    assert starts(root) == "0.2.0"
    assert second.back(ADMINISTRATOR, anyway=True).version == "0.1.0"
    assert starts(root) == "0.1.0"


# --- the first start --------------------------------------------------------------------------------------------------------


def _nothing():
    pass


def _fault():
    raise failed("DATABASE_CORRUPT", path="desk.db")


@pytest.fixture
def fresh(desk, root, package):
    """A new version at its first start."""
    update_service(desk, program(root)).install(ADMINISTRATOR, package)
    running(root, "0.1.0").switch()
    return update_service(desk, running(root, "0.2.0"))


def test_a_version_that_works_proves_itself(fresh, root):
    assert fresh.begin(_nothing) == replace(fresh.begin(_nothing), fallen=None, wrong=None)
    assert (root / "versions" / "0.2.0" / "confirmed").exists()


def test_one_that_is_damaged_or_does_not_work_stays_on_trial(fresh, root):
    assert fresh.begin(_fault).wrong == Problem("DATABASE_CORRUPT", None, {"path": "desk.db"})
    (root / "versions" / "0.2.0" / "app" / "same.py").write_bytes(b"x")
    assert fresh.begin(_nothing).wrong == Problem("UPDATE_SELF_DAMAGED", None, {"count": 1, "path": "app/same.py"})
    assert not (root / "versions" / "0.2.0" / "confirmed").exists()


def test_one_that_proved_itself_is_not_tried_again(updates):
    assert updates.begin(_fault).wrong is None


def test_a_broken_release_of_the_past_in_the_settings_breaks_nothing_new(updates, desk):
    with desk.database.write() as uow:
        uow.settings.put(f"update/{DEVICE}", {"address": "https://x.vn", "of_a_newer_version": 7})
        uow.commit()
    assert updates.standing().terms == UpdateTerms("https://x.vn")
    with desk.database.write() as uow:
        keep_terms(uow, DEVICE, UpdateTerms())
        uow.commit()
    assert terms(desk) == UpdateTerms()


def test_a_rule_is_a_rule_and_a_fault_a_fault(updates, package):
    """Exit code 3 for what a person asked for, 4 for what is around."""
    assert isinstance(_caught(updates.back, ADMINISTRATOR), RuleBrokenError)
    head_of(package).write_text("{}")
    assert isinstance(_caught(updates.install, ADMINISTRATOR, package), SurroundingsError)


def _caught(call, *given):
    with pytest.raises(DeskError) as error:
        call(*given)
    return error.value
