"""What needs a person on the line: one banner for each thing, what is wrong and what follows, with the one act that helps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.line.province import Trouble
from ui.notices import sentence_of
from ui.theme import Theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton

MOST, MOST_NARROW = 3, 1
"""So many are shown before somebody asks for all; in a narrow window what waits to be sent would be out of sight otherwise."""
TONES = {"access": "danger", "message": "neutral"}
ACTS = {"conflict": "compare", "rejected": "open", "file": "send_again", "access": "try_again", "catalogue": "try_again", "look": "seen"}
"""The one act of each kind; one that this version does not know opens its dossier, where it has one."""
ENROL_ANEW = frozenset({"SYNC_REVOKED", "SYNC_KEY_GONE", "PORTAL_ACCOUNT"})
"""A relation that is over or whose key stayed on another computer, or an account that is no more: only another ticket
begins a new one (contract 3.2)."""
REFUSED_FILES = frozenset({"FILE_UNREADABLE_THERE", "FILE_MALWARE", "FILE_TYPE_REFUSED"})
"""The province would refuse the same bytes again: the paper is scanned anew in its dossier."""

_SOURCES = {
    "compare": str(QT_TRANSLATE_NOOP("Actions", "Compare and choose")), "open": str(QT_TRANSLATE_NOOP("Actions", "Open the dossier")),
    "send_again": str(QT_TRANSLATE_NOOP("Actions", "Send it again")), "try_again": str(QT_TRANSLATE_NOOP("Actions", "Try again now")),
    "seen": str(QT_TRANSLATE_NOOP("Actions", "It was seen")),
    "enrol": str(QT_TRANSLATE_NOOP("Actions", "Enrol with a new ticket")),
}


def act_of(trouble: Trouble) -> str:
    """Return compare, open, send_again, try_again, seen, enrol, or empty where nothing can be done here."""
    if trouble.problem.code in ENROL_ANEW:
        return "enrol"
    if trouble.problem.code in REFUSED_FILES:
        return "open"
    return ACTS.get(trouble.kind, "open" if trouble.dossier_code else "")


def act_source(trouble: Trouble) -> str:
    """Return what the one act of a thing is called, in the language of the sources; empty where there is none."""
    return _SOURCES.get(act_of(trouble), "")


def _word(act: str) -> str:
    return QCoreApplication.translate("Actions", _SOURCES[act]) if act in _SOURCES else ""


def _link_word(trouble: Trouble) -> str:
    """Return what leads to a dossier that somebody is to look at before saying that it was seen."""
    return _word("open") if act_of(trouble) == "seen" else ""


class Problems(QWidget):
    """The first things that need a person, then what the province has to say, and a link to all that there is.

    ``acted`` carries the :class:`Trouble`, ``followed`` that whose dossier is to be opened.
    """

    acted = Signal(object)
    followed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.troubles: tuple[Trouble, ...] = ()
        self.banners: list[Banner] = []
        self._theme, self._all, self._most = theme, False, MOST
        self.more = LinkButton(theme, "")
        self.more.clicked.connect(self._turn)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_troubles(self, troubles: Sequence[Trouble]) -> None:
        """Show what needs a person now; nothing takes no room."""
        self.troubles = tuple(troubles)
        shown = self.troubles if self._all else self.troubles[:self._most]
        while len(self.banners) < len(shown):
            self._add_banner()
        for banner in self.banners[len(shown):]:
            banner.hide()
        for banner, trouble in zip(self.banners, shown, strict=False):
            banner.say(
                TONES.get(trouble.kind, "warning"), sentence_of(trouble.problem), action=_word(act_of(trouble)), link=_link_word(trouble))
        rest = len(troubles) - self._most
        self.more.setVisible(rest > 0)
        self.more.setText(self.tr("Show fewer") if self._all else self.tr("Show {count} more").format(count=rest))
        self.setVisible(bool(troubles))

    def set_narrow(self, narrow: bool) -> None:
        """Show fewer in a narrow window."""
        self._most = MOST_NARROW if narrow else MOST
        self.show_troubles(self.troubles)

    def _add_banner(self) -> None:
        banner = Banner(self._theme)
        banner.setProperty("place", len(self.banners))
        banner.acted.connect(self._act)
        banner.followed.connect(self._follow)
        self._column.insertWidget(len(self.banners), banner)
        self.banners.append(banner)

    def _turn(self) -> None:
        self._all = not self._all
        self.show_troubles(self.troubles)

    def _act(self) -> None:
        self._tell(self.acted)

    def _follow(self) -> None:
        self._tell(self.followed)

    def _tell(self, asked: SignalInstance) -> None:
        at = int(self.sender().property("place"))
        if at < len(self.troubles):
            asked.emit(self.troubles[at])
