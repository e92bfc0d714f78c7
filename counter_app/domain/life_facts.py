"""Facts of what happens after the receipt, in the members of the province contract (4.2); :mod:`.facts` holds those of the receipt.

Members of our own stand beside the contract's where the desk must be able to tell more (``collector``, ``paper_shown_last4``).
"""

from __future__ import annotations

from datetime import date, datetime

from counter_app.domain.digitised import FiledFile, FileTarget
from counter_app.domain.dossier import Dossier, FeeLine
from counter_app.domain.events import JsonObject
from counter_app.domain.life import (
    Ending,
    Extension,
    FeesHandling,
    HandedBack,
    HandOver,
    Rating,
    ResultPaper,
    Step,
    Supplement,
)
from counter_app.domain.moments import national, wire
from counter_app.domain.record import STAGES, fee_code

_FEES = {FeesHandling.NOT_CHARGED: "khong_thu", FeesHandling.REFUNDED: "hoan_tra", FeesHandling.KEPT: "khong_hoan_tra"}
_TARGETS = {FileTarget.COMPONENT: "TaiLieuNop", FileTarget.RESULT: "DanhSachGiayToKetQua"}
_SCAN = "ban_chup"
"""The contract's word for an image of a paper."""
_LONGEST_NAME = 50
"""Characters of NguoiXuLy in a national progress row."""


def supplement_requested(supplement: Supplement) -> JsonObject:
    """Return the facts of ``supplement.requested``: everything that is missing, once and in full."""
    return {
        "supplement_id": supplement.supplement_id, "requested_at": wire(supplement.requested_at), "items": list(supplement.items),
        "reason": supplement.reason, "deadline": _maybe(supplement.deadline), "form_number": supplement.form_number,
    }


def supplement_received(supplement: Supplement) -> JsonObject:
    """Return the facts of ``supplement.received``.

    Raises:
        ValueError: it was not received.
    """
    if supplement.received_at is None:
        raise ValueError("a supplement that came in has a time")
    return {
        "supplement_id": supplement.supplement_id, "received_at": wire(supplement.received_at),
        "received_items": list(supplement.received_items), "complete": supplement.complete,
        "previous_due": _maybe(supplement.previous_due), "new_due": _maybe(supplement.new_due),
    }


def refused(dossier: Dossier, ending: Ending) -> JsonObject:
    """Return the facts of ``dossier.refused``."""
    return {
        "code": dossier.code, "refused_at": wire(ending.at), "reason": ending.reason, "legal_basis": ending.legal_basis,
        "papers_returned": ending.papers_returned, "form_number": ending.form_number,
    }


def halted(ending: Ending) -> JsonObject:
    """Return the facts of ``dossier.halted``."""
    return {
        "halted_at": wire(ending.at), "reason": ending.reason, "stage": ending.stage, "decided_by": ending.decided_by,
        "fees_handling": _FEES[ending.fees], "form_number": ending.form_number,
    }


def withdrawn(ending: Ending) -> JsonObject:
    """Return the facts of ``dossier.withdrawn``."""
    return {
        "withdrawn_at": wire(ending.at), "reason": ending.reason, "papers_returned": ending.papers_returned,
        "form_number": ending.form_number,
    }


def extended(extension: Extension) -> JsonObject:
    """Return the facts of ``deadline.extended``."""
    return {
        "old_due": wire(extension.old_due), "new_due": wire(extension.new_due), "reason": extension.reason,
        "extension_no": extension.ordinal, "form_number": extension.form_number, "decided_by": extension.decided_by,
    }


def handed_over(hand_over: HandOver) -> JsonObject:
    """Return the facts of ``dossier.handed_over``."""
    return {
        "batch_id": hand_over.batch_id, "direction": hand_over.direction.value, "from_unit": hand_over.from_unit,
        "to_unit": hand_over.to_unit, "handed_at": wire(hand_over.at), "paper_count": hand_over.paper_count,
        "received_by": hand_over.received_by,
    }


