"""Whatever is typed where a desk is set up, a person is added or a setting is changed: refused at its field, or fit to stand on every form."""

from __future__ import annotations

from dataclasses import asdict, fields, replace

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from counter_app.domain.deadline_input import DEFAULTS, read_options, write_options
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.people import Role
from counter_app.domain.text import tidy, unprintable
from counter_app.services.deadlines.settings import DeadlineSettings, checked
from counter_app.services.deadlines.settings import from_stored as deadlines_from_stored
from counter_app.services.desk.places import read_agency_codes, read_places
from counter_app.services.desk.settings import DeskProfile, SettingsService, from_stored
from counter_app.services.desk.settings_reading import DEADLINE, SOON, changed_deadlines, deadline_values
from counter_app.services.desk.setup import CreateDesk, plan
from counter_app.services.people.users import NewUser, UserService
from counter_app.support import messages
from tests.fakes import FakeClock, FakeDatabase
from tests.services.desk_people import ADMINISTRATOR, PlainHasher, two_people

PLACES, AGENCIES = read_places(), read_agency_codes()
TYPED = ("agency", "commune", "province", "desk", "serials", "full_name", "login", "title", "password", "hours_profile", "paper", "phone", "address")
PRINTED = ("commune", "province", "desk", "unit_name", "superior", "phone", "address")
NEVER_WISHED = ("device", "second_device", "epoch", "epoch_reason", "epoch_begun_at")
RIGHT = {"agency": "H36.50.05", "commune": "Xã Đắk Mil", "province": "Lâm Đồng", "desk": "2", "password": "mat-khau-thu-1"}
strange = st.sampled_from(["😀", "\u202eXã\u202c", "你好", "\x00", "\ud800", "Xã\nMới", "a\u200bb", "ﷺ", "Z̷a̷", "٣", "＜script＞", "' OR 1=1 --", "=1+1", "%s{x}"])
texts = st.text(max_size=40) | strange | st.builds(lambda one, two: f"{one} {two}", strange, st.text(max_size=10)) | st.text("Xã Đắk Mil", max_size=20)
PROFILE = DeskProfile("Xã Đắk Mil", "Lâm Đồng", "H36.50.05", "2", "d1", "e1")


def tried(act):
    """Return what came of an act and the fields it was refused at; each refusal is a whole sentence in both languages."""
    try:
        return act(), set()
    except RuleBrokenError as refusal:
        problems = refusal.problems
    for problem in problems:
        for lang in messages.LANGUAGES:
            sentence = messages.sentence(problem, lang)
            assert sentence != problem.code
            assert not any(f"{{{name}}}" in sentence for name in problem.params)
    return None, {problem.field for problem in problems}


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(TYPED), texts, max_size=4), st.booleans())
@example({"commune": "Xã 😀"}, True)
@example({"commune": "\ud800"}, True)
@example({"phone": "☎"}, False)
@example({"province": " "}, True)
@example({"commune": ""}, True)
def test_any_wish_for_a_desk(wishes, unattended):
    wish = CreateDesk(**{**RIGHT, **wishes}, unattended=unattended)
    planned, refused_at = tried(lambda: plan(wish, PLACES, AGENCIES, device="d1", epoch="e1"))
    assert refused_at <= {*wishes, "commune"}, "only what was typed can be wrong; a province is wrong for its commune as well"
    if planned is None:
        assert refused_at
        return
    profile = planned.profile
    assert all(unprintable(getattr(profile, name)) == "" for name in PRINTED)
    assert all(getattr(profile, name) == tidy(getattr(profile, name)) for name in PRINTED)
    assert all((profile.commune, profile.province, profile.desk, profile.agency))
    assert profile.unattended == unattended
    assert from_stored(asdict(profile)) == profile
    assert unattended or not [problem for problem in planned.warnings if not problem.code.startswith("AGENCY_")], "the window lets nothing doubtful pass"


@settings(max_examples=80, deadline=None)
@given(login=texts | st.sampled_from(["lan", "LAN", " lan ", "l", "a" * 33]), name=texts | st.just("Lê Thị Thử"), title=texts | st.just(""))
def test_any_person(login, name, title):
    database = two_people()
    users = UserService(database, FakeClock(), PlainHasher())
    made, refused_at = tried(lambda: users.add(NewUser(login, name, Role.CLERK, title), ADMINISTRATOR))
    assert refused_at <= {"login", "full_name", "title"}
    assert len(users.list()) == (2 if refused_at else 3)
    if made is None:
        return
    added = users.list()[-1]
    assert (added.user_id, added.login) == (made.user_id, made.login)
    assert made.login.isascii()
    assert 2 <= len(made.login) <= 32
    assert added.full_name == tidy(name) != ""
    assert unprintable(added.full_name + added.title) == ""


