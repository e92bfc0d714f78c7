"""The shipped ways of scanning: complete, lawful, each under a key of its own."""

import pytest

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.scan_profile import PAPER_MM, WHOLE_AREA, PdfProfile, ScanColour, ScanSource
from counter_app.services.scanning.profiles import profile_named, profiles
from counter_app.support import messages


def test_names_and_keys_are_there_once():
    names, keys = [profile.name for profile in profiles()], [profile.key for profile in profiles()]
    assert len(set(names)) == len(names) >= 5
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 1 and key in "123456789" for key in keys)


@pytest.mark.parametrize("profile", profiles(), ids=lambda profile: profile.name)
def test_every_profile_is_complete_and_lawful(profile):
    assert set(profile.titles) == set(messages.LANGUAGES)
    assert all(title.strip() == title != "" for title in profile.titles.values())
    assert profile.paper in {*PAPER_MM, WHOLE_AREA}
    assert profile.dpi >= 200
    assert profile.colour is ScanColour.COLOUR or profile.name == "text"


def test_there_is_one_for_every_kind_of_file_and_the_usual_one_keeps_every_dot():
    assert {profile.file for profile in profiles()} == set(PdfProfile)
    assert profiles()[0].file is PdfProfile.MIXED
    assert all((profile.file is PdfProfile.BITONAL) == (profile.colour is ScanColour.BITONAL) for profile in profiles())


def test_there_is_one_for_every_source():
    assert {profile.source for profile in profiles()} == set(ScanSource)


def test_the_first_is_the_stack_of_dossiers():
    first = profiles()[0]
    assert (first.name, first.source, first.dpi) == ("dossier", ScanSource.ADF_DUPLEX, 200)
    assert first is profile_named("dossier")


def test_a_single_sheet_is_never_hidden_as_blank():
    assert not any(profile.clean_up.hide_blank for profile in profiles() if profile.source is ScanSource.FLATBED)


def test_an_unknown_name_is_refused_with_those_there_are():
    with pytest.raises(RuleBrokenError) as caught:
        profile_named("fast")
    assert "dossier, one_side" in messages.sentence(caught.value.problems[0], "vi")
