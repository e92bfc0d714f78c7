"""Scanners that were entered by hand belong to one counter, and only who looks after the desk changes them."""

import pytest

from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.people import Actor, Role
from counter_app.services.scanning.places import ScannerPlaces


@pytest.fixture
def places(desk):
    return desk.counter.scanner_places


def test_what_was_entered_is_kept_in_its_order_and_once(places, desk, tmp_path):
    assert places.add("escl:192.168.1.21", desk.actor) == "escl:http://192.168.1.21/eSCL"
    places.add("escl:http://192.168.1.20/eSCL/", desk.actor)
    places.add("escl: 192.168.1.21 ", desk.actor)
    assert places.add(f"folder:{tmp_path}/", desk.actor) == f"folder:{tmp_path}"
    assert places.addresses() == ("http://192.168.1.21/eSCL", "http://192.168.1.20/eSCL")
    assert places.folders() == (tmp_path,)


def test_another_counter_has_its_own(places, desk):
    places.add("escl:192.168.1.21", desk.actor)
    assert ScannerPlaces(desk.counter.database, desk.clock, "another-device").addresses() == ()


def test_a_removed_one_is_gone_and_the_others_stay(places, desk):
    for host in ("a", "b"):
        places.add(f"escl:{host}", desk.actor)
    places.remove("escl:a", desk.actor)
    assert places.addresses() == ("http://b/eSCL",)
    with pytest.raises(RuleBrokenError, match="SCAN_DEVICE_UNKNOWN"):
        places.remove("escl:a", desk.actor)


def test_a_clerk_changes_nothing(places, desk):
    clerk = Actor("u-9999", Role.CLERK)
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        places.add("escl:a", clerk)
    places.add("escl:a", desk.actor)
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        places.remove("escl:a", clerk)
    assert places.addresses() == ("http://a/eSCL",)


def test_who_may_not_learns_nothing_of_folders_and_scanners_either(places, tmp_path):
    clerk = Actor("u-9999", Role.CLERK)
    for act in (lambda: places.add(f"folder:{tmp_path / 'none'}", clerk), lambda: places.remove("escl:unknown", clerk)):
        with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
            act()


def test_a_change_is_on_the_audit_trail_without_addresses(places, desk):
    places.add("escl:192.168.1.21", desk.actor)
    with desk.counter.database.read() as uow:
        (entry,) = [entry for entry in uow.audit.entries() if entry.action == "scanners.changed"]
    assert "192.168" not in str(entry)


def test_scanners_have_names_that_outlive_nothing_but_themselves(places, desk):
    places.add("escl:a", desk.actor)
    places.rename("escl:http://a/eSCL", "  Máy   tầng 2 ", desk.actor)
    places.rename("sane:test:0", "Máy ở quầy", desk.actor)
    assert places.names() == {"escl:http://a/eSCL": "Máy tầng 2", "sane:test:0": "Máy ở quầy"}
    assert places.addresses() == ("http://a/eSCL",)
    places.remove("escl:http://a/eSCL", desk.actor)
    assert places.names() == {"sane:test:0": "Máy ở quầy"}
    places.rename("sane:test:0", "", desk.actor)
    assert places.names() == {}


def test_a_name_is_short_and_given_by_who_looks_after_the_desk(places, desk):
    with pytest.raises(RuleBrokenError, match="TEXT_TOO_LONG"):
        places.rename("sane:test:0", "x" * 61, desk.actor)
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        places.rename("sane:test:0", "Máy", Actor("u-9999", Role.CLERK))
    assert places.names() == {}
