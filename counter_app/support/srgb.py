"""The sRGB colour profile (ICC 2.1) that PDF/A asks for, built from its published numbers (IEC 61966-2-1), so that no file is needed."""

from __future__ import annotations

from struct import pack

_WHITE = (0.9642, 1.0, 0.8249)  # D50, the profile connection space
_PRIMARIES = {b"rXYZ": (0.4361, 0.2225, 0.0139), b"gXYZ": (0.3851, 0.7169, 0.0971), b"bXYZ": (0.1431, 0.0606, 0.7141)}
_STEPS = 256


def srgb_profile() -> bytes:
    """Return the profile, always the same bytes."""
    curve = _padded(b"curv" + bytes(4) + pack(">I", _STEPS) + b"".join(pack(">H", _linear(step)) for step in range(_STEPS)))
    tags = {b"desc": _description("sRGB IEC61966-2.1"), b"cprt": _padded(b"text" + bytes(4) + b"No copyright\0"), b"wtpt": _xyz(_WHITE)}
    tags |= {name: _xyz(value) for name, value in _PRIMARIES.items()}
    directory, body, start = b"", b"", 128 + 4 + 12 * (len(tags) + 3)
    for name, data in tags.items():
        directory += name + pack(">II", start + len(body), len(data))
        body += data
    for name in (b"rTRC", b"gTRC", b"bTRC"):
        directory += name + pack(">II", start + len(body), len(curve))
    body += curve
    return _header(start + len(body)) + pack(">I", len(tags) + 3) + directory + body


def _header(size: int) -> bytes:
    date = pack(">6H", 2025, 1, 1, 0, 0, 0)
    illuminant = b"".join(_fixed(value) for value in _WHITE)
    start = pack(">I4sI", size, bytes(4), 0x02100000) + b"mntrRGB XYZ " + date + b"acsp"
    return (start + bytes(28) + illuminant).ljust(128, b"\0")


def _linear(step: int) -> int:
    value = step / (_STEPS - 1)
    return round(65535 * (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4))


def _description(name: str) -> bytes:
    text = name.encode("ascii") + b"\0"
    return _padded(b"desc" + bytes(4) + pack(">I", len(text)) + text + bytes(4 + 4 + 2 + 1 + 67))


def _xyz(value: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(_fixed(part) for part in value)


def _fixed(value: float) -> bytes:
    return pack(">i", round(value * 65536))


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
