"""Two languages, both complete."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QDialogButtonBox

from installer.words import collect, compile_words
from tests.ui.conftest import ROOT
from ui.actions import ACTIONS
from ui.notices import language

WORDS = ROOT / "resources" / "translations"
PLACE = re.compile(r"\{\w*\}|%\d|%n")


def messages(path):
    for context in ET.parse(path).getroot().findall("context"):
        for message in context.findall("message"):
            yield context.findtext("name"), message.findtext("source"), message.find("translation")


def test_every_text_of_the_sources_is_in_the_catalogue_and_finished(tmp_path):
    fresh = tmp_path / "vi.ts"
    fresh.write_bytes((WORDS / "vi.ts").read_bytes())
    collect(fresh)
    unfinished = [f"{context}: {source}" for context, source, words in messages(fresh) if words.get("type") == "unfinished"]
    assert unfinished == []
    gone = {(context, source) for context, source, _ in messages(WORDS / "vi.ts")} - {(c, s) for c, s, _ in messages(fresh)}
    assert gone == set()


@pytest.mark.parametrize("name", ["vi", "qt_vi"])
def test_no_translation_is_empty_and_every_place_holder_is_kept(name):
    for context, source, words in messages(WORDS / f"{name}.ts"):
        assert words.text, (context, source)
        assert sorted(PLACE.findall(words.text)) == sorted(PLACE.findall(source)), (context, source)


@pytest.mark.parametrize("name", ["vi", "qt_vi"])
def test_the_compiled_words_are_those_of_the_catalogue(name, tmp_path):
    compile_words(WORDS / f"{name}.ts", tmp_path / "fresh.qm")
    assert (tmp_path / "fresh.qm").read_bytes() == (WORDS / f"{name}.qm").read_bytes()


def test_qts_own_words_are_ones_that_qt_says():
    german = QTranslator()
    assert german.load(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath) + "/qtbase_de.qm")
    unknown = [(context, source) for context, source, _ in messages(WORDS / "qt_vi.ts") if not german.translate(context, source)]
    assert unknown == []


def test_sources_are_english():
    accents = re.compile(r"[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]", re.IGNORECASE)
    names = {"Quầy Một Cửa", "Tiếng Việt / English"}
    assert [source for _, source, _ in messages(WORDS / "vi.ts") if accents.search(source) and source not in names] == []


def test_the_window_changes_its_language_and_back(translation, qtbot):
    assert ACTIONS[0].title == "Today"
    with qtbot.waitSignal(translation.changed):
        translation.choose("vi")
    assert ACTIONS[0].title == "Hôm nay"
    assert language() == "vi"
    assert QLocale().decimalPoint() == ","
    translation.choose("en")
    assert ACTIONS[0].title == "Today"
    assert language() == "en"


def test_qts_own_buttons_speak_vietnamese(translation, host):
    translation.choose("vi")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Ok, host)
    assert {button.text().replace("&", "") for button in box.buttons()} == {"Đồng ý", "Thôi"}
    assert QCoreApplication.translate("QFileDialog", "New Folder") == "Thư mục mới"


def test_choosing_the_same_language_changes_nothing(translation):
    told = []
    translation.changed.connect(lambda: told.append(1))
    translation.choose("en")
    assert told == []


@pytest.mark.parametrize(("lang", "day", "start", "heading"), [
    ("vi", "thứ Sáu", "Thứ Sáu", "thứ Sáu 20 tháng 11"),
    ("en", "Friday", "Friday", "Friday 20 November"),
])
def test_days_are_written_as_people_write_them(translation, lang, day, start, heading):
    from datetime import date, datetime

    from ui.dates import day_heading, day_name, short_date, short_time

    translation.choose(lang)
    friday = date(2026, 11, 20)
    assert day_name(friday) == day
    assert day_name(friday, start=True) == start
    assert day_heading(friday) == heading
    assert short_date(friday) == "20/11/2026"
    assert short_time(datetime(2026, 11, 20, 9, 42)) == "09:42"


def test_sunday_is_written_right(translation):
    from datetime import date

    from ui.dates import day_name

    translation.choose("vi")
    assert day_name(date(2026, 11, 22)) == "Chủ nhật"


def test_the_tool_explains_itself():
    done = subprocess.run([sys.executable, "installer/words.py", "dance"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "collect" in done.stderr
