"""Acts on the trail in words: copies, and who made them."""

import pytest

from counter_app.services.keeping.service import KEEPER
from ui.models.trail_words import act_word, who_word


@pytest.mark.parametrize("action", ["backup.made", "backup.set", "desk.restored"])
def test_what_concerns_copies_has_words(qapp, action):
    assert act_word(action) not in ("", action)


def test_the_program_is_no_person(qapp):
    assert who_word(KEEPER) == "The program itself"
    assert who_word("Trần Thị Ví Dụ") == "Trần Thị Ví Dụ"
