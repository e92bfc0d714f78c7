"""What the window remembers between two starts: looks, language, who was here last, the reader's port. No data of citizens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from counter_app.support.paths import state_dir

LOCK_MINUTES = 10


class Preferences:
    """A small file beside the other per-user state; every property is written at once."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = QSettings(str(path or state_dir() / "window.ini"), QSettings.Format.IniFormat)

    @property
    def theme(self) -> str:
        """The theme's mode: system, light, dark or high_contrast."""
        return self._text("theme", "system")

    @theme.setter
    def theme(self, mode: str) -> None:
        """Remember it."""
        self._file.setValue("theme", mode)

    @property
    def percent(self) -> int:
        """The text size in percent."""
        return self._number("percent", 100)

    @percent.setter
    def percent(self, percent: int) -> None:
        """Remember it."""
        self._file.setValue("percent", percent)

    @property
    def language(self) -> str:
        """The language of the window, ``vi`` or ``en``."""
        return self._text("language", "vi")

    @language.setter
    def language(self, language: str) -> None:
        """Remember it."""
        self._file.setValue("language", language)

    @property
    def last_login(self) -> str:
        """Who logged in last, by login."""
        return self._text("last_login", "")

    @last_login.setter
    def last_login(self, login: str) -> None:
        """Remember it."""
        self._file.setValue("last_login", login)

    @property
    def reader_port(self) -> str:
        """The serial port of the barcode reader; empty: none."""
        return self._text("reader_port", "")

    @reader_port.setter
    def reader_port(self, port: str) -> None:
        """Remember it."""
        self._file.setValue("reader_port", port)

    @property
    def lock_minutes(self) -> int:
        """After how many minutes without a key or a click the screen locks; 0: never."""
        return self._number("lock_minutes", LOCK_MINUTES)

    @lock_minutes.setter
    def lock_minutes(self, minutes: int) -> None:
        """Remember it."""
        self._file.setValue("lock_minutes", minutes)

    @property
    def save_folder(self) -> str:
        """The folder that a file was last written to; empty: none yet."""
        return self._text("save_folder", "")

    @save_folder.setter
    def save_folder(self, folder: str) -> None:
        """Remember it."""
        self._file.setValue("save_folder", folder)

    @property
    def scanner(self) -> str:
        """The id of the scanner that was used last; empty: none yet."""
        return self._text("scanner", "")

    @scanner.setter
    def scanner(self, device: str) -> None:
        """Remember it."""
        self._file.setValue("scanner", device)

    @property
    def scan_profile(self) -> str:
        """The name of the way of scanning that was used last; empty: none yet."""
        return self._text("scan_profile", "")

    @scan_profile.setter
    def scan_profile(self, name: str) -> None:
        """Remember it."""
        self._file.setValue("scan_profile", name)

    @property
    def geometry(self) -> QByteArray:
        """Where the window stood; empty at the first start."""
        value = self._file.value("geometry", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        """Remember it."""
        self._file.setValue("geometry", geometry)

    def _text(self, key: str, otherwise: str) -> str:
        return str(self._file.value(key, otherwise))

    def _number(self, key: str, otherwise: int) -> int:
        text = self._text(key, str(otherwise))
        return int(text) if text.isdecimal() else otherwise
