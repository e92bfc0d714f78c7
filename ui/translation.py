"""The languages of the window: source strings are English, Vietnamese is complete, Qt's own words included."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from counter_app.support.paths import resource_path

CATALOGUES = ("vi", "qt_vi")
"""Ours, and Qt's own buttons, menus and dialogs, of which Qt ships no Vietnamese."""
LOCALES = {
    "vi": QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


class Translation(QObject):
    """Holds the translators. ``changed`` comes after another language was chosen: whoever shows words shows them anew."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._translators: list[QTranslator] = []
        self.language = ""

    def choose(self, language: str) -> None:
        """Speak ``vi`` or ``en`` from now on."""
        if language == self.language:
            return
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = [] if language == "en" else [self._load(name) for name in CATALOGUES]
        for translator in self._translators:
            self._application.installTranslator(translator)
        QLocale.setDefault(LOCALES[language])
        self.language = language
        self.changed.emit()

    def _load(self, name: str) -> QTranslator:
        translator = QTranslator(self)
        translator.load(str(resource_path(f"translations/{name}.qm")))
        return translator
