"""The folder of the exchange by a stick: whoever chose none reads that, and not a sentence about a folder without a name."""

from pathlib import Path

import pytest

from counter_app.domain.errors import RuleBrokenError
from ui.dialogs.stick import _folder
from ui.notices import sentences_of


def test_a_folder_that_was_not_chosen_is_asked_for():
    with pytest.raises(RuleBrokenError) as error:
        _folder("")
    assert [(each.code, each.field) for each in error.value.problems] == [("STICK_FOLDER_NEEDED", "folder")]


@pytest.mark.parametrize(("language", "words"), [("vi", "Chưa chọn thư mục trên USB."), ("en", "There is no folder chosen yet.")])
def test_it_is_said_in_both_languages(translation, language, words):
    translation.choose(language)
    with pytest.raises(RuleBrokenError) as error:
        _folder("")
    assert sentences_of(error.value).startswith(words)


def test_a_folder_that_was_typed_is_taken_as_it_is():
    assert _folder("/media/usb") == Path("/media/usb")
