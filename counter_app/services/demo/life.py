"""What happens to dossiers on a day of the demonstration after their receipt, scene by scene, as it does on a day of a commune's desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from counter_app.domain.catalogue import Procedure
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.dossier import DossierRow, FeeMethod, Status
from counter_app.domain.life import Direction, ReceiverKind, ResultPaper
from counter_app.domain.people import Actor
from counter_app.services.acts.acting import Done
from counter_app.services.acts.endings import Halt
from counter_app.services.acts.extensions import Extend
from counter_app.services.acts.fee_acts import CollectFee, ReverseFee
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.acts.life import LifeServices
from counter_app.services.acts.notes_ratings import Rate
from counter_app.services.acts.on_the_spot import FinishOnTheSpot
from counter_app.services.acts.refusals import Refuse
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.acts.supplements import ReceiveSupplement, RequestSupplement
from counter_app.services.demo.certification import SIGNER, TITLE
from counter_app.services.dossiers.service import DossierService
from counter_app.services.intake.terms import Received, ReceiveDossier
from counter_app.services.ports import Clock, ListFilter

UNITS = {"Hộ tịch": "Văn phòng HĐND và UBND", "Chứng thực": "Văn phòng HĐND và UBND", "Thành lập": "Phòng Kinh tế"}
"""Where a dossier goes, by how the name of its field begins; all others go to :data:`OTHER_UNIT`."""
OTHER_UNIT = "Phòng Văn hóa – Xã hội"
SPECIALISTS = {"Văn phòng HĐND và UBND": "Vũ Văn Thực Hành", "Phòng Kinh tế": "Bùi Hữu Thử", OTHER_UNIT: "Đỗ Thị Thí Điểm"}
MISSING = ("Tờ khai có đủ chữ ký của người yêu cầu", "Giấy tờ chứng minh nơi cư trú")
TO_BRING, SOON = timedelta(days=10), timedelta(days=5)
WHY_MISSING = "Tờ khai chưa ký; chưa có giấy tờ chứng minh nơi cư trú"
REFUSED = "Hồ sơ trùng với hồ sơ cùng nội dung đã nộp trước đó và đang được giải quyết"
REFUSED_BY = "Điều 17 Nghị định số 61/2018/NĐ-CP"
LONGER, WHY_LONGER = Limit(2, LimitUnit.WORKING_DAY), "Chờ kết quả xác minh của cơ quan liên quan"
HALTED = "Người nộp hồ sơ đã chuyển nơi cư trú sang xã khác trong thời gian giải quyết"
MISWRITTEN = "Biên lai ghi nhầm tên người nộp, đã hủy và viết lại"
AUTHORITY, SLIP_LOST = "Giấy ủy quyền số 05/UQ (mẫu)", "Mất giấy tiếp nhận, đã đối chiếu căn cước"
AT_THE_DESK, BATCH, FETCHED, RATED = 2, 4, 4, 3
"""People who wait for what is decided at once; results that come back of each list; results fetched at a time; every third is rated."""
SCORES = (5, 5, 4, 5, 3)
LISTS = ("hand_over", "result_list")
"""Forms of a whole batch; of the others each is about the next dossier of an act."""
_WORKED_ON = frozenset({Status.RECEIVED, Status.PROCESSING})
_MOST = 1000


class LivingDesk(Protocol):
    """What the scenes need of an open desk."""

    @property
    def life(self) -> LifeServices:
        """For every act."""

    @property
    def dossiers(self) -> DossierService:
        """For the lists that scenes are chosen from."""


class DemoLife:
    """Leads dossiers on, those of the day and older ones. ``receipt`` gives series and number of the next receipt.

    ``prints`` are the forms of the day: a name for each, and its print.
    """

    def __init__(self, counter: LivingDesk, actor: Actor, clock: Clock, seed: int, receipt: Callable[[], tuple[str, str]]) -> None:
        self._counter, self._actor, self._clock, self._receipt = counter, actor, clock, receipt
        self._rng = Random(seed + 2)  # noqa: S311  sample data, no secret
        self._at_the_desk: list[tuple[str, ReceiveDossier]] = []
        self._to_hand_over: dict[str, str] = {}
        self._handed_over: list[str] = []
        self._paid: set[str] = set()
        self._asked = ""
        self._results = 0
        self._batches = 0
        self._told: set[str] = set()
        self._scenes: list[tuple[float, Callable[[], None]]] = [
            (0.10, self._results_arrive), (0.25, self._fetch), (0.35, self._ask), (0.42, self._refuse), (0.50, self._hand_over),
            (0.55, self._extend), (0.60, self._rewrite_receipt), (0.65, self._halt), (0.75, self._bring), (0.80, self._fetch_for_another),
            (0.85, self._fetch), (0.95, self._same_day_results), (1.00, self._hand_over)]
        self.prints: list[tuple[str, str]] = []

    def come(self, received: Received, command: ReceiveDossier, procedure: Procedure) -> None:
        """Remember a dossier that was just received; what is decided at once goes back while the next people come."""
        if procedure.on_the_spot:
            self._at_the_desk.append((received.code, command))
            if len(self._at_the_desk) > AT_THE_DESK:
                self._finish(*self._at_the_desk.pop(0))
            return
        self._to_hand_over[received.code] = unit_of(procedure.field_name)
        if received.fee_total_vnd:
            self._paid.add(received.code)

    def until(self, share: float) -> None:
        """Let happen what happens in this share of the day, from 0 to 1."""
        while self._scenes and self._scenes[0][0] <= share:
            self._scenes.pop(0)[1]()

    def _do(self, command: object) -> Done:
        return self._kept(self._counter.life.perform(command, self._actor))

    def _kept(self, done: Done) -> Done:
        codes = iter(dossier.code for dossier in done.dossiers)
        for form, print_id in zip(done.forms, done.print_ids, strict=True):
            self._batches += form in LISTS
            self.prints.append((f"{form}-{self._batches}" if form in LISTS else f"{next(codes)}-{form}", print_id))
        return done

    def _rows(self, which: ListFilter, statuses: frozenset[Status] = _WORKED_ON) -> list[DossierRow]:
        """Return older dossiers of a list that no scene has been about yet."""
        rows = self._counter.dossiers.list(which, self._actor, limit=_MOST).rows
        return [
            row for row in rows
            if row.place is None and row.status in statuses and not row.supplement_open and row.code not in self._told]

    def _far(self) -> DossierRow | None:
        """Return the older dossier with the most time left, None where nothing has much."""
        soon = self._clock.now() + SOON
        rows = [(row.due_at, row.code, row) for row in self._rows(ListFilter.ALL) if row.due_at and row.due_at > soon]
        return self._tell(max(rows, key=_due_and_code)[2]) if rows else None

    def _tell(self, row: DossierRow) -> DossierRow:
        self._told.add(row.code)
        return row

    def _of_today(self, *, paid: bool) -> str:
        """Return a dossier of the day that still lies at the desk; a far older one where there is none, empty for none at all."""
        codes = [code for code in self._to_hand_over if (code in self._paid) == paid and code not in self._told]
        if codes:
            self._told.add(codes[0])
            return codes[0]
        older = self._far()
        return older.code if older else ""

    def _finish(self, code: str, command: ReceiveDossier) -> None:
        other = command.submitter
        back = ReturnResults(
            (code,), ReceiverKind.AUTHORISED if other else ReceiverKind.APPLICANT, other.full_name if other else "",
            other.authorisation if other else command.applicant.id_number, queue=False)
        self._kept(self._counter.life.on_the_spot.finish(FinishOnTheSpot(code, back), self._actor))
        self._rate(code)

    def _rate(self, code: str) -> None:
        if self._rng.randrange(RATED) == 0:
            self._do(Rate(code, self._rng.choice(SCORES)))

    def _results_arrive(self) -> None:
        rows = [*self._rows(ListFilter.DUE_TODAY)[:BATCH], *self._rows(ListFilter.DUE_SOON)[:BATCH]]
        self._come_back(list(dict.fromkeys(row.code for row in rows)))

    def _same_day_results(self) -> None:
        """What went to the specialists at noon may be signed in the afternoon."""
        self._come_back(self._handed_over[:BATCH])

    def _come_back(self, codes: list[str]) -> None:
        """What is signed comes back from the specialists with their list; it lies at the desk from then on."""
        by_unit: dict[str, list[str]] = {}
        for code in codes:
            dossier = self._counter.dossiers.show(code, self._actor).dossier
            by_unit.setdefault(unit_of(dossier.field_name), []).append(code)
            self._results += 1
            number = f"{self._results:02d}/KQ (mẫu)"
            paper = ResultPaper("", f"Kết quả: {dossier.procedure_name}", number=number, signer=SIGNER, signer_title=TITLE)
            self._do(ResultReady(code, (paper,)))
        for unit, brought in by_unit.items():
            self._do(HandOverDossiers(
                tuple(brought), "", "", Direction.TO_DESK, from_unit=unit, given_by=SPECIALISTS[unit], queue=False))

    def _fetch(self) -> None:
        for row in self._rows(ListFilter.RESULT_WAITING, frozenset({Status.RESULT_READY}))[:FETCHED]:
            self._tell(row)
            self._do(ReturnResults((row.code,), queue=False))
            self._rate(row.code)

    def _fetch_for_another(self) -> None:
        """Somebody fetches a result for another, with a power of attorney but without the slip."""
        for row in self._rows(ListFilter.RESULT_WAITING, frozenset({Status.RESULT_READY}))[:1]:
            self._do(ReturnResults(
                (self._tell(row).code,), ReceiverKind.AUTHORISED, "Lê Thị Ví Dụ", AUTHORITY, slip_lost=True, note=SLIP_LOST, queue=False))

    def _ask(self) -> None:
        self._asked = self._of_today(paid=True)
        if self._asked:
            deadline = self._clock.now() + TO_BRING
            self._do(RequestSupplement(self._asked, MISSING, WHY_MISSING, deadline, queue=False))

    def _bring(self) -> None:
        if self._asked:
            self._do(ReceiveSupplement(self._asked, MISSING, queue=False))
            self._asked = ""

    def _refuse(self) -> None:
        code = self._of_today(paid=False)
        if code:
            self._to_hand_over.pop(code, None)
            self._do(Refuse(code, REFUSED, REFUSED_BY, queue=False))

    def _hand_over(self) -> None:
        """What is in goes to the specialists, one list for each unit; what waits for papers stays."""
        by_unit: dict[str, list[str]] = {}
        for code, unit in self._to_hand_over.items():
            if code != self._asked:
                by_unit.setdefault(unit, []).append(code)
        for unit, codes in by_unit.items():
            self._do(HandOverDossiers(tuple(codes), unit, SPECIALISTS[unit], queue=False))
            self._handed_over += codes
            for code in codes:
                del self._to_hand_over[code]

    def _extend(self) -> None:
        row = self._far()
        if row:
            self._do(Extend(row.code, LONGER, WHY_LONGER, SIGNER, TITLE, queue=False))

    def _halt(self) -> None:
        row = self._far()
        if row:
            self._do(Halt(row.code, HALTED, SIGNER, title=TITLE, papers_returned=True, queue=False))

    def _rewrite_receipt(self) -> None:
        """A receipt bears the wrong name: its money is booked back and taken again with another receipt."""
        for code in sorted(self._paid)[:1]:
            line = next(each for each in self._counter.dossiers.show(code, self._actor).dossier.fees if each.is_paid)
            self._do(ReverseFee(code, line.fee_line_id, MISWRITTEN, receipt_cancelled=True))
            series, number = self._receipt()
            self._do(CollectFee(code, line.fee_line_id, FeeMethod.CASH, series, number))


def unit_of(field_name: str) -> str:
    """Return the unit that works on dossiers of a field."""
    return next((unit for name, unit in UNITS.items() if field_name.startswith(name)), OTHER_UNIT)


def _due_and_code(entry: tuple[datetime, str, DossierRow]) -> tuple[datetime, str]:
    return entry[0], entry[1]
