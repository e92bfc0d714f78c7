"""What the certification page asks of the services: each call on the data thread, each answer as a signal or a notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.certification import CertificationKind, CertifiedNumber, printed_sign, procedures_of
from counter_app.domain.errors import DeskError
from counter_app.domain.moments import day_of
from counter_app.domain.text import money
from counter_app.services.acts.acting import Done, Printing
from counter_app.services.certification.content import coming_stamp
from counter_app.services.certification.terms import Certified, CertifiedDay, Certify, CertifyCheck, SignVisit, StrikeNumber, Visit
from counter_app.services.changes import Changes
from counter_app.services.deadlines.wording import long_time
from counter_app.services.people.offices import Signer
from counter_app.services.repositories.certification import UsualPaper
from ui.context import DeskContext
from ui.dialogs.strike import StrikeDialog
from ui.notices import language
from ui.pages.certification.details import Offered
from ui.pages.intake.drafts import FormDrafts
from ui.papers import Papers, open_word


@dataclass(frozen=True, slots=True)
class Look:
    """What the page shows beside the form."""

    usual: Sequence[UsualPaper]
    procedures: Offered
    signers: Sequence[Signer]
    day: CertifiedDay


@dataclass(frozen=True, slots=True)
class _Printed:
    """A print and whether a printer will bring it; the worker that prints hears of it by ``changes``."""

    print_id: str
    queued: bool
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Taken:
    """A visit that was taken in, and whether a printer brings what is printed of it."""

    done: Certified
    queued: bool
    changes: Changes


class CertificationDesk(QObject):
    """``loaded`` carries a :class:`Look`, ``checked`` a check and the line under the first testimony, ``refused`` an error.

    ``certified`` carries the visit when the form is free for the next person, ``undone`` comes when a visit was taken back.
    """

    loaded = Signal(object)
    checked = Signal(object, str)
    certified = Signal(object)
    undone = Signal()
    refused = Signal(object)

    def __init__(self, context: DeskContext, page: QWidget, drafts: FormDrafts) -> None:
        super().__init__(page)
        self._context, self._page, self._drafts = context, page, drafts
        self._papers = Papers(context, page)
        self.is_busy = False

    # --- looking ------------------------------------------------------------------------------------------------------

    def load(self, *, again: bool = False) -> None:
        """Ask for habits, signers and the visits of today; ``again`` where they are on the screen already."""
        self._context.tasks.run(self._look, again, done=self._tell_look, key="certified-day")

    def _look(self, again: bool) -> Look:
        counter, actor = self._context.counter, self._context.session.actor
        service, known = counter.certification, counter.catalogue.in_force(day_of(counter.clock.now()))
        procedures = {kind: procedures_of(kind, known) for kind in CertificationKind}
        return Look(service.usual(), procedures, service.signers(), service.today(actor, again=again))

    def _tell_look(self, look: Look) -> None:
        self.loaded.emit(look)

    def check(self, command: Certify) -> None:
        """Ask for fees, numbers to come and the appointment; only the newest answer counts."""
        self._context.tasks.run(self._check, command, done=self._tell_check, failed=self._tell_unwell, key="certify-check")

    def _check(self, command: Certify) -> tuple[CertifyCheck, str]:
        counter = self._context.counter
        check = counter.certification.check(command)
        return check, coming_stamp(check.places, counter.clock.now())

    def _tell_check(self, answer: tuple[CertifyCheck, str]) -> None:
        self.checked.emit(*answer)

    def _tell_unwell(self, error: DeskError) -> None:
        self.refused.emit(error)

    def due_words(self, check: CertifyCheck) -> str:
        """Return when papers that wait for the signer are due."""
        return self.tr("Due {time}").format(time=long_time(check.due_at, language())) if check.due_at else ""

    # --- certifying ---------------------------------------------------------------------------------------------------

    def certify(self, command: Certify) -> None:
        """Take the visit in."""
        self.is_busy = True
        self._context.tasks.run(self._certify, command, done=self._tell_certified, failed=self._tell_refused)

    def _certify(self, command: Certify) -> _Taken:
        """Run on the data thread, after the draft was kept: by then its id is known. Paper and printer are those of now."""
        counter, profile = self._context.counter, self._context.counter.settings.profile()
        command = replace(command, draft_id=self._drafts.draft_id, paper=profile.paper, queue=bool(profile.printer))
        done = counter.certification.certify(command, self._context.session.actor)
        self._drafts.received()
        return _Taken(done, command.queue, done.changes)

    def _tell_certified(self, taken: _Taken) -> None:
        self.is_busy, done = False, taken.done
        numbers, fee = number_words(done.numbers), money(done.fee_total_vnd)
        words = self.tr("Certified: {numbers}. Fee {fee}.").format(numbers=numbers, fee=fee)
        prints = [print_id for print_id in (done.stamp_print_id, *done.print_ids) if print_id]
        if prints and not taken.queued:
            opening = partial(self._papers.open, prints[0])
            self._context.notices.say(words, "accent", undo=opening, undo_text=open_word())
        else:
            self._context.notices.say(words, "accent", undo=partial(self.undo, done.visit_id), undo_text=self.tr("Undo"))
        self.certified.emit(done)

    def _tell_refused(self, error: DeskError) -> None:
        self.is_busy = False
        self.refused.emit(error)

    def undo(self, visit_id: str) -> None:
        """Take a visit back while nothing of it is printed or sent."""
        undo, actor = self._context.counter.certified.undo, self._context.session.actor
        self._context.tasks.run(undo, visit_id, actor, done=self._tell_undone)

    def _tell_undone(self, _: Done) -> None:
        self._context.notices.say(self.tr("The visit is taken back: its numbers are struck, its fee is given back."))
        self.undone.emit()

    # --- after it -----------------------------------------------------------------------------------------------------

    def sign(self, visit: Visit) -> None:
        """Note that a visit's papers are signed and given back."""
        sign, actor = self._context.counter.certified.sign, self._context.session.actor
        self._context.tasks.run(sign, SignVisit(visit.visit_id), actor, done=self._tell_signed)

    def _tell_signed(self, done: Done) -> None:
        words = self.tr("Signed and handed back: {name}.").format(name=done.dossier.applicant.full_name)
        self._context.notices.say(words, "accent")

    def ask_strike(self, visit: Visit) -> None:
        """Ask which number of a visit is struck, and why."""
        dialog = StrikeDialog(self._context.theme, visit.standing, self._page)
        dialog.agreed.connect(self._strike)
        dialog.open()

    def _strike(self, command: StrikeNumber) -> None:
        strike, actor = self._context.counter.certified.strike, self._context.session.actor
        self._context.tasks.run(strike, command, actor, done=self._tell_struck)

    def _tell_struck(self, _: Done) -> None:
        self._context.notices.say(self.tr("The number is struck; its fee is given back."))

    def reprint(self, visit: Visit) -> None:
        """Print the numbers of a visit again."""
        self._context.tasks.run(self._reprint, visit.visit_id, done=self._tell_printed)

    def _reprint(self, visit_id: str) -> _Printed:
        queue = bool(self._context.counter.settings.profile().printer)
        print_id = self._context.counter.certified.print_stamps(visit_id, self._context.session.actor, queue=queue)
        return _Printed(print_id, queue, Changes.of("prints"))

    def print_signing_list(self) -> None:
        """Print the list of what waits for the signer."""
        self._context.tasks.run(self._signing_list, done=self._tell_printed)

    def _signing_list(self) -> _Printed:
        queue = bool(self._context.counter.settings.profile().printer)
        how = Printing(paper="a4", queue=queue)
        print_id = self._context.counter.certified.print_signing_list(self._context.session.actor, how)
        return _Printed(print_id, queue, Changes.of("prints"))

    def _tell_printed(self, printed: _Printed) -> None:
        if printed.queued:
            self._context.notices.say(self.tr("It is on its way to the printer."))
        else:
            self._papers.open(printed.print_id)


def number_words(numbers: Sequence[CertifiedNumber]) -> str:
    """Return the numbers of a visit in short: ``3418–3421 SCT/BS, 512 SCT/CK, ĐC``."""
    words = []
    for book in dict.fromkeys(number.place.book for number in numbers):
        ordinals = [number.place.ordinal for number in numbers if number.place.book == book]
        span = str(ordinals[0]) if len(ordinals) == 1 else f"{ordinals[0]}–{ordinals[-1]}"
        words.append(f"{span} {printed_sign(book)}")
    return ", ".join(words)
