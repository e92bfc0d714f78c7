"""Where, when and how many: read as a person types them, stored, read back."""

from __future__ import annotations

import json
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import RuleBrokenError
from counter_app.services.keeping import settings
from counter_app.services.keeping.policy import Keep
from counter_app.services.keeping.settings import KeepingSettings

names = st.sampled_from(["/media/usb", "/mnt/share/a b", "E:\\SaoLuu", "\\\\may\\chung"]) | st.text('ab ,"\n\'').map(lambda name: f"/{name}")
wanted = st.builds(
    KeepingSettings, st.lists(names, unique=True, max_size=settings.MOST_PLACES).map(tuple),
    st.lists(st.times().map(lambda each: each.replace(second=0, microsecond=0)), max_size=6, unique=True).map(lambda each: tuple(sorted(each))),
    st.booleans(), st.builds(Keep, *[st.integers(0, settings.MOST_KEPT)] * 4))


@given(wanted)
def test_what_is_stored_comes_back(made):
    assert settings.from_stored(json.loads(json.dumps(settings.to_stored(made)))) == made


@given(wanted)
def test_what_is_shown_can_be_typed(made):
    words = {key: ", ".join(map(settings.quoted, value)) if isinstance(value, list) else str(value).lower() if isinstance(value, bool) else str(value)
             for key, value in settings.values(made).items()}
    assert tuple(words) == settings.NAMES
    assert settings.changed(KeepingSettings(), words) == made


def test_nothing_stored_is_a_copy_at_noon_and_at_close():
    made = settings.from_stored(None)
    assert (made.places, made.times, made.at_close, made.keep) == ((), (time(11, 45),), True, Keep())


def test_members_of_a_later_version_are_left_aside():
    stored = settings.to_stored(KeepingSettings())
    stored["keep"]["decades"] = 3
    assert settings.from_stored({**stored, "cloud": True}) == KeepingSettings()


@pytest.mark.parametrize(("wish", "code"), [
    ({"backup.places": "usb"}, "BACKUP_PLACE_RELATIVE"), ({"backup.places": "../usb"}, "BACKUP_PLACE_RELATIVE"),
    ({"backup.places": ",".join(f"/m/{n}" for n in range(6))}, "BACKUP_PLACES_MANY"),
    ({"backup.times": "noon"}, "BACKUP_TIME_UNREADABLE"), ({"backup.times": "25:00"}, "BACKUP_TIME_UNREADABLE"),
    ({"backup.times": ",".join(f"0{n}:00" for n in range(7))}, "BACKUP_TIME_UNREADABLE"),
    ({"backup.at_close": "yes"}, "SETTING_NO_FLAG"), ({"backup.keep_days": "-1"}, "SETTING_NO_NUMBER"),
    ({"backup.keep_days": "²"}, "SETTING_NO_NUMBER"), ({"backup.keep_months": "401"}, "BACKUP_COUNT_IMPOSSIBLE")])
def test_what_can_not_be_is_refused_at_its_key(wish, code):
    with pytest.raises(RuleBrokenError) as refused:
        settings.changed(KeepingSettings(), wish)
    (problem,) = refused.value.problems
    assert (problem.code, problem.field) == (code, next(iter(wish)))


def test_every_fault_is_told_at_once():
    with pytest.raises(RuleBrokenError) as refused:
        settings.changed(KeepingSettings(), {"backup.places": "x", "backup.times": "y", "backup.keep_weeks": "2"})
    assert [each.field for each in refused.value.problems] == ["backup.places", "backup.times"]


def test_an_empty_list_takes_the_places_away_and_a_place_twice_is_one():
    assert settings.changed(KeepingSettings(("/a",)), {"backup.places": ""}).places == ()
    assert settings.changed(KeepingSettings(), {"backup.places": "/a, /b ,/a"}).places == ("/a", "/b")


@pytest.mark.parametrize(("typed", "places"), [
    ('"/media/USB, 2",/mnt/x', ("/media/USB, 2", "/mnt/x")), (' "/a" , "/b"', ("/a", "/b")), ('"/a ""b"""', ('/a "b"',)), ('/a"b, /c', ('/a"b', "/c")),
    (",, /a,", ("/a",)), ('"/a",""', ("/a",)), ("/a b ,/c", ("/a b", "/c")), ('"/a "', ("/a ",))])
def test_a_folder_of_any_name_can_be_typed(typed, places):
    assert settings.changed(KeepingSettings(), {"backup.places": typed}).places == places


@pytest.mark.parametrize("typed", ['"/a', '/b, "/a', '"/a"b', '"/a" "/b"', '"/a""'])
def test_quotes_that_do_not_end_are_told(typed):
    with pytest.raises(RuleBrokenError, match="BACKUP_PLACE_QUOTES"):
        settings.changed(KeepingSettings(), {"backup.places": typed})


def test_a_comma_without_quotes_says_that_the_rest_is_no_path():
    with pytest.raises(RuleBrokenError) as refused:
        settings.changed(KeepingSettings(), {"backup.places": "/media/USB, 2"})
    assert refused.value.problems[0].params["path"] == "2"


def test_places_are_typed_plainly_as_long_as_they_can_be():
    assert [settings.quoted(each) for each in ("/media/usb", "/a b", '/a"b', "/a,b", "/a ")] == ["/media/usb", "/a b", '/a"b', '"/a,b"', '"/a "']


def test_other_settings_are_none_of_its_business():
    assert settings.changed(KeepingSettings(), {"paper": "80mm"}) == KeepingSettings()
