"""The 34 provinces, their communes and the agency codes: what the set-up offers and checks against."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from counter_app.domain.text import fold, tidy
from counter_app.support.resources import shipped_json


@dataclass(frozen=True, slots=True)
class Place:
    """A province or a commune: its statistical code and its full name (``Xã Đắk Mil``)."""

    code: str
    name: str
    full_name: str


class Places:
    """The list of Quyết định 19/2025/QĐ-TTg, as shipped."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._provinces = tuple(Place(row["code"], row["name"], row["full_name"]) for row in document["provinces"])
        self._communes: dict[str, list[Place]] = {}
        for row in document["communes"]:
            place = Place(row["code"], row["name"], f"{row['type'].capitalize()} {row['name']}")
            self._communes.setdefault(row["province_code"], []).append(place)

    def provinces(self) -> tuple[Place, ...]:
        """Return all provinces in the list's order."""
        return self._provinces

    def communes(self, province_code: str) -> tuple[Place, ...]:
        """Return the communes of a province in the list's order."""
        return tuple(self._communes.get(province_code, ()))

    def province(self, typed: str) -> Place | None:
        """Return the province that a text names, with or without its kind and its accents."""
        return _only(self._provinces, typed)

    def commune(self, typed: str, province_code: str) -> Place | None:
        """Return the commune of a province that a text names; None where two share the name without accents."""
        return _only(self.communes(province_code), typed)


class AgencyCodes:
    """Level-1 agency codes (Quyết định 09/2025/QĐ-TTg) and the shape of the whole identifier; the rest of it the province issues."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._shape = re.compile(document["meta"]["pattern"])
        self._provinces: dict[str, dict[str, Any]] = {row["code"]: row for row in document["provinces"]}

    def well_formed(self, agency: str) -> bool:
        """Tell whether the text has the shape of an agency identifier, ``H36.50.05``."""
        return self._shape.fullmatch(agency) is not None

    def beginning(self, province_code: str) -> str:
        """Return how the agency identifiers of a province begin (``H36.``), empty where it isn't known; the rest the province issues."""
        active = (code for code, row in self._provinces.items() if row["status"] == "active" and row["province_code"] == province_code)
        return f"{found}." if (found := next(active, "")) else ""

    def doubt(self, agency: str, province_code: str) -> str:
        """Return why a well-formed identifier is doubtful here, as the code of a warning; empty where it is not."""
        row = self._provinces.get(agency.partition(".")[0])
        if row is None:
            return "AGENCY_UNKNOWN"
        if row["status"] != "active":
            return "AGENCY_CLOSED"
        return "AGENCY_OF_OTHER_PROVINCE" if province_code and row["province_code"] != province_code else ""


def read_places() -> Places:
    """Return the shipped list."""
    return Places(shipped_json("codes/provinces_communes.json"))


def read_agency_codes() -> AgencyCodes:
    """Return the shipped agency codes."""
    return AgencyCodes(shipped_json("codes/agency_codes.json"))


def _only(places: Iterable[Place], typed: str) -> Place | None:
    """Return the place spelled exactly so, else the only one that is spelled so without accents."""
    wanted, folded = tidy(typed).casefold(), fold(typed)
    alike: list[Place] = []
    for place in places:
        if wanted in (place.full_name.casefold(), place.name.casefold()):
            return place
        if folded in (fold(place.full_name), fold(place.name)):
            alike.append(place)
    return alike[0] if len(alike) == 1 else None
