"""What a correction says: every member that differs, before and after, in the contract's names (province contract 4.2, 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from counter_app.domain.dossier import NATIONAL_STATUS, DeliveryMethod, DocumentLine, Dossier, Submitter
from counter_app.domain.events import JsonObject

_INTAKE = ("procedure_version", "case_code", "limit", "submitter", "components", "sets", "result_place", "due_at")
_STATUSES = (2, 5)
_TEXTS = {
    "MaTTHC": "procedure_code", "ChuHoSo": "applicant.full_name", "SoDienThoai": "applicant.phone", "Email": "applicant.email",
    "TrichYeuHoSo": "summary", "GhiChu": "note", "ThongTinKhac": "applicant.id_number", "intake.applicant.address": "applicant.address",
    "intake.case_code": "case", "intake.sets": "sets",
}
"""Contract name and the desk's own of what is the same value in both."""
READABLE = frozenset({*_TEXTS, "DinhDanhCHS", "HinhThuc", "intake.components", "intake.submitter"})
"""The contract's names that :func:`from_contract` reads; what follows from others (the procedure's name) is not among them."""


def must_ask(dossier: Dossier) -> bool:
    """Tell whether the dossier belongs to the province by now: the desk proposes the correction, the province decides."""
    return bool(dossier.hand_overs) or NATIONAL_STATUS[dossier.status] not in _STATUSES


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], intake_before: Mapping[str, Any], intake_after: Mapping[str, Any],
) -> list[JsonObject]:
    """Return each difference of two national records and of two receipts' facts as ``{"field", "old", "new"}``."""
    found = [_change(name, before[name], after[name]) for name in before if before[name] != after[name]]
    people = intake_before["applicant"], intake_after["applicant"]
    names = dict.fromkeys((*people[0], *people[1]))
    found += [_change(f"intake.applicant.{name}", people[0].get(name), people[1].get(name))
              for name in names if people[0].get(name) != people[1].get(name)]
    return found + [_change(f"intake.{name}", intake_before[name], intake_after[name])
                    for name in _INTAKE if intake_before[name] != intake_after[name]]


def from_contract(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the desk's own fields should become, from values by the contract's names.

    Members that follow from others (the procedure's name, the appointment) are left out.
    """
    read: dict[str, Any] = {ours: values[name] for name, ours in _TEXTS.items() if name in values}
    if identities := values.get("DinhDanhCHS"):
        read["applicant.id_number"] = identities[0]["SoDinhDanh"]
    if "HinhThuc" in values:
        read["delivery"] = DeliveryMethod.POSTAL if values["HinhThuc"] == "1" else DeliveryMethod.DESK
    if "intake.components" in values:
        read["documents"] = _documents(values["intake.components"])
    if "intake.submitter" in values:
        read["submitter"] = _submitter(values["intake.submitter"])
    return read


def _change(name: str, old: object, new: object) -> JsonObject:
    return {"field": name, "old": old, "new": new}


def _documents(components: Sequence[Mapping[str, Any]]) -> tuple[DocumentLine, ...]:
    return tuple(
        DocumentLine(
            each["name"], each.get("originals", 0), each.get("certified", 0), each.get("copies", 0), each.get("shown_only", False),
            each.get("MaThanhPhanHoSo", ""))
        for each in components
    )


def _submitter(person: Mapping[str, Any]) -> Submitter | None:
    if person.get("same_as_applicant", False):
        return None
    return Submitter(*(str(person.get(name, "")) for name in ("name", "id_number", "phone", "relation", "authorisation")))
