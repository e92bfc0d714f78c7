"""Codes of results and of papers that are results of earlier procedures, as the national catalogue writes them (domain guide 11)."""

from __future__ import annotations

import re

_RESULT = r"KQ\.[A-Z]\d{2}\.\d{5,6}"
_COMPONENT = r"(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{3}){0,3}-KQ\d{4,6}"
_CODE = re.compile(f"{_RESULT}|{_COMPONENT}", re.ASCII)


def is_result_code(text: str) -> bool:
    """Tell whether a text is a KQ code: ``KQ.G15.000023`` of a result, ``000.00.00.G15-KQ003159`` of a component."""
    return _CODE.fullmatch(text) is not None
