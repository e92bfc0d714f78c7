"""A province that lost its disk and goes on from an old backup: every desk shows what it holds now, and says what may be missing."""

from __future__ import annotations

import pytest

from counter_app.domain.dossier import Status
from counter_app.domain.events import WENT_BACK
from counter_app.domain.record import national_record
from tests.builders import CLERK
from tests.sync.commune import Commune
from tests.sync.lines import AGENCY

FIRST, SECOND = 0, 1


@pytest.fixture
def commune(tmp_path):
    """Two desks that both know one dossier, taken in at the first of them, and a backup of the province of that moment."""
    made = Commune(tmp_path)
    made.takes_in(FIRST)
    all_send(made)
    made.province_is_backed_up()
    yield made
    made.close()


def the_dossier(commune):
    (slip,) = commune.printed.values()
    return slip.dossier_id


def at(commune, number):
    return commune.desks[number].dossier(the_dossier(commune))


def looks(commune, number):
    return at(commune, number).attention


def moves(commune, to):
    commune.province.do("move", agency=AGENCY, dossier_id=the_dossier(commune), to=to)


def notes(commune, text):
    commune.province.do("change", agency=AGENCY, dossier_id=the_dossier(commune), members={"GhiChu": text})


def all_send(commune, *numbers):
    for number in numbers or (FIRST, SECOND):
        commune.sends(number)


def test_what_the_province_itself_had_done_and_lost_is_gone_here_too_and_a_person_is_told(commune):
    moves(commune, "4")
    all_send(commune)
    assert [at(commune, number).status for number in (FIRST, SECOND)] == [Status.PROCESSING] * 2
    with commune.desks[SECOND].database.read() as uow:
        told = [event.facts for event in uow.events.of_dossier(the_dossier(commune)) if "rev" in event.facts]
    assert told
    assert not any({"era", "before"} & facts.keys() for facts in told), "a province that never was restored has one history"
    commune.province_is_restored()
    all_send(commune)
    for number in (FIRST, SECOND):
        assert (at(commune, number).status, looks(commune, number)) == (Status.RECEIVED, (WENT_BACK,))
    moves(commune, "4")
    all_send(commune)
    assert [looks(commune, number) for number in (FIRST, SECOND)] == [(), ()], "it is what it was again: nobody has to look"


def test_acts_that_no_side_has_any_more_hold_no_later_change_up(commune):
    """The first desk hands over and loses its disk, the province loses its own: only the second had read of it."""
    commune.is_backed_up(FIRST)
    commune.hands_over(FIRST, 0)
    all_send(commune)
    assert at(commune, SECOND).status is Status.PROCESSING
    commune.is_restored(FIRST)
    commune.province_is_restored()
    all_send(commune, SECOND)
    assert (at(commune, SECOND).status, looks(commune, SECOND)) == (Status.RECEIVED, (WENT_BACK,))
    notes(commune, "Ghi chú của tỉnh")
    all_send(commune)
    assert at(commune, SECOND).note == "Ghi chú của tỉnh", "a later change, at a revision that this desk had read of already"
    assert looks(commune, SECOND) == (WENT_BACK,), "what is missing is missing still"
    commune.desks[SECOND].desk.life.settling.look_at(at(commune, SECOND).code, CLERK)
    assert looks(commune, SECOND) == ()
    commune.comes_to_rest()


def test_what_another_desk_sends_again_takes_the_mark_away(commune):
    commune.hands_over(FIRST, 0)
    commune.notes(SECOND, 0)
    all_send(commune)
    all_send(commune)
    before = national_record(at(commune, SECOND))
    commune.province_is_restored()
    all_send(commune, SECOND)
    assert (at(commune, SECOND).status, looks(commune, SECOND)) == (Status.RECEIVED, (WENT_BACK,))
    all_send(commune, FIRST, SECOND)
    assert (national_record(at(commune, SECOND)), looks(commune, SECOND)) == (before, ())
    assert looks(commune, FIRST) == (), "its own acts stand here, whoever has lost them"


def test_a_dossier_that_the_province_had_not_yet_is_known_again_by_what_is_sent_again(commune):
    commune.takes_in(SECOND)
    all_send(commune, SECOND, FIRST)
    new = next(slip for slip in commune.printed.values() if slip.desk == SECOND).dossier_id
    commune.province.do("move", agency=AGENCY, dossier_id=new, to="4")
    all_send(commune)
    commune.province_is_restored()
    all_send(commune, FIRST, SECOND, FIRST)
    for number in (FIRST, SECOND):
        here = commune.desks[number].dossier(new)
        assert (here.status, here.attention) == (Status.RECEIVED, (WENT_BACK,)), "the province's own move is what nobody sends again"
    commune.comes_to_rest()


def test_own_acts_that_were_lost_there_stand_here_all_the_time(commune):
    commune.hands_over(FIRST, 0)
    all_send(commune)
    commune.province_is_restored()
    notes(commune, "Ghi chú của tỉnh")
    notes(commune, "Ghi chú khác")
    notes(commune, "Ghi chú cuối")
    all_send(commune, FIRST)
    here = at(commune, FIRST)
    assert (here.status, here.note) == (Status.PROCESSING, "Ghi chú cuối")


@pytest.mark.soak
def test_a_backup_that_is_put_back_twice_is_read_twice(commune):
    for _ in range(2):
        notes(commune, "Ghi chú của tỉnh")
        all_send(commune)
        assert at(commune, SECOND).note == "Ghi chú của tỉnh"
        commune.province_is_restored()
        all_send(commune)
        assert (at(commune, SECOND).note, looks(commune, SECOND)) == ("", (WENT_BACK,))
    assert commune.desks[SECOND].relation()["era"] == 2


@pytest.mark.soak
def test_a_pass_that_is_cut_in_the_middle_of_the_feed_changes_nothing_of_it(commune):
    for _ in range(3):
        commune.takes_in(FIRST)
    all_send(commune)
    commune.province_is_restored()
    for step in range(1, 60, 3):
        commune.is_killed(SECOND, step)
    all_send(commune)
    commune.comes_to_rest()
