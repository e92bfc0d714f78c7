"""Acts on the trail in words: copies and updates, and who made them."""

import pytest

from counter_app.services.keeping.service import KEEPER
from counter_app.services.line.reading_back import PROVINCE
from counter_app.services.trail.looking import ActKind, kind_of
from counter_app.services.updating.desk import AUTOMATIC
from ui.models.trail_words import act_word, who_word


@pytest.mark.parametrize("action", ["backup.made", "backup.set", "desk.restored", "update.prepared", "update.set", "update.back"])
def test_what_concerns_copies_and_updates_has_words(qapp, action):
    assert act_word(action) not in ("", action)


@pytest.mark.parametrize("action", [
    "message.queued", "message.called", "message.cancelled", "message.called_off", "messages.reminded", "typing.wanted", "typing.done",
    "typing.dropped", "lease.taken"])
def test_what_is_queued_for_citizens_typed_twice_and_lent_has_words(qapp, action):
    assert act_word(action) not in ("", action)
    assert kind_of(action) is (ActKind.RULE if action == "lease.taken" else ActKind.DOSSIER)


def test_the_program_is_no_person(qapp):
    assert {who_word(KEEPER), who_word(AUTOMATIC)} == {"The program itself"}
    assert who_word("Trần Thị Ví Dụ") == "Trần Thị Ví Dụ"


def test_the_province_is_named_and_whatever_it_says_has_words(qapp):
    assert who_word(PROVINCE.user_id) == "The province's system"
    assert {act_word("province.dossier.official_code"), act_word("province.kind-of-tomorrow")} == {"Word from the province"}
    assert act_word("province.enrolled") == "PC enrolled with the province"
