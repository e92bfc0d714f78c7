"""A wish meets a device: what it can do is done, what it can not is done otherwise, and every difference is told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.scan_profile import (
    PAPER_MM,
    USUAL_DPI,
    WHOLE_AREA,
    Abilities,
    CleanUp,
    ScanColour,
    ScanProfile,
    ScanSettings,
    ScanSource,
    fit,
)

FLATBED, ADF, DUPLEX = ScanSource.FLATBED, ScanSource.ADF, ScanSource.ADF_DUPLEX
COLOUR, GREY, BITONAL = ScanColour.COLOUR, ScanColour.GREY, ScanColour.BITONAL
WISH = ScanProfile("dossier", {"vi": "Hồ sơ", "en": "Dossier"}, "1", DUPLEX, 200, COLOUR, "a4", CleanUp())
ALL = Abilities(tuple(ScanSource), tuple(ScanColour), USUAL_DPI, dict.fromkeys(ScanSource, (215.9, 355.6)))

wishes = st.builds(
    replace, st.just(WISH), source=st.sampled_from(ScanSource), dpi=st.sampled_from(USUAL_DPI), colour=st.sampled_from(ScanColour),
    paper=st.sampled_from([*PAPER_MM, WHOLE_AREA]))
areas = st.dictionaries(st.sampled_from(ScanSource), st.tuples(st.floats(50, 500), st.floats(50, 500)))


def some_of(values):
    return st.sets(st.sampled_from(values)).map(lambda chosen: tuple(value for value in values if value in chosen))


devices = st.builds(Abilities, some_of(tuple(ScanSource)), some_of(tuple(ScanColour)), some_of(USUAL_DPI), areas)


def codes(profile, **able):
    fitted = fit(profile, replace(ALL, **able))
    return fitted.settings, [problem.code for problem in fitted.lacks]


def test_a_device_that_can_do_all_is_asked_for_the_wish_itself():
    assert codes(WISH) == (ScanSettings(DUPLEX, 200, COLOUR, (210, 297)), [])


@pytest.mark.parametrize(("wish", "known", "used", "code"), [
    (DUPLEX, (FLATBED, ADF), ADF, "SCAN_LACKS_DUPLEX"), (DUPLEX, (FLATBED,), FLATBED, "SCAN_LACKS_FEEDER"),
    (ADF, (FLATBED,), FLATBED, "SCAN_LACKS_FEEDER"), (ADF, (DUPLEX,), DUPLEX, "SCAN_LACKS_ONE_SIDE"),
    (FLATBED, (ADF, DUPLEX), ADF, "SCAN_LACKS_GLASS"), (FLATBED, (DUPLEX,), DUPLEX, "SCAN_LACKS_GLASS"),
])
def test_another_source_is_taken_and_told(wish, known, used, code):
    settings, told = codes(replace(WISH, source=wish), sources=known)
    assert (settings.source, told) == (used, [code])


@pytest.mark.parametrize(("wish", "known", "used", "code"), [
    (COLOUR, (GREY, BITONAL), GREY, "SCAN_LACKS_COLOUR"), (COLOUR, (BITONAL,), BITONAL, "SCAN_LACKS_COLOUR"),
    (GREY, (COLOUR, BITONAL), COLOUR, "SCAN_INSTEAD_COLOUR"), (GREY, (BITONAL,), BITONAL, "SCAN_INSTEAD_BITONAL"),
    (BITONAL, (COLOUR, GREY), GREY, "SCAN_INSTEAD_GREY"), (BITONAL, (COLOUR,), COLOUR, "SCAN_INSTEAD_COLOUR"),
])
def test_another_mode_is_taken_and_told(wish, known, used, code):
    settings, told = codes(replace(WISH, colour=wish), colours=known)
    assert (settings.colour, told) == (used, [code])


@pytest.mark.parametrize(("known", "used", "code"), [
    ((100, 150, 300, 600), 300, "SCAN_OTHER_DPI"), ((75, 100), 100, "SCAN_LACKS_DPI"), ((600,), 600, "SCAN_OTHER_DPI"),
])
def test_finer_is_taken_before_coarser(known, used, code):
    settings, told = codes(WISH, resolutions=known)
    assert (settings.dpi, told) == (used, [code])


def test_a_paper_beyond_the_device_is_told_and_a_hair_is_not():
    small = dict.fromkeys(ScanSource, (216.0, 297.0))
    settings, told = codes(replace(WISH, paper="a3"), area_mm=small)
    assert (settings.size_mm, told) == ((216.0, 297.0), ["SCAN_LACKS_SIZE"])
    settings, told = codes(WISH, area_mm=dict.fromkeys(ScanSource, (208.0, 295.5)))
    assert (settings.size_mm, told) == ((208.0, 295.5), [])


def test_the_whole_area_is_the_devices_own():
    assert codes(replace(WISH, paper=WHOLE_AREA))[0].size_mm == (215.9, 355.6)
    assert codes(replace(WISH, paper=WHOLE_AREA), area_mm={})[0].size_mm is None


def test_the_area_of_the_source_that_is_used_counts():
    settings, _ = codes(WISH, sources=(FLATBED,), area_mm={FLATBED: (100, 100), DUPLEX: (300, 400)})
    assert settings.size_mm == (100, 100)


def test_a_device_that_says_nothing_gets_the_wish():
    fitted = fit(WISH, Abilities((), (), (), {}))
    assert fitted.settings == ScanSettings(DUPLEX, 200, COLOUR, (210, 297))
    assert fitted.lacks == ()


@given(wishes, devices)
def test_what_is_asked_for_is_possible_and_what_differs_is_told(wish, able):
    fitted = fit(wish, able)
    got = fitted.settings
    assert got.source in (able.sources or (wish.source,))
    assert got.colour in (able.colours or (wish.colour,))
    assert got.dpi in (able.resolutions or (wish.dpi,))
    area = able.area_mm.get(got.source)
    if area and got.size_mm:
        assert got.size_mm[0] <= area[0]
        assert got.size_mm[1] <= area[1]
    told = {problem.field for problem in fitted.lacks}
    differs = {name for name in ("source", "colour", "dpi") if getattr(got, name) != getattr(wish, name)}
    assert told - {"paper"} == differs


@given(wishes, devices)
def test_fitting_again_changes_nothing(wish, able):
    once = fit(wish, able).settings
    again = fit(replace(wish, source=once.source, colour=once.colour, dpi=once.dpi), able)
    assert again.settings == once
    assert {problem.field for problem in again.lacks} <= {"paper"}


@given(devices, st.sampled_from(USUAL_DPI))
def test_coarser_than_wished_only_where_nothing_finer_is_there(able, dpi):
    used = fit(replace(WISH, dpi=dpi), able).settings.dpi
    assert used >= dpi or all(known < dpi for known in able.resolutions)
