"""The program: which screen is shown when, and what connects the screens with the services.

Start-up: the window is painted with an empty login first; a worker meanwhile loads storage and services and opens the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DeskError
from counter_app.domain.people import Role
from counter_app.support.paths import state_dir
from ui import opening
from ui.background import TaskRunner
from ui.context import Tools
from ui.dates import day_name, short_date
from ui.dialogs.crash import CrashGuard
from ui.keeping_runner import Begin, KeepingRunner
from ui.line_runner import LineRunner
from ui.notices import Notices, sentence_of, sentences_of
from ui.opening import Bare, Door, Practice
from ui.preferences import Preferences
from ui.theme import Theme
from ui.translation import Translation
from ui.versions import VersionKeeper
from ui.widgets.people_list import Person
from ui.windows.login import LoginScreen
from ui.windows.welcome import WelcomePanel
from ui.windows.window import DeskWindow

if TYPE_CHECKING:
    from counter_app.bootstrap import Counter, DeskCreated
    from counter_app.services.people.login import PersonCard, Session
    from counter_app.services.ports import Clock
    from ui.windows.desk import DeskRoom


class Program(QObject):
    """One running program. ``entered`` comes when a clerk's desk is on the screen, ``shown`` whenever a screen is ready to be used."""

    entered = Signal()
    shown = Signal()

    def __init__(self, application: QApplication, data_dir: Path, preferences: Preferences | None = None, *,
                 clock: Clock | None = None, begin_backup: Begin | None = None, fell: bool = False) -> None:
        super().__init__(application)
        self._data_dir, self._clock, self._fell = data_dir, clock, fell
        self.starts_again = False
        """Whether another window shall be opened when this one is gone."""
        self.preferences = preferences or Preferences()
        self.translation = Translation(application)
        self.translation.choose(self.preferences.language)
        self.theme = Theme(application)
        self.theme.resize(self.preferences.percent)
        self.theme.choose(self.preferences.theme)
        self.tools = Tools(self.theme, TaskRunner(self), Notices(self), self.preferences, LineRunner(self),
                           KeepingRunner(begin_backup, self))
        self.versions = VersionKeeper(self.tools.tasks, self.tools.notices, self)
        self.window = DeskWindow(self.theme)
        self.crash_guard = CrashGuard(self.theme, self.window, state_dir() / "reports")
        self.room: DeskRoom | None = None
        self._door: Door | None = None
        self._bare: Bare | None = None
        self._show_again: Callable[[], None] = self._show_login
        self._connect()

    @property
    def counter(self) -> Counter | None:
        """The open desk."""
        return self._door.counter if self._door else None

    def start(self) -> None:
        """Show the window at once; when it is painted, and nothing slows that down, the desk is opened behind it."""
        self.window.take_place(self.preferences.geometry)
        self._show_login()
        self.window.show()

    def come_forward(self) -> None:
        """Show the window in front: somebody started the program a second time."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def enter(self, session: Session) -> None:
        """Let a clerk work at the desk."""
        from ui.windows.desk import DeskRoom  # noqa: PLC0415  the pages are loaded while the login is on the screen

        if self._door is None:
            raise RuntimeError("the desk is not open")
        self.preferences.last_login = session.user.login
        self.room = DeskRoom(self.tools, self._door.counter, session, self.window, self)
        self.room.log_out_wanted.connect(self._log_out)
        self.room.language_wanted.connect(self._switch_language)
        self._show_again = self.room.show
        self.room.show()
        self._tell_of_fall()
        self.entered.emit()

    def _tell_of_fall(self) -> None:
        """Say once, to whoever works here first, that the program ended badly the last time."""
        if self._fell:
            self._fell = False
            self.tools.notices.say(self.tr(
                "The program did not end as it should the last time. What was saved is there, and a form that was being filled in is kept "
                "as a draft."), "warning")

    def _start_again(self) -> None:
        """Close this window as ever, which keeps what was typed; another one opens when it is gone."""
        self.starts_again = True
        self.window.close()

    # --- start and end ----------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        tasks = self.tools.tasks
        tasks.refused.connect(self.tools.notices.refuse)
        tasks.crashed.connect(self.crash_guard.show)
        self.crash_guard.restart_wanted.connect(self._start_again)
        tasks.changed.connect(self.tools.line.note_changes)
        self.theme.resized.connect(self._lay_out_anew)
        self.theme.changed.connect(self._note_theme)
        self.translation.changed.connect(self._lay_out_anew)
        self.window.painted.connect(self._open)
        self.window.closing.connect(self._end)

    def _open(self) -> None:
        self.tools.tasks.run(opening.open_desk, self._data_dir, self._clock, done=self._note_opened, failed=self._note_closed_door)

    def _note_opened(self, found: Door | Bare) -> None:
        if isinstance(found, Door):
            fresh = self._door is None or self._door.counter is not found.counter
            self._door = found
            self.tools.line.start(found.counter)
            self.tools.keeping.start(found.counter, self.tools.tasks)
            if fresh:  # after somebody logged out, a feed may still come to its end
                self.tools.tasks.run_slow(opening.tidy_scans, found.counter)
                self.versions.start(found.counter)
            self._show_login()
            self.tools.tasks.run_slow(_load_pages)
            self.tools.tasks.run(found.counter.signing.tidy)
        else:
            self._bare = found
            self._show_setup()
            self.versions.start_without_desk()

    def _note_closed_door(self, error: DeskError) -> None:
        from ui.windows.lost_key import LOST_KEY  # noqa: PLC0415  hardly ever needed

        screen = self.window.screen_shown
        if error.code in LOST_KEY:
            self._show_lost_key(error)
        elif isinstance(screen, LoginScreen):
            screen.welcome.show_place(self.tr("Quầy Một Cửa"), self.tr("The desk is not open"))
            screen.banner.say("danger", sentences_of(error), action=self.tr("Try again"))

    def _show_lost_key(self, error: DeskError) -> None:
        from ui.windows.lost_key import LostKeyScreen  # noqa: PLC0415

        self._show_again = _stay
        screen = LostKeyScreen(self.tools)
        screen.given.connect(self._put_key_back)
        screen.retried.connect(self._try_again)
        screen.refuse(error)
        self.window.show_screen(screen)
        self.shown.emit()

    def _put_key_back(self, sheet: str) -> None:
        from ui.windows.lost_key import LostKeyScreen  # noqa: PLC0415

        screen = self.window.screen_shown
        if isinstance(screen, LostKeyScreen):
            self.tools.tasks.run(opening.put_key_back, self._data_dir, sheet, done=self._try_again, failed=screen.refuse)

    def _try_again(self, *_: object) -> None:
        self._show_login()
        self._open()

    def _end(self) -> None:
        self.preferences.geometry = self.window.saveGeometry()
        if self.room is not None:
            self.room.close()
        self.tools.line.stop()
        self.tools.keeping.stop(close=True)
        self.tools.tasks.stop()
        if self._door is not None:
            self._door.counter.close()  # a paper that came out of the printer meanwhile is noted
        self.versions.finish()

    # --- login ------------------------------------------------------------------------------------------------------

    def _show_login(self) -> None:
        self._show_again = self._show_login
        screen = LoginScreen(self.tools, self.tr("Log in"), self.tr("Practice with sample data"))
        screen.submitted.connect(self._log_in)
        screen.other_wanted.connect(self._practise)
        screen.retried.connect(self._try_again)
        if self._door is not None:
            desk = self._door.counter.desk
            screen.show_title(self.tr("Log in to counter {number}").format(number=desk.desk))
            screen.other.setVisible(not desk.practice)
            screen.show_people([person_of(card) for card in self._door.people], self.preferences.last_login)
            fill_welcome(screen.welcome, self._door)
        else:
            screen.welcome.show_place(self.tr("Quầy Một Cửa"), self.tr("Opening the desk…"))
        self.window.show_screen(screen)
        if self._door is not None:
            screen.password.setFocus()
            self.shown.emit()

    def _log_in(self, login: str, password: str) -> None:
        if self._door is not None:
            self.tools.tasks.run(self._door.counter.login.login, login, password, done=self.enter, failed=self._refuse_login)

    def _refuse_login(self, error: DeskError) -> None:
        screen = self.window.screen_shown
        if isinstance(screen, LoginScreen):
            screen.refuse(error)

    def _log_out(self) -> None:
        if self.room is not None:
            self.room.close()
            self.room.deleteLater()
            self.room = None
        if self._door is None:
            return
        if self._door.counter.desk.practice:  # nobody knows its password: back to the real desk, or to the set-up
            self.tools.tasks.run(self._door.counter.close)
            self._door = None
            self._show_login()
            self._open()
            return
        self._show_login()
        self.tools.tasks.run(opening.look_again, self._door.counter, done=self._note_opened)

    # --- set-up and practice ----------------------------------------------------------------------------------------

    def _show_setup(self) -> None:
        from ui.windows.setup import SetupScreen  # noqa: PLC0415  seen once in the life of a desk

        if self._bare is None:
            return
        self._show_again = self._show_setup
        screen = SetupScreen(self.tools, self._bare.places, self._bare.agencies)
        screen.finished.connect(self._make_desk)
        screen.practice_wanted.connect(self._practise)
        screen.restore_wanted.connect(self._show_restoring)
        self.window.show_screen(screen)
        screen.start()
        self.shown.emit()

    def _make_desk(self, values: dict[str, str]) -> None:
        self.tools.tasks.run(opening.make_desk, values, self._data_dir, done=self._show_recovery, failed=self._refuse_setup)

    def _refuse_setup(self, error: DeskError) -> None:
        from ui.windows.setup import SetupScreen  # noqa: PLC0415

        screen = self.window.screen_shown
        if isinstance(screen, SetupScreen):
            screen.refuse(error)

    def _show_recovery(self, made: DeskCreated) -> None:
        from ui.windows.recovery import RecoveryScreen  # noqa: PLC0415

        self._show_again = _stay
        if not made.recovery_text:
            self._open()
            return
        screen = RecoveryScreen(self.tools, made.recovery_text, [sentence_of(warning) for warning in made.warnings])
        screen.saved_to.connect(self._save_recovery)
        screen.finished.connect(self._open)
        self.window.show_screen(screen)

    def _save_recovery(self, out: Path) -> None:
        from ui.windows.recovery import RecoveryScreen  # noqa: PLC0415

        screen = self.window.screen_shown
        if isinstance(screen, RecoveryScreen):
            self.tools.tasks.run(opening.write_recovery_sheet, self._data_dir, screen.secret_text, out,
                                 done=screen.note_saved, failed=screen.refuse)

    def _show_restoring(self) -> None:
        from ui.windows.restoring import RestoreScreen  # noqa: PLC0415  seen after a broken disk

        self._show_again = _stay
        screen = RestoreScreen(self.tools)
        screen.look_wanted.connect(self._look_for_copies)
        screen.restore_wanted.connect(self._restore)
        screen.left.connect(self._show_setup)
        screen.finished.connect(self._open)
        self.window.show_screen(screen)
        screen.look()
        self.shown.emit()

    def _look_for_copies(self) -> None:
        from ui.windows.restoring import RestoreScreen, look_on_disks  # noqa: PLC0415

        screen = self.window.screen_shown
        if isinstance(screen, RestoreScreen):
            self.tools.tasks.run_slow(look_on_disks, self._clock, done=screen.show_found, failed=screen.refuse)

    def _restore(self, file: Path, sheet: str) -> None:
        from ui.windows.restoring import RestoreScreen  # noqa: PLC0415

        screen = self.window.screen_shown
        if isinstance(screen, RestoreScreen):
            self.tools.tasks.run_slow(opening.restore_desk, file, self._data_dir, sheet,
                                      done=screen.note_restored, failed=screen.refuse)

    def _practise(self) -> None:
        self.tools.tasks.run(opening.open_practice, self._data_dir, self.counter, done=self._enter_practice)

    def _enter_practice(self, practice: Practice) -> None:
        self.tools.line.stop()
        self.tools.keeping.stop()
        if self._door is not None:
            self.tools.tasks.run(self._door.counter.close)
        self._door = practice.door
        self.enter(practice.session)

    # --- looks ------------------------------------------------------------------------------------------------------

    def _lay_out_anew(self) -> None:
        """Other words or another size: show the same screen made anew; what was typed on a page is its draft."""
        self.preferences.percent = self.theme.percent
        self.preferences.language = self.translation.language
        if self.window.isVisible():
            self._show_again()

    def _note_theme(self) -> None:
        self.preferences.theme = self.theme.mode

    def _switch_language(self) -> None:
        self.translation.choose("en" if self.translation.language == "vi" else "vi")


def fill_welcome(panel: WelcomePanel, door: Door) -> None:
    """Show on the left panel which office this is, its hours today, and what waits, without a name."""
    words, desk = _Words(), door.counter.desk
    now = door.counter.clock.now()
    panel.show_place(desk.commune, words.office())
    panel.show_day(f"{day_name(now.date(), start=True)}, {short_date(now.date())}", words.hours(door))
    panel.show_facts(words.facts(door))


def person_of(card: PersonCard) -> Person:
    """Return a person as the list shows them."""
    return Person(card.login, card.full_name, card.title or _Words().role(card.role), card.initials)


class _Words(QObject):
    """Sentences of the door."""

    def office(self) -> str:
        """The office below the commune's name."""
        return self.tr("Public Administration Service Centre")

    def hours(self, door: Door) -> str:
        """Today's hours, or that the desk is closed."""
        if not door.hours:
            return self.tr("Closed today")
        return ", ".join(self.tr("{start} to {end}").format(start=f"{part.start:%H:%M}", end=f"{part.end:%H:%M}") for part in door.hours)

    def role(self, role: Role) -> str:
        """The word of a role."""
        return {Role.CLERK: self.tr("Clerk"), Role.HEAD: self.tr("Head"), Role.ADMINISTRATOR: self.tr("Administrator"),
                Role.INSPECTOR: self.tr("Inspector")}[role]

    def facts(self, door: Door) -> list[tuple[str, str]]:
        """The lines below the day, each with its icon."""
        figures = door.figures
        if figures is None:
            return []
        waiting = self.tr("{due} dossiers due today, {overdue} overdue").format(due=figures.due_today, overdue=figures.overdue)
        facts = [("calendar-due", waiting)]
        if (off := figures.next_day_off) is not None:
            day = f"{day_name(off.day, start=True)} {off.day:%d/%m}"
            facts.append(("calendar-off", self.tr("{day} closed: {name}").format(day=day, name=off.name)))
        opened = self.tr("The data of this PC was opened at {time}").format(time=f"{door.counter.clock.now():%H:%M}")
        return [*facts, ("device-floppy", opened)]


def _load_pages() -> None:
    """Import the pages while nobody waits for them."""
    import ui.windows.desk  # noqa: F401, PLC0415


def _stay() -> None:
    """The recovery sheet is shown once and not made anew: its secret is nowhere else. Nor is a desk that is being restored."""
