"""Sticks get lost, come twice, come late, come to the wrong desk: nothing is done twice, and nothing is lost."""

import shutil
from contextlib import nullcontext

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from tests.province.trial import TrialProvince
from tests.sync.lines import both_hold_the_same, journal, nothing_is_pretended
from tests.sync.stick.sticks import StickDesk, carried


def kept(stick, folder, ending):
    """Keep what is on a stick, as a copy on somebody's disk does."""
    folder.mkdir(exist_ok=True)
    for path in stick.glob(f"*{ending}"):
        shutil.copy(path, folder)
    return sorted(folder.glob(f"*{ending}"))


def put_back(files, stick):
    for path in files:
        shutil.copy(path, stick)


def test_a_lost_stick_costs_nothing(enrolled, province):
    enrolled.note(enrolled.first.code)
    lost = enrolled.write().file
    lost.unlink()
    enrolled.note(enrolled.first.code)
    assert enrolled.there_and_back(province).sent == 2
    both_hold_the_same(enrolled, province)


def test_an_answer_that_was_lost_is_asked_for_again(enrolled, province):
    enrolled.note(enrolled.first.code)
    enrolled.write()
    carried(province, enrolled.stick)
    for path in enrolled.stick.iterdir():
        path.unlink()
    assert set(enrolled.states()) == {"province_has", "sending"}
    assert enrolled.there_and_back(province).sent == 1
    both_hold_the_same(enrolled, province)


def test_a_new_file_takes_the_place_of_the_one_before(enrolled, province):
    first, second = enrolled.write().file, enrolled.write().file
    assert list(enrolled.stick.iterdir()) == [second]
    assert first != second


def test_an_answer_taken_twice_is_old_and_changes_nothing(enrolled, province, tmp_path):
    enrolled.note(enrolled.first.code)
    enrolled.write()
    carried(province, enrolled.stick)
    answers = kept(enrolled.stick, tmp_path / "copy", ".qmc-ve")
    enrolled.read()
    before = enrolled.ops(), enrolled.relation()
    put_back(answers, enrolled.stick)
    with pytest.raises(RuleBrokenError, match="STICK_OLD"):
        enrolled.read()
    assert (enrolled.ops(), enrolled.relation()) == before


def test_an_older_answer_that_comes_late_changes_nothing(enrolled, province, tmp_path):
    enrolled.note(enrolled.first.code)
    enrolled.write()
    carried(province, enrolled.stick)
    old = kept(enrolled.stick, tmp_path / "copy", ".qmc-ve")
    enrolled.note(enrolled.first.code)
    enrolled.there_and_back(province)
    put_back(old, enrolled.stick)
    with pytest.raises(RuleBrokenError, match="STICK_OLD"):
        enrolled.read()
    both_hold_the_same(enrolled, province)


def test_a_file_of_the_desk_answered_twice_records_nothing_twice(enrolled, province, tmp_path):
    enrolled.note(enrolled.first.code)
    enrolled.write()
    out = kept(enrolled.stick, tmp_path / "copy", ".qmc-di")
    carried(province, enrolled.stick)
    enrolled.read()
    count = len(journal(province))
    put_back(out, enrolled.stick)
    carried(province, enrolled.stick)
    assert len(journal(province)) == count
    with pytest.raises(RuleBrokenError, match="STICK_OLD"):
        enrolled.read()


def test_an_answer_of_another_province_is_refused(enrolled, province, tmp_path):
    enrolled.note(enrolled.first.code)
    (tmp_path / "elsewhere").mkdir()
    with TrialProvince(tmp_path / "elsewhere") as elsewhere:
        stick = tmp_path / "stick-2"
        stick.mkdir()
        again = StickDesk(tmp_path / "desk-2", stick)
        again.write(elsewhere.ticket())
        carried(elsewhere, stick)
        again.close()
        put_back(stick.glob("*.qmc-ve"), enrolled.stick)
        before = enrolled.ops(), enrolled.relation()
        with pytest.raises(RuleBrokenError, match="STICK_OTHER_PROVINCE"):
            enrolled.read()
        assert (enrolled.ops(), enrolled.relation()) == before
        enrolled.write()
        assert carried(elsewhere, enrolled.stick) == [], "what is for one province no other can open"


def test_a_desk_restored_from_a_backup_does_not_take_what_it_never_asked(enrolled, province, tmp_path):
    """The backup knows nothing of the file that was written after it."""
    copy = tmp_path / "backup"
    enrolled.database.close()
    shutil.copytree(enrolled.folder, copy)
    now = StickDesk(enrolled.folder, enrolled.stick, made=False)
    now.note(enrolled.first.code)
    now.write()
    carried(province, enrolled.stick)
    now.close()
    restored = StickDesk(copy, enrolled.stick, made=False)
    with pytest.raises(RuleBrokenError, match="STICK_OLD"):
        restored.read()
    restored.close()
    enrolled.database = StickDesk(enrolled.folder, enrolled.stick, made=False).database


ACTS = st.sampled_from(["note", "write", "carry", "take", "lose", "replay_out", "replay_back", "line"])


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=4, max_size=8))
def test_in_whatever_order_files_come_both_sides_end_with_the_same(enrolled, province, tmp_path, acts):
    out, back = [], []
    for act in acts:
        _do(act, enrolled, province, tmp_path, (out, back))
    nothing_is_pretended(enrolled, province)
    for path in enrolled.stick.iterdir():
        path.unlink()
    for _ in range(2):
        enrolled.there_and_back(province)
    both_hold_the_same(enrolled, province)


def _do(act, desk, province, tmp_path, copies):
    out, back = copies
    if act == "note":
        desk.note(desk.first.code)
    elif act == "write":
        desk.write()
        out[:] = kept(desk.stick, tmp_path / "out", ".qmc-di")
    elif act == "carry":
        carried(province, desk.stick)
        back[:] = kept(desk.stick, tmp_path / "back", ".qmc-ve")
    elif act == "lose":
        for path in desk.stick.iterdir():
            path.unlink()
    elif act == "line":
        desk.run()
    elif act == "take":
        _take(desk)
    else:
        put_back(out if act == "replay_out" else back, desk.stick)
        _take(desk)


def _take(desk):
    with pytest.raises(RuleBrokenError, match=r"STICK_NOTHING|STICK_OLD") if not _is_awaited(desk) else nullcontext():
        desk.read()


def _is_awaited(desk):
    """Tell whether an answer on the stick is one to a file that waits for it."""
    waiting = desk.setting(f"stick/{desk.device}")["waiting"].values()
    return any(int(path.stem.rpartition("-")[2]) in waiting for path in desk.stick.glob("*.qmc-ve"))
