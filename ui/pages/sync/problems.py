"""What needs a person on the line: one banner for each thing, what is wrong and what follows, with the one act that helps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.line.desk import LineView
from counter_app.services.province import Trouble
from ui.notices import sentence_of
from ui.theme import Theme
from ui.widgets.banner import Banner
from ui.widgets.sheet import label

MOST = 3
TONES = {"access": "danger", "message": "neutral"}
ACTS = {"conflict": "compare", "rejected": "open", "file": "send_again", "access": "try_again", "catalogue": "try_again", "look": "seen"}
"""The one act of each kind; one that this version does not know opens its dossier, where it has one."""

_SOURCES = {
    "compare": str(QT_TRANSLATE_NOOP("Actions", "Compare and choose")), "open": str(QT_TRANSLATE_NOOP("Actions", "Open the dossier")),
    "send_again": str(QT_TRANSLATE_NOOP("Actions", "Send it again")), "try_again": str(QT_TRANSLATE_NOOP("Actions", "Try again now")),
    "seen": str(QT_TRANSLATE_NOOP("Actions", "It was seen")),
}


def troubles_of(view: LineView) -> tuple[Trouble, ...]:
    """Return everything that needs a person: of the line and of single ops first, then what the province wants somebody to see."""
    return (*view.standing.troubles, *view.looks) if view.standing else ()


def act_of(trouble: Trouble) -> str:
    """Return compare, open, send_again, try_again, seen, or empty where nothing can be done here."""
    if trouble.problem.code == "SYNC_REVOKED":
        return ""
    return ACTS.get(trouble.kind, "open" if trouble.dossier_code else "")


def act_source(trouble: Trouble) -> str:
    """Return what the one act of a thing is called, in the language of the sources; empty where there is none."""
    return _SOURCES.get(act_of(trouble), "")


def _act_word(trouble: Trouble) -> str:
    source = act_source(trouble)
    return QCoreApplication.translate("Actions", source) if source else ""


class Problems(QWidget):
    """The first things that need a person, then what the province has to say, and how many more there are.

    ``acted`` carries the :class:`Trouble`.
    """

    acted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.troubles: tuple[Trouble, ...] = ()
        self.banners = tuple(Banner(theme) for _ in range(MOST))
        self.more = label(theme, tone="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for at, banner in enumerate(self.banners):
            banner.setProperty("place", at)
            banner.acted.connect(self._act)
            column.addWidget(banner)
        column.addWidget(self.more)
        self.hide()

    def show_troubles(self, troubles: Sequence[Trouble]) -> None:
        """Show what needs a person now; nothing takes no room."""
        self.troubles = tuple(troubles)
        for at, banner in enumerate(self.banners):
            if at < len(troubles):
                trouble = troubles[at]
                banner.say(TONES.get(trouble.kind, "warning"), sentence_of(trouble.problem), action=_act_word(trouble))
            else:
                banner.hide()
        rest = len(troubles) - MOST
        self.more.setVisible(rest > 0)
        self.more.setText(self.tr("And {count} more: they follow when these are settled.").format(count=rest))
        self.setVisible(bool(troubles))

    def _act(self) -> None:
        at = int(self.sender().property("place"))
        if at < len(self.troubles):
            self.acted.emit(self.troubles[at])
