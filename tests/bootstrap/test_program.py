"""The program as something that can be replaced: what it is when it runs from its source, and what a new version must be able to do."""

import pytest

from counter_app.bootstrap import program
from counter_app.bootstrap.printers import LateFormPrinter
from counter_app.domain.errors import SurroundingsError
from counter_app.storage.schema import HEAD
from counter_app.support import messages


def test_from_its_source_it_is_no_version_and_has_nothing_to_prove():
    found = program.program_folder()
    assert (found.why_not, found.is_confirmed(), found.installed().schema) == ("UPDATE_FROM_SOURCE", True, HEAD)


def test_a_whole_program_passes_its_trial():
    program.trials()


@pytest.mark.parametrize("error", [OSError("a font is missing"), ImportError("no module"), ValueError("a damaged file")])
def test_one_that_can_make_no_page_does_not(monkeypatch, error):
    def broken(self, content):
        raise error

    monkeypatch.setattr(LateFormPrinter, "recovery_sheet", broken)
    with pytest.raises(SurroundingsError, match="UPDATE_TRIAL_FAILED"):
        program.trials()


def test_one_without_its_words_does_not(monkeypatch):
    monkeypatch.setattr(messages, "table", lambda lang: {})
    with pytest.raises(SurroundingsError, match="UPDATE_TRIAL_FAILED"):
        program.trials()


def test_a_page_that_is_none_does_not(monkeypatch):
    monkeypatch.setattr(LateFormPrinter, "recovery_sheet", lambda self, content: b"")
    with pytest.raises(SurroundingsError, match="UPDATE_TRIAL_FAILED"):
        program.trials()


def test_the_updates_of_a_desk_know_its_keys_and_its_address(desk, tmp_path):
    updates = desk.counter.updates
    updates.save(desk.actor, address="https://updates.example.vn", automatic=False)
    assert updates.standing().terms.address == "https://updates.example.vn"
    assert updates.standing().why_not == "UPDATE_FROM_SOURCE"
    with pytest.raises(Exception, match="UPDATE_ADDRESS"):
        updates.save(desk.actor, address="ftp://updates.example.vn", automatic=False)
