"""The procedures that the province publishes (``procedures/1``, province contract 9), as this desk's own catalogue.

What is law comes from the province alone: limits, papers, fees, results, days. What the contract has no member for (short names, the order
at the desk, what is only shown, tiers of a fee) stays as the desk has it, where the province says nothing else of the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from counter_app.domain.catalogue import Fee, Procedure, RequiredDocument
from counter_app.domain.catalogue_reading import Catalogue, read_catalogue
from counter_app.domain.catalogue_words import limit_words
from counter_app.domain.deadline_terms import WIRE_UNITS, Limit, LimitUnit
from counter_app.domain.dossier import Channel
from counter_app.domain.errors import broken

SCHEMA = "procedures/1"
_UNITS = {wired: unit for unit, wired in WIRE_UNITS.items()}


def read_procedures(file: object, version: str, known: Iterable[Procedure]) -> Catalogue:
    """Return the procedures of a published file; ``known`` are those of the catalogue in use.

    Raises:
        RuleBrokenError: CATALOGUE_DAMAGED, with every place that the reader of catalogues finds damaged.
    """
    if not isinstance(file, dict) or file.get("schema") != SCHEMA:
        raise broken("CATALOGUE_DAMAGED", SCHEMA, where=SCHEMA)
    try:
        lines = [_line(item) for item in file["items"]]
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise broken("CATALOGUE_DAMAGED", SCHEMA, where=SCHEMA) from error
    found = read_catalogue({"meta": {"version": version, "title": f"Danh mục của tỉnh {version}"}, "procedures": lines})
    own = {each.code: each for each in known}
    return replace(found, procedures=tuple(_with_own(each, own.get(each.code)) for each in found.procedures))


def _line(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item as a line of the desk's own catalogue files."""
    main, *others = sorted(item["cases"], key=_is_special)
    return {
        "code": item["MaTTHC"], "name": item["TenTTHC"], "short_name": None, "field": {"name": item["TenLinhVuc"]},
        "time_limit": {**_limit(main), "variants": [{**_limit(case), "case": case["name"] or case["code"]} for case in others]},
        "fees": [_fee(each) for each in item["fees"]], "documents": [_paper(each) for each in item["components"]],
        "result": [{"name": each["name"], "code": each["MaGiayToKetQua"] or None} for each in item["results"]],
        "channels": [channel.value for channel in Channel], "on_the_spot": False,
        "effective_from": item["effective_from"], "effective_to": item["effective_to"],
    }


def _is_special(case: Mapping[str, Any]) -> bool:
    return bool(case["code"])


def _limit(case: Mapping[str, Any]) -> dict[str, Any]:
    unit, value = _UNITS[case["limit"]["unit"]], case["limit"]["value"]
    limit = None if unit is None else Limit(1 if unit is LimitUnit.SAME_DAY else value, unit)
    return {
        "value": limit and limit.value, "unit": limit and limit.unit.value, "text": limit_words(limit),
        "same_day_cutoff": case["cutoff"]}


def _fee(fee: Mapping[str, Any]) -> dict[str, Any]:
    """A fee is never published without its exemption (contract 9)."""
    if not fee["exemption"]:
        raise ValueError(fee["name"])
    return {
        "name": fee["name"], "amount_vnd": fee["amount_vnd"], "per": fee["unit"], "exemption_note": fee["exemption"], "text": fee["basis"]}


def _paper(part: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": part["name"], "original": part["originals"], "copy": part["certified"] + part["copies"], "code": part["MaThanhPhanHoSo"],
        "kind": "submit", "conditional": not part["required"], "online_only": False}


def _with_own(new: Procedure, own: Procedure | None) -> Procedure:
    """Return a published procedure with what only this desk knows of it."""
    if own is None:
        return new
    papers, fees = {each.name: each for each in own.documents}, {each.name: each for each in own.fees}
    return replace(
        new, short_name=own.short_name, channels=own.channels, handled_by=own.handled_by, vertical_sector=own.vertical_sector,
        on_the_spot=own.on_the_spot, certification_register=own.certification_register, desk_rank=own.desk_rank,
        confidence=own.confidence, legal_basis=own.legal_basis,
        documents=tuple(_paper_with_own(each, papers.get(each.name)) for each in new.documents),
        fees=tuple(_fee_with_own(each, fees.get(each.name)) for each in new.fees))


def _paper_with_own(new: RequiredDocument, own: RequiredDocument | None) -> RequiredDocument:
    if own is None:
        return new
    condition = own.condition if new.conditional else ""
    return replace(new, shown_only=own.shown_only, online_only=own.online_only, condition=condition)


def _fee_with_own(new: Fee, own: Fee | None) -> Fee:
    """A tier and a cap hold for the amount that they were set beside."""
    if own is None or own.amount_vnd != new.amount_vnd:
        return new
    return replace(new, per=own.per, cap_vnd=own.cap_vnd, tier_from_page=own.tier_from_page, tier_amount_vnd=own.tier_amount_vnd)
