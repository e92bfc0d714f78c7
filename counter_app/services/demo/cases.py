"""What people come for on a day of the demonstration, in the shares of a commune's desk (domain guide 1)."""

from __future__ import annotations

from datetime import date
from random import Random

from counter_app.domain.catalogue import Procedure
from counter_app.domain.dossier import DeliveryMethod, DocumentLine, FeeLine, FeeMethod
from counter_app.domain.fees import certification_fee, schedule_on
from counter_app.services.demo.people import DemoPeople
from counter_app.services.intake.terms import ReceiveDossier

COPIES = "2.000815"
WEIGHTS = {
    COPIES: 34, "2.000884": 12, "1.001193": 10, "2.000635": 8, "1.004873": 10, "1.000656": 3, "1.004859": 3, "2.001035": 4,
    "1.001612": 6, "2.000720": 2, "1.014027": 4, "1.001776": 2, "1.011607": 2,
}
"""Procedures by code, and how many of a hundred people come for each."""
SET_HERE = {"1.004873": 15000, "1.000656": 8000, "1.004859": 25000, "1.001612": 100000, "2.000720": 50000}
"""Fees that the provincial council sets: amounts for show."""
EXEMPT = {"1.001193": ("Khai sinh đúng hạn", "Giấy chứng sinh số 01 (mẫu)"), "1.000656": ("Khai tử đúng hạn", "Giấy báo tử số 01 (mẫu)")}
"""Who pays nothing, and by which paper it is proven."""
PAPERS = ("Giấy chứng nhận quyền sử dụng đất", "Bằng tốt nghiệp trung học phổ thông", "Giấy khai sinh", "Giấy phép lái xe",
          "Hợp đồng thuê nhà", "Bảng điểm", "Giấy chứng nhận đăng ký hộ kinh doanh", "Quyết định nâng lương")
POOR = "Hộ nghèo", "Giấy chứng nhận hộ nghèo số 01 (mẫu)"
NOBODY = "", ""
SERIES, FIRST_RECEIPT = "AA/26E", 401


class DemoCases:
    """Makes the commands of the day, one after the other."""

    def __init__(self, rng: Random, people: DemoPeople, procedures: tuple[Procedure, ...], day: date) -> None:
        known = {procedure.code: procedure for procedure in procedures}
        self._rng = rng
        self._people = people
        self._day = day
        self._kinds = [known[code] for code in WEIGHTS if code in known]
        self._shares = [WEIGHTS[procedure.code] for procedure in self._kinds]
        self._receipts = FIRST_RECEIPT

    def procedure(self) -> Procedure:
        """Return what the next person comes for."""
        return self._rng.choices(self._kinds, self._shares)[0]

    def next(self) -> ReceiveDossier:
        """Return the next dossier of the day."""
        rng, procedure, person = self._rng, self.procedure(), self._people.person()
        papers, pages = self._papers() if procedure.code == COPIES else (None, [])
        chance = rng.random()
        delivery = DeliveryMethod.DESK if chance < 0.8 or procedure.on_the_spot else DeliveryMethod.POSTAL
        return ReceiveDossier(
            procedure.code, person, submitter=self._people.helper() if rng.random() < 0.08 else None, documents=papers,
            delivery=delivery, fees=self._fees(procedure, pages), wants_message=bool(person.phone) and not procedure.on_the_spot,
            out_of_area=rng.random() < 0.03, note="Hẹn người nhà nhận thay" if rng.random() < 0.03 else "",
        )

    def _papers(self) -> tuple[tuple[DocumentLine, ...], list[tuple[int, int]]]:
        """Return the originals that are to be copied, and pages and copies of each."""
        chosen = self._rng.sample(PAPERS, self._rng.randint(1, 4))
        pages = [(self._rng.randint(1, 6), self._rng.randint(1, 5)) for _ in chosen]
        return tuple(DocumentLine(name, original=1, photocopy=copies) for name, (_, copies) in zip(chosen, pages, strict=True)), pages

    def _fees(self, procedure: Procedure, pages: list[tuple[int, int]]) -> tuple[FeeLine, ...]:
        """Return one line for the first fee of the procedure; each has its reason where nothing is paid."""
        if not procedure.fees:
            return ()
        fee, (reason, proof) = procedure.fees[0], EXEMPT.get(procedure.code, NOBODY)
        amount = self._amount(procedure, pages)
        if not amount and not reason:
            return ()
        if not reason and fee.exemption_note and self._rng.random() < 0.1:
            reason, proof = POOR
        if reason:
            return (FeeLine("", fee.name, 0, FeeMethod.EXEMPT, exempt_reason=reason, exempt_proof=proof),)
        (series, number), transfer = self.receipt(), self._rng.random() < 0.25
        method = FeeMethod.TRANSFER if transfer else FeeMethod.CASH
        return (FeeLine("", fee.name, amount, method, receipt_series=series, receipt_number=number),)

    def receipt(self) -> tuple[str, str]:
        """Return series and number of the next receipt of the day."""
        self._receipts += 1
        return SERIES, f"{self._receipts:07d}"

    def _amount(self, procedure: Procedure, pages: list[tuple[int, int]]) -> int:
        if pages:
            lines = [{"kind": "copy", "pages": count, "copies": copies} for count, copies in pages]
            return certification_fee(lines, schedule_on(self._day)).total_vnd
        return SET_HERE.get(procedure.code, procedure.fees[0].amount_vnd or 0)
