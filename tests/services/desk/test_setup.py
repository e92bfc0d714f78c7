import json

import pytest

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.people import Role
from counter_app.services.deadlines.calendar import CalendarService
from counter_app.services.desk.catalogue import CatalogueService
from counter_app.services.desk.places import read_agency_codes, read_places
from counter_app.services.desk.settings import SettingsService
from counter_app.services.desk.setup import CreateDesk, furnish, plan
from counter_app.support.paths import resource_path
from tests.fakes import FakeClock, FakeDatabase
from tests.services.desk_people import PlainHasher, audited, stored

PLACES, AGENCIES = read_places(), read_agency_codes()
PASSWORD = "mat-khau-thu-1"


def wish(**members):
    given = {"agency": "H36.50.05", "commune": "Xã Đắk Mil", "province": "Lâm Đồng", "desk": "2", "password": PASSWORD}
    return CreateDesk(**{**given, **members})


def planned(**members):
    return plan(wish(**members), PLACES, AGENCIES, device="d1", epoch="e1")


def refused(**members):
    with pytest.raises(RuleBrokenError) as caught:
        planned(**members)
    return [(problem.code, problem.field) for problem in caught.value.problems]


def warned(**members):
    return [problem.code for problem in planned(unattended=True, **members).warnings]


def test_a_wish_becomes_a_profile():
    profile = planned(commune="dak mil", province="lam dong", agency=" h36.50.05 ", serials="2000-2999").profile
    assert (profile.commune, profile.commune_code, profile.province, profile.province_code) == ("Xã Đắk Mil", "24670", "Tỉnh Lâm Đồng", "68")
    assert (profile.agency, profile.serial_first, profile.serial_last) == ("H36.50.05", 2000, 2999)
    assert profile.unit_name == "Trung tâm Phục vụ hành chính công xã Đắk Mil"
    assert profile.superior == "UBND xã Đắk Mil"
    assert not profile.practice


def test_a_lone_desk_has_all_serials_and_its_person_is_the_administrator():
    desk = planned()
    assert (desk.profile.serial_first, desk.profile.serial_last) == (1, 9999)
    assert (desk.person.login, desk.person.role) == ("clerk", Role.ADMINISTRATOR)
    assert desk.warnings == ()


def test_every_problem_is_told_at_once_each_at_its_field():
    assert refused(agency="36", commune="Không Có", province="Lâm Đồng", desk=" ", serials="9-1", login="ô", full_name="", password="x") == [
        ("COMMUNE_UNKNOWN", "commune"), ("AGENCY_UNREADABLE", "agency"), ("DESK_MISSING", "desk"), ("LOGIN_UNUSABLE", "login"),
        ("NAME_MISSING", "full_name"), ("PASSWORD_SHORT", "password"), ("SERIALS_IMPOSSIBLE", "serials"),
    ]


@pytest.mark.parametrize(("members", "problem"), [
    ({"province": "Atlantis"}, ("PROVINCE_UNKNOWN", "province")), ({"commune": "\u200b"}, ("COMMUNE_MISSING", "commune")),
    ({"serials": "alle"}, ("SERIALS_UNREADABLE", "serials")), ({"paper": "a3"}, ("PAPER_UNKNOWN", "paper")),
    ({"desk": "2" * 13}, ("DESK_MISSING", "desk")), ({"password": ""}, ("PASSWORD_SHORT", "password")),
    ({"hours_profile": "nights"}, ("HOURS_PROFILE_UNKNOWN", "hours_profile")),
    ({"full_name": "Lê 😀"}, ("TEXT_UNPRINTABLE", "full_name")), ({"title": "😀"}, ("TEXT_UNPRINTABLE", "title")),
    ({"phone": "☎ 0261"}, ("TEXT_UNPRINTABLE", "phone")), ({"address": "你好"}, ("TEXT_UNPRINTABLE", "address")),
    ({"desk": "😀"}, ("TEXT_UNPRINTABLE", "desk")),
])
def test_each_field_is_checked(members, problem):
    assert problem in refused(**members)


@pytest.mark.parametrize(("members", "warning"), [
    ({"commune": "Xã Mới"}, "COMMUNE_UNKNOWN"), ({"province": "Atlantis"}, "PROVINCE_UNKNOWN"), ({"password": "short"}, "PASSWORD_SHORT"),
    ({"agency": "H99.10.05"}, "AGENCY_UNKNOWN"), ({"agency": "H01.10.05"}, "AGENCY_OF_OTHER_PROVINCE"),
])
def test_in_one_line_what_is_only_doubtful_passes_with_a_warning(members, warning):
    assert warned(**members) == [warning]


def test_an_unknown_commune_is_kept_as_it_was_typed():
    profile = planned(unattended=True, commune=" Xã  Mới ", province="Atlantis").profile
    assert (profile.commune, profile.commune_code, profile.province, profile.province_code) == ("Xã Mới", "", "Atlantis", "")


