"""A new statutory form comes as data: from its day on the slip bears it, and every paper of before keeps the old one."""

import json
from datetime import date

import pytest

from counter_app.domain.people import Actor, Role
from counter_app.services.documents.forms import form_in_force
from counter_app.support import paths
from counter_app.updating import laying
from counter_app.updating.folder import ProgramFolder
from tests.builders import fake_desk
from tests.updating.releases import lay, published_data
from tests.updating.services import update_service

ADMINISTRATOR = Actor("u-0004", Role.ADMINISTRATOR)
LAW = "Mẫu số 01 – TT 09/2027/TT-VPCP"


@pytest.fixture
def updates(tmp_path, monkeypatch):
    """The desk of a program that reads its newer data where this one does."""
    monkeypatch.setenv("COUNTER_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setattr(laying, "ROOM", 1024)
    folder = lay(tmp_path, "0.1.0", {"app/main.py": b"1"}, sequence=100)
    (tmp_path / "current").write_text("0.1.0")
    return update_service(fake_desk(), ProgramFolder(folder / "app", paths.newer_data_dir(), "0012"))


def form_of_2027():
    document = json.loads(paths.resource_path("forms/01.json").read_text(encoding="utf-8"))
    newest = {**document["versions"][-1], "version": "01/2027", "effective_from": "2027-01-01", "legal_reference": LAW}
    return {"forms/01.json": json.dumps({**document, "versions": [*document["versions"], newest]}, ensure_ascii=False).encode()}


def test_a_form_that_a_new_circular_brings_is_used_from_its_day_on(updates, tmp_path):
    before = form_in_force("01", date(2026, 12, 31))
    updates.install(ADMINISTRATOR, published_data(tmp_path / "circular", form_of_2027()))
    assert form_in_force("01", date(2027, 1, 1)).legal_reference == LAW
    assert form_in_force("01", date(2026, 12, 31)) == before
    assert updates.standing().data.version == "2026.12"


def test_a_form_that_was_altered_on_the_way_changes_nothing(updates, tmp_path):
    package = published_data(tmp_path / "circular", form_of_2027())
    for packed in (package / "objects").iterdir():
        packed.write_bytes(packed.read_bytes()[:-1])
    with pytest.raises(Exception, match="UPDATE_DAMAGED"):
        updates.install(ADMINISTRATOR, package)
    assert form_in_force("01", date(2027, 1, 1)).legal_reference != LAW
