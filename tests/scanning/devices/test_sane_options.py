"""Drivers in their own words: what is printed about them is read, and a call speaks as they do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.scan_profile import ScanColour, ScanSettings, ScanSource
from counter_app.scanning.devices.sane_options import abilities, read_options, setting_words, source_words

A4 = (210.0, 297.0)
FLATBED, ADF, DUPLEX = ScanSource.FLATBED, ScanSource.ADF, ScanSource.ADF_DUPLEX

OVER_THE_NETWORK = """
All options specific to device `airscan:e0:Office':
  Standard:
    --resolution 75|100|150|200|300|600dpi [300]
        Sets the resolution of the scanned image.
    --mode Color|Gray [Color]
        Selects the scan mode (e.g., lineart, monochrome, or color).
    --source Flatbed|ADF|ADF Duplex [Flatbed]
        Selects the scan source (such as a document-feeder).
  Geometry:
    -l 0..215.9mm [0]
    -t 0..297.011mm [0]
    -x 0..215.9mm [215.9]
    -y 0..297.011mm [297.011]
  Enhancement:
    --brightness -100..100% (in steps of 1) [0]
"""
SHEET_FED = """
    --source ADF Front|ADF Back|ADF Duplex [ADF Front]
    --mode Lineart|Halftone|Gray|Color [Lineart]
    --resolution 50..600dpi (in steps of 1) [600]
    --page-width 0..224.846mm (in steps of 0.0211639) [215.872]
    --page-height 0..863.489mm (in steps of 0.0211639) [279.364]
    -l 0..215.872mm (in steps of 0.0211639) [0]
    -t 0..279.364mm (in steps of 0.0211639) [0]
    -x 0..215.872mm (in steps of 0.0211639) [215.872]
    -y 0..279.364mm (in steps of 0.0211639) [279.364]
"""
TWO_OPTIONS = """
    --mode Binary|Gray|Color [Binary]
    --depth 1|8|16 [inactive]
    --resolution 100|200|300|600dpi [100]
    --source Flatbed|Automatic Document Feeder [Automatic Document Feeder]
    --adf-mode Simplex|Duplex [Simplex]
"""
MANY_PLACES = """
    --mode Black & White|Gray[Error Diffusion]|True Gray|24bit Color|24bit Color[Fast] [24bit Color[Fast]]
    --source FlatBed|Automatic Document Feeder(left aligned)|Automatic Document Feeder(left aligned,Duplex) [Automatic Document Feeder(left aligned)]
    --resolution 100|150|200|300dpi [200]
"""
A_SWITCH = """
    --source Flatbed|ADF [ADF]
    --duplex[=(yes|no)] [no]
    --depth 8|16bit [16]
"""
NO_SOURCE = """
    --mode Color|Gray [Gray] [advanced]
    --resolution 600..1200dpi [600]
"""


def able(printed):
    return abilities(read_options(printed))


@pytest.mark.parametrize(("printed", "sources", "colours", "finest"), [
    (OVER_THE_NETWORK, (FLATBED, ADF, DUPLEX), "colour grey", 600), (SHEET_FED, (ADF, DUPLEX), "colour grey bitonal", 600),
    (TWO_OPTIONS, (FLATBED, ADF, DUPLEX), "colour grey bitonal", 600), (MANY_PLACES, (FLATBED, ADF, DUPLEX), "colour grey bitonal", 300),
    (A_SWITCH, (FLATBED, ADF, DUPLEX), "", 0), (NO_SOURCE, (FLATBED,), "colour grey", 600), ("", (FLATBED,), "", 0),
])
def test_what_a_driver_can_do_is_read_from_its_words(printed, sources, colours, finest):
    known = able(printed)
    assert known.sources == sources
    assert " ".join(known.colours) == colours
    assert max(known.resolutions, default=0) == finest


def test_a_range_without_a_usual_resolution_gives_its_end():
    assert able("    --resolution 1300..1400dpi [1300]").resolutions == (1400,)


def test_the_area_is_what_a_feeder_can_be_told_too():
    assert able(SHEET_FED).area_mm[ADF] == (224.846, 863.489)
    assert able(OVER_THE_NETWORK).area_mm[FLATBED] == (215.9, 297.011)
    assert able(MANY_PLACES).area_mm == {}


@pytest.mark.parametrize(("printed", "source", "words"), [
    (OVER_THE_NETWORK, DUPLEX, ["--source=ADF Duplex"]), (OVER_THE_NETWORK, FLATBED, ["--source=Flatbed"]),
    (SHEET_FED, ADF, ["--source=ADF Front"]), (SHEET_FED, DUPLEX, ["--source=ADF Duplex"]),
    (TWO_OPTIONS, ADF, ["--source=Automatic Document Feeder", "--adf-mode=Simplex"]),
    (TWO_OPTIONS, DUPLEX, ["--source=Automatic Document Feeder", "--adf-mode=Duplex"]),
    (MANY_PLACES, ADF, ["--source=Automatic Document Feeder(left aligned)"]),
    (MANY_PLACES, DUPLEX, ["--source=Automatic Document Feeder(left aligned,Duplex)"]),
    (A_SWITCH, DUPLEX, ["--source=ADF", "--duplex=yes"]), (A_SWITCH, ADF, ["--source=ADF", "--duplex=no"]), (NO_SOURCE, FLATBED, []),
])
def test_a_source_is_asked_for_in_the_words_of_the_driver(printed, source, words):
    assert source_words(read_options(printed), source) == words


def test_settings_are_asked_for_only_where_there_is_an_option():
    wish = ScanSettings(ADF, 200, ScanColour.COLOUR, A4)
    assert setting_words(read_options(OVER_THE_NETWORK), wish) == [
        "--mode=Color", "--resolution=200", "-l", "0", "-t", "0", "-x", "210", "-y", "297"]
    assert setting_words(read_options(SHEET_FED), wish)[:4] == ["--mode=Color", "--resolution=200", "--page-width=210", "--page-height=297"]
    assert setting_words(read_options(MANY_PLACES), wish) == ["--mode=24bit Color", "--resolution=200"]
    assert setting_words(read_options(TWO_OPTIONS), wish) == ["--mode=Color", "--resolution=200"], "an inactive option is not touched"
    assert setting_words(read_options(A_SWITCH), wish) == ["--depth=8"]
    assert setting_words({}, wish) == []


@pytest.mark.parametrize(("printed", "word"), [(SHEET_FED, "Lineart"), (TWO_OPTIONS, "Binary"), (MANY_PLACES, "Black & White")])
def test_black_and_white_is_asked_for_without_dots(printed, word):
    assert f"--mode={word}" in setting_words(read_options(printed), ScanSettings(ADF, 200, ScanColour.BITONAL, None))


def test_the_whole_area_is_asked_for_by_saying_nothing():
    assert "-x" not in setting_words(read_options(OVER_THE_NETWORK), ScanSettings(FLATBED, 200, ScanColour.COLOUR, None))


@given(st.text() | st.lists(st.sampled_from([*OVER_THE_NETWORK.split(), "[", "]", "    --", "\n", "..", "|", "--source", "Flatbed"])).map(" ".join))
def test_whatever_a_driver_prints_is_read(printed):
    options = read_options(printed)
    known = abilities(options)
    assert known.sources
    for source in ScanSource:
        assert all(word.startswith("-") for word in source_words(options, source))