def test_a_place_that_no_form_can_print_is_refused_once_at_its_field():
    assert refused(unattended=True, commune="Xã 😀 Mới") == [("TEXT_UNPRINTABLE", "commune")]
    assert refused(unattended=True, commune="Xã Mới", province="Tỉnh 中") == [("TEXT_UNPRINTABLE", "province")]


def test_what_can_not_be_seen_is_taken_out_of_a_place():
    profile = planned(unattended=True, commune="\u202eXã\u200f Mới\x00", province="At\u200blantis", phone="0261\t000\n000").profile
    assert (profile.commune, profile.province, profile.phone) == ("Xã Mới", "Atlantis", "0261 000 000")
    assert profile.unit_name == "Trung tâm Phục vụ hành chính công xã Mới"


def test_a_desk_remembers_that_a_script_made_it():
    assert planned(unattended=True).profile.unattended
    assert not planned().profile.unattended


@pytest.mark.parametrize("members", [
    {"agency": "36"}, {"province": "\u200b "}, {"serials": "9-1"}, {"desk": ""}, {"login": "ô"}, {"full_name": ""}, {"password": ""}, {"commune": ""},
])
def test_in_one_line_what_is_wrong_stays_wrong(members):
    assert refused(unattended=True, **members)


def test_passwords_never_show_in_a_representation():
    assert PASSWORD not in repr(wish())


class Empty:
    """A database without anything, and what fills it."""

    def __init__(self, database=None):
        self.database = database or FakeDatabase()
        self.clock = FakeClock()
        self.catalogue = CatalogueService(self.database, self.clock)
        self.calendar = CalendarService(self.database, self.clock)

    def furnish(self, device="d1", **members):
        desk = plan(wish(**members), PLACES, AGENCIES, device=device, epoch="e1")
        return furnish(self.database, self.clock, PlainHasher(), desk, catalogue=self.catalogue, calendar=self.calendar)


def test_a_new_database_has_all_a_desk_needs():
    empty = Empty()
    done = empty.furnish()
    assert done.password == ""
    assert SettingsService(empty.database, empty.clock, "d1").profile().commune == "Xã Đắk Mil"
    procedures = json.loads(resource_path("catalogue/procedures.json").read_text(encoding="utf-8"))["procedures"]
    today = empty.clock.now().date()
    assert 0 < len(empty.catalogue.in_force(today)) <= len(procedures)
    assert empty.calendar.calendar().knows(2026)
    assert audited(empty.database)[-1] == ("u-0001", "desk.created", "d1")
    user = stored(empty.database, "u-0001")
    assert (user.role, user.must_change_password) == (Role.ADMINISTRATOR, False)


def test_a_password_that_was_made_is_told_once_and_must_be_changed():
    empty = Empty()
    done = empty.furnish(password=None)
    assert stored(empty.database, "u-0001").password_hash == f"plain:{done.password}"
    assert stored(empty.database, "u-0001").must_change_password


def test_a_second_counter_joins_what_the_first_one_made():
    empty = Empty()
    empty.furnish(serials="1000-1999")
    versions = empty.catalogue.versions()
    done = Empty(empty.database).furnish(device="d2", desk="3", serials="2000-2999", password=None)
    assert [problem.code for problem in done.warnings] == ["LOGIN_KEPT"]
    assert done.password == ""
    assert empty.catalogue.versions() == versions
    assert stored(empty.database, "u-0001").password_hash == f"plain:{PASSWORD}"
    assert SettingsService(empty.database, empty.clock, "d2").profile().desk == "3"
    assert SettingsService(empty.database, empty.clock, "d1").profile().desk == "2"


def test_a_second_counter_may_bring_its_own_person():
    empty = Empty()
    empty.furnish(serials="1000-1999")
    done = Empty(empty.database).furnish(device="d2", login="mai", serials="2000-2999", password=None)
    assert done.user.user_id == "u-0002"
    assert done.password


@pytest.mark.parametrize("serials", ["1999-2500", None, "1-1000", "1500-1500"])
def test_two_counters_never_number_from_the_same_range(serials):
    empty = Empty()
    empty.furnish(serials="1000-1999")
    with pytest.raises(RuleBrokenError, match="SERIALS_OF_OTHER_DESK@serials"):
        Empty(empty.database).furnish(device="d2", login="mai", serials=serials)
    assert stored(empty.database, "u-0002") is None


@pytest.mark.parametrize("members", [{"provisional": True}, {"agency": "H36.50.06"}])
def test_counters_with_other_series_may_have_any_range(members):
    empty = Empty()
    empty.furnish(serials="1000-1999")
    assert Empty(empty.database).furnish(device="d2", login="mai", **members).user.user_id == "u-0002"