@settings(max_examples=80)
@given(st.sampled_from([field.name for field in fields(DeskProfile) if field.type == "str"]), texts)
def test_any_text_in_a_profile_is_kept_as_it_is_or_refused(name, text):
    assume(name in PRINTED or "\ud800" not in text)  # readers of JSON and of the call let no half of a pair in
    settings_of = SettingsService(FakeDatabase(), FakeClock(), "d1")
    settings_of.save(PROFILE, ADMINISTRATOR)
    wished = replace(PROFILE, **{name: text})
    _, refused_at = tried(lambda: settings_of.save(wished, ADMINISTRATOR))
    assert refused_at <= {name}
    assert settings_of.profile() == (PROFILE if refused_at or name in NEVER_WISHED else wished)


@given(st.booleans(), st.booleans())
def test_how_a_desk_was_made_is_nobodys_to_change(made, wished):
    """Else a clerk's office could take the password from its own command line, or give it up."""
    settings_of = SettingsService(FakeDatabase(), FakeClock(), "d1")
    settings_of.save(replace(PROFILE, unattended=made), ADMINISTRATOR)
    settings_of.save(replace(settings_of.profile(), unattended=wished, desk="3"), ADMINISTRATOR)
    assert (settings_of.profile().unattended, settings_of.profile().desk) == (made, "3")


def test_a_profile_of_an_earlier_program_asks_for_passwords():
    stored = {name: value for name, value in asdict(PROFILE).items() if name != "unattended"}
    assert not from_stored(stored).unattended


OPTIONS = {
    "cutoff": ["14:30", "15:00", ""], "cutoff_effect": ["none", "next_working_day", ""], "count_receipt_day": ["true", "false", ""],
    "due_time": ["keep", "closing", ""], "roll_end": ["true", "false", ""], "extension_limit": ["0", "2", ""], "supplement": ["pause", ""]}
wishes_of_options = st.lists(st.sampled_from([(name, value) for name, values in OPTIONS.items() for value in values]), max_size=8)


def plainly(pairs):
    """The options after some wishes, by the rule itself: the last word holds, an empty one takes the option away."""
    held = {}
    for name, value in pairs:
        held[name] = value
    return {name: {"true": True, "false": False}.get(value, int(value) if value.isdigit() else value) for name, value in held.items() if value}


@given(st.lists(wishes_of_options, max_size=4), st.sampled_from(["", "1.004873"]))
def test_wishes_about_deadlines_add_up_to_what_was_said_last(rounds, procedure):
    settings_of = DeadlineSettings({"cutoff": "16:00"} if procedure else {}, {"2.000815": {"roll_end": False}}, 3)
    before, said = settings_of, []
    for pairs in rounds:
        said += pairs
        settings_of = changed_deadlines(settings_of, {DEADLINE + name: value for name, value in pairs}, procedure)
        assert deadlines_from_stored(checked(settings_of)) == settings_of
    own = settings_of.procedures.get(procedure, {}) if procedure else settings_of.commune
    assert own == plainly(said)
    assert settings_of.procedures["2.000815"] == {"roll_end": False}
    assert settings_of.soon_working_days == 3
    assert all(settings_of.procedures.values()), "no procedure is left with nothing of its own"
    if procedure:
        assert settings_of.commune == before.commune
    else:
        assert write_options(read_options(plainly(said), DEFAULTS)) == {
            name.removeprefix(DEADLINE): value for name, value in deadline_values(settings_of).items() if name != SOON}


@pytest.mark.parametrize(("wishes", "procedure", "refusal"), [
    ({SOON: "31"}, "", "SOON_DAYS_IMPOSSIBLE@deadline.soon_working_days"), ({SOON: "-1"}, "", "SETTING_NO_NUMBER|SOON_DAYS_IMPOSSIBLE"),
    ({SOON: ""}, "", "SETTING_NO_NUMBER"), ({SOON: "2"}, "1.004873", "SETTING_OF_COMMUNE@deadline.soon_working_days"),
    ({"phone": "1", "paper": "a4"}, "1.004873", "SETTING_OF_COMMUNE@paper, SETTING_OF_COMMUNE@phone"),
    ({DEADLINE + "cutoff": "25:00"}, "", "OPTION_IMPOSSIBLE@deadline.cutoff"), ({DEADLINE + "cutoff": "25:00"}, "1.004873", "OPTION_IMPOSSIBLE"),
])
def test_wishes_about_deadlines_that_can_not_be(wishes, procedure, refusal):
    with pytest.raises(RuleBrokenError, match=refusal):
        changed_deadlines(DeadlineSettings(), wishes, procedure)