def step_completed(step: Step, *, title: str, state: str) -> JsonObject:
    """Return the facts of ``step.completed`` with its national progress row; ``title`` is the owner's, ``state`` the status in words.

    Raises:
        ValueError: the step is not done.
    """
    if step.completed_at is None:
        raise ValueError("a step that is done has a time")
    return {
        "step_code": step.code, "completed_at": wire(step.completed_at),
        "tien_do": {
            "NguoiXuLy": step.owner[:_LONGEST_NAME], "ChucDanh": title, "ThoiDiemXuLy": national(step.completed_at),
            "PhongBanXuLy": step.unit, "NoiDungXuLy": step.content or step.name, "TrangThai": state,
            "NgayBatDau": national(step.started_at), "NgayKetThucTheoQuyDinh": national(step.due_at),
        },
    }


def result_ready(results: tuple[ResultPaper, ...], at: datetime) -> JsonObject:
    """Return the facts of ``result.ready``."""
    return {"finished_at": wire(at), "results": [_result(each, at) for each in results]}


def returned(handed_back: HandedBack) -> JsonObject:
    """Return the facts of ``result.returned``; of the paper shown only the last four characters leave the desk."""
    shown = "".join(each for each in handed_back.paper_shown.upper() if each.isascii() and each.isalnum())
    return {
        "returned_at": wire(handed_back.at), "method": "1" if handed_back.by_post else "0",
        "receiver": {"kind": handed_back.receiver_kind.value, "name": handed_back.receiver_name, "id_last4": shown[-4:]},
        "originals_withdrawn": handed_back.originals_returned, "signature_sha256": None, "signed": handed_back.signed.value,
        "slip_lost": handed_back.slip_lost, "note": handed_back.note,
    }


def fee_reversed(dossier: Dossier, line: FeeLine, at: datetime, reason: str, *, receipt_cancelled: bool) -> JsonObject:
    """Return the facts of ``fee.reversed``: the money of this line was given back."""
    return {
        "fee_line_id": line.fee_line_id, "MaPhiLePhi": fee_code(dossier, line), "HinhThucThu": STAGES[line.stage],
        "amount_vnd": line.amount_vnd, "reason": reason, "receipt_cancelled": receipt_cancelled, "reversed_at": wire(at),
    }


def rated(rating: Rating) -> JsonObject:
    """Return the facts of ``satisfaction.recorded``."""
    return {
        "score": rating.score, "answers": [], "comment": rating.comment, "channel": rating.channel, "recorded_at": wire(rating.at),
    }


def attachment_linked(file: FiledFile, reason: str = "") -> JsonObject:
    """Return the facts of ``attachment.linked``; what the paper says of itself stands in members of our own.

    ``reason`` is why it takes the place of another file; empty where it is the first.
    """
    return {
        "target": _TARGETS[file.target], "file_id": file.file_id, "part": file.part, "sha256": file.sha256, "bytes": file.size,
        "filename": file.filename, "filetype": "application/pdf", "pages": file.pages, "copy_kind": _SCAN, "sensitive": file.sensitive,
        "paper": file.paper, "state": int(file.state), "result_code": file.result_code, "number": file.number,
        "issued_on": _day(file.issued_on), "issuer": file.issuer, "signer": file.signer, "valid_from": _day(file.valid_from),
        "valid_to": _day(file.valid_to), "checked_by": file.checked_by, "content_sha256": file.content_sha256, "reason": reason,
        **_signature(file),
    }


def attachment_unlinked(file: FiledFile, reason: str) -> JsonObject:
    """Return the facts of ``attachment.unlinked``; only files of papers are taken out, the result of a dossier is replaced."""
    return {"target": _TARGETS[FileTarget.COMPONENT], "file_id": file.file_id, "sha256": file.sha256, "reason": reason}


def _result(result: ResultPaper, at: datetime) -> JsonObject:
    return {
        "GiayToId": result.result_id, "MaGiayToKetQua": result.code, "name": result.name, "number": result.number,
        "issued_at": wire(result.issued_at or at), "issuer": result.issuer, "signer_title": result.signer_title,
        "sha256": result.sha256 or None, "refusal": result.refusal, "abstract": result.abstract,
    }


def _signature(file: FiledFile) -> JsonObject:
    if file.signed_at is None:
        return {}
    return {"signed_by": file.signed_by, "signed_at": wire(file.signed_at), "certificate": file.certificate}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _maybe(moment: datetime | None) -> str | None:
    return None if moment is None else wire(moment)
