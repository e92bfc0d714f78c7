import shutil

import pytest

from counter_app.bootstrap import examine, open_counter, open_practice, practice_session
from counter_app.domain.errors import RuleBrokenError
from counter_app.services.demo.day import DemoDay
from counter_app.services.helping.doctor import State
from counter_app.services.ports import ListFilter
from counter_app.support.paths import practice_dir
from tests.builders import CLERK
from tests.fakes import FakeClock


@pytest.fixture(scope="module")
def both(desk_template, tmp_path_factory):
    """A real desk and its practice desk, made once: the tests below only look."""
    place, clock = tmp_path_factory.mktemp("both"), FakeClock()
    shutil.copytree(desk_template, place, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTER_STATE_DIR", str(place / "state"))
        patch.setenv("COUNTER_KEY_FILE", str(place / "desk.key"))
        real = open_counter(place / "desk", clock=clock)
        practice = open_practice(place / "desk", real, clock=clock)
        yield real, practice
        practice.close()
        real.close()


@pytest.fixture
def real(both):
    return both[0]


@pytest.fixture
def practice(both):
    return both[1]


def total(counter):
    return counter.dossiers.list(ListFilter.ALL, CLERK).total


def test_the_practice_desk_has_the_real_ones_names_and_sample_data(real, practice):
    assert practice.desk.practice
    assert not real.desk.practice
    assert (practice.desk.agency, practice.desk.commune, practice.desk.desk) == ("H36.50.05", "Xã Đắk Mil", "2")
    assert practice.home.figures().received_today >= 25, "the dossiers of the demo day, and what else it does"


def test_nothing_is_shared_with_the_real_desk(real, practice):
    assert total(practice) > 0
    assert total(real) == 0
    assert practice.desk.device != real.desk.device
    assert real.numbering.peek(real.clock.now()).endswith("-0001")


def test_nothing_of_it_is_due_to_be_sent(practice):
    assert practice.home.figures().outbox["saved"] == 0


def test_its_slips_are_marked(practice):
    rows = practice.dossiers.list(ListFilter.RECEIVED_TODAY, CLERK).rows
    forms = [form for row in rows for form in practice.slips.of_dossier(row.dossier_id, CLERK)]
    assert sum(form.form == "01" for form in forms) >= 25, "a certification alone has no slip of receipt"
    assert all("BẢN TẬP, không có giá trị" in form.content["marks"] for form in forms if "marks" in form.content)


def test_its_only_person_walks_in_without_a_password(practice):
    session = practice_session(practice)
    assert session.user.full_name == "Lý Thị Mẫu Đơn"
    assert not session.user.must_change_password


def test_nobody_walks_into_the_real_desk(real):
    with pytest.raises(RuleBrokenError, match="NOT_PRACTICE"):
        practice_session(real)


def test_it_is_made_once(real, practice):
    before = total(practice)
    again = open_practice(real.data_dir, real, clock=real.clock)
    try:
        assert total(again) == before
    finally:
        again.close()


def test_before_there_is_a_desk_one_can_practise_too(home, clock):
    counter = open_practice(home / "desk", clock=clock)
    try:
        assert counter.desk.practice
    finally:
        counter.close()
    assert [finding.problem.code for finding in examine(home / "desk") if finding.name == "desk"] == ["NO_DESK"]


def test_a_day_that_breaks_off_leaves_no_half_filled_desk(desk, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(DemoDay, "run", fail)
        with pytest.raises(RuntimeError):
            open_practice(desk.data_dir, desk.counter, clock=desk.clock)
    assert not practice_dir(desk.data_dir).exists()
    open_practice(desk.data_dir, desk.counter, clock=desk.clock).close()


class TestExamination:
    """The doctor's round over a real desk."""

    def states(self, place, clock):
        return {finding.name: finding.state for finding in examine(place, clock=clock)}

    def test_a_desk_that_opens(self, desk):
        found = self.states(desk.data_dir, desk.clock)
        assert found["database"] is State.OK
        assert found["key"] is State.WARNING
        assert found["guard"] is State.OK

    def test_a_desk_that_does_not(self, desk_dir, home, clock):
        (home / "desk.key").write_text("ab" * 32)
        findings = {finding.name: finding for finding in examine(desk_dir, clock=clock)}
        assert findings["desk"].problem.code == "DATABASE_WRONG_KEY"
        assert findings["disk"].state is not None

    def test_a_key_that_others_can_read(self, desk_dir, home, clock):
        (home / "desk.key").chmod(0o644)
        assert self.states(desk_dir, clock)["key"] is State.BAD
