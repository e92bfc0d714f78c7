"""Somebody else's computer has this one's id at the province: it takes another, says all it had recorded under that, and stays itself."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from counter_app.domain.canonical import envelope
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.ids import short_device
from counter_app.services.documents.slips import FORM
from counter_app.services.line.province import Ticket
from counter_app.sync.second_device import gather, take_second
from tests.builders import CLERK, DEVICE, HEAD
from tests.services.killing import Wrapped, killed
from tests.sync.lines import Line, journal

OTHER = "0192f3a4-5b6c-7d8e-9f01-23456789abce"


@pytest.fixture
def twin(enrolled, tmp_path):
    """A computer whose disk was copied before the other one was enrolled; it works, with no word of the province yet."""
    made = Line(tmp_path / "twin")
    made.first = made.take_in()
    made.note(made.first.code)
    provisional(made)
    made.tam = made.take_in()
    yield made
    made.close()


def provisional(line):
    with line.database.write() as uow:
        profile = line.desk.settings.profile()
        uow.settings.put(f"desk/{DEVICE}", uow.settings.get(f"desk/{DEVICE}") | {"provisional": True})
        uow.commit()
    assert line.desk.settings.profile() == replace(profile, provisional=True)


def here(line):
    """Return every op of the desk's present lanes as it is sent, by its id."""
    device = line.desk.settings.profile().recorded_as
    with line.database.read() as uow:
        lanes = uow.events.lanes(device)
        ops = [event for epoch, last in lanes.items() for event in uow.events.of_lane(device, epoch, 1, last)]
    return {event.op_id: envelope(event) for event in ops}


def recorded(line):
    with line.database.read() as uow:
        return [event.op_id for event in uow.events.everything() if event.lane]


def all_is_there(line, province):
    """Each op of the desk is at the province once, to the byte, under the desk's new id."""
    there = {op_id: op for op_id, op in journal(province).items() if op["device"] != DEVICE}
    assert there == here(line)
    assert set(there) == set(recorded(line))
    assert {op["device"] for op in there.values()} == {line.desk.settings.profile().recorded_as}
    assert line.client.reconcile().match
    line.verify()


def test_it_takes_another_id_and_everything_arrives_under_it(twin, province):
    ops, slips = recorded(twin), [twin.desk.slips.newest(each.code, FORM, CLERK).pdf for each in (twin.first, twin.tam)]
    made = twin.enrol(province.ticket())
    assert made.device not in (DEVICE, "")
    assert (made.device, twin.relation()["device"]) == (twin.desk.settings.profile().recorded_as,) * 2
    assert twin.run().pending == 0
    assert recorded(twin) == ops, "the same ops, nothing recorded twice"
    all_is_there(twin, province)
    for before, slip in zip((twin.first, twin.tam), slips, strict=True):
        assert twin.desk.dossiers.of_code(before.code, HEAD).dossier_id == before.dossier_id
        assert twin.desk.slips.newest(before.code, FORM, CLERK).pdf == slip, "what is printed stays"


def test_it_stays_itself_but_for_its_ops_and_new_provisional_codes(twin, province):
    guard = dict(twin.desk.guard.taken)
    twin.enrol(province.ticket())
    profile = twin.desk.settings.profile()
    assert (profile.device, profile.epoch, twin.desk.guard.taken) == (DEVICE, profile.epoch, guard)
    assert twin.tam.code.startswith(f"TAM-{short_device(DEVICE)}-")
    provisional(twin)
    after = twin.take_in()
    assert after.code.startswith(f"TAM-{short_device(profile.recorded_as)}-")
    assert after.code[-4:] > twin.tam.code[-4:], "the day goes on where it was"
    assert twin.run().pending == 0
    all_is_there(twin, province)


def test_saving_the_profile_keeps_the_second_id(twin, province):
    twin.enrol(province.ticket())
    before = twin.desk.settings.profile()
    twin.desk.settings.save(replace(before, second_device="", phone="0261 000 0001"), replace(HEAD, role="administrator"))
    assert twin.desk.settings.profile().second_device == before.second_device != ""


def test_what_was_being_recorded_meanwhile_is_not_left_behind(twin, province):
    """An act that had asked for the profile before: it stands under the first id, and goes with the next pass."""
    profile = twin.desk.settings.profile()
    twin.enrol(province.ticket())
    twin.desk.life.acting._settings = Kept(profile)
    late = twin.note(twin.first.code)
    twin.desk.life.acting._settings = twin.desk.settings
    with twin.database.read() as uow:
        assert uow.events.of_dossier(late.dossier_id)[-1].lane.device == DEVICE
    assert twin.run().pending == 0
    all_is_there(twin, province)


class Kept:
    """Settings that know an older profile."""

    def __init__(self, profile):
        self._profile = profile

    def profile(self):
        return self._profile


def test_a_second_id_that_is_taken_too_gives_way_to_a_third(twin):
    ops = recorded(twin)
    take_second(twin.database, DEVICE, OTHER)
    twin.note(twin.first.code)
    profile = take_second(twin.database, DEVICE, OTHER[:-1] + "0")
    assert (profile.device, profile.recorded_as) == (DEVICE, OTHER[:-1] + "0")
    assert [*here(twin)][:len(ops)] == ops
    assert set(here(twin)) == set(recorded(twin)) > set(ops)
    twin.verify()


def test_who_has_one_id_only_is_left_as_it_is(line):
    line.take_in()
    before = line.ops()
    gather(line.database, DEVICE)
    assert line.ops() == before
    assert set(here(line)) == set(recorded(line))


def test_a_ticket_that_is_no_good_costs_no_second_id(twin, province):
    ticket = province.ticket()
    with pytest.raises(RuleBrokenError) as error:
        twin.enrol({**ticket, "code": ticket["code"][::-1]})
    assert (error.value.code, twin.desk.settings.profile().recorded_as) == ("ENROL_CODE_UNKNOWN", DEVICE)


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_killed_anywhere_the_desk_works_on_and_enrols_the_next_time(twin, province):
    ticket = province.ticket()
    twin.close()

    def opened(bomb):
        line = Line(twin.folder, made=False)
        return line.client_over(Wrapped(line.database, bomb)), line

    for step in range(1, 600, 2):
        was_killed = killed(opened, lambda each: each[1].relation() or each[0].enrol(Ticket(**ticket)), step)
        after = Line(twin.folder, made=False, guard=twin.desk.guard)
        assert set(here(after)) == set(recorded(after)), "all stands in one lane, under one id or the other"
        after.verify()
        after.close()
        if not was_killed:
            break
    assert step > 20
    after = Line(twin.folder, made=False, guard=twin.desk.guard)
    after.note(twin.first.code)
    assert after.run().pending == 0
    all_is_there(after, province)
    after.close()
