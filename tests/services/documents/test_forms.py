"""Forms as data: versions by effective date, every word there."""

import json
from datetime import date
from itertools import pairwise

import pytest

from counter_app.services.documents.forms import form_in_force
from counter_app.support.paths import resource_path


@pytest.mark.parametrize(("day", "version"), [
    (date(2017, 1, 1), "01/2018"), (date(2025, 9, 14), "01/2018"), (date(2025, 9, 15), "01/2025"), (date(2030, 1, 1), "01/2025")])
def test_the_version_follows_the_day(day, version):
    assert form_in_force("01", day).version == version


def test_law_and_suffix_come_with_the_version():
    new, old = form_in_force("01", date(2026, 1, 1)), form_in_force("01", date(2024, 1, 1))
    assert (new.legal_reference, new.number_suffix) == ("Mẫu số 01 – TT 03/2025/TT-VPCP", "TTPVHCC")
    assert (old.legal_reference, old.number_suffix) == ("Mẫu số 01 – TT 01/2018/TT-VPCP", "BPTNTKQ")


def test_a_word_takes_its_values():
    assert form_in_force("01", date(2026, 1, 1)).say("receipt", series="AA/26E", number="0000412") == "biên lai AA/26E số 0000412"


def test_an_unknown_form_is_no_form():
    with pytest.raises(FileNotFoundError):
        form_in_force("99", date(2026, 1, 1))


@pytest.mark.parametrize("path", [each for each in sorted(resource_path("forms").glob("*.json")) if each.stem != "common"], ids=lambda path: path.stem)
def test_versions_stand_in_order_without_gaps(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    versions = document["versions"]
    assert document["form"] == path.stem
    assert document["source"]
    for earlier, later in pairwise(versions):
        gap = date.fromisoformat(later["effective_from"]) - date.fromisoformat(earlier["effective_to"])
        assert gap.days == 1
    assert "effective_to" not in versions[-1]
